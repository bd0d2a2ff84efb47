/** Discord's limits on what is shown, in every language. */
import { describe, expect, it } from "vitest";
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
import { CATALOGUES } from "../../src/language/catalogues.js";
import { LANGUAGES } from "../../src/language/languages.js";
import { type MessageKey, messageOf, speakerOf } from "../../src/language/say.js";

const MESSAGE = 2_000;
const BUTTON = 80;
const FORM = 45;
const OPTION = 100;
const PLACEHOLDER = 150;
/** For the values that a sentence is filled with. */
const ROOM_FOR_VALUES = 200;

const BUTTONS: readonly MessageKey[] = [
  "consent.yes",
  "consent.no",
  "consent.steerYes",
  "consent.poolYes",
  "consent.poolNo",
  "consent.onlyForMe",
  "consent.stop",
  "consent.calibrationOffer",
  "ballots.a",
  "ballots.b",
  "ballots.tie",
  "ballots.neither",
  "ballots.takeBack",
  "calibration.skip",
  "calibration.stop",
  "commands.showRunnerUp",
  "profile.resetYes",
  "profile.deleteYes",
  "profile.keep",
  "settings.everywhereButton",
  "asking.goOn",
  "asking.takeBack",
];
const FORMS: readonly MessageKey[] = [
  "commands.reportTitle",
  "commands.reportQuestion",
  "asking.aboutTitle",
  "asking.aboutLabel",
  "asking.nextTitle",
  "asking.nextLabel",
];
const PLACEHOLDERS: readonly MessageKey[] = ["profile.toldNothing", "profile.wishes"];

describe.each(LANGUAGES)("in %s", (language) => {
  it("every sentence fits into a message", () => {
    for (const [room, sentences] of Object.entries(CATALOGUES[language])) {
      for (const [name, text] of Object.entries(sentences)) {
        expect(text.length, `${room}.${name}`).toBeLessThan(MESSAGE - ROOM_FOR_VALUES);
      }
    }
  });

  it("buttons, forms and menus take their words", () => {
    const expectFit = (keys: readonly MessageKey[], most: number) => {
      for (const key of keys)
        expect(messageOf(language, key).length, key).toBeLessThanOrEqual(most);
    };
    expectFit(BUTTONS, BUTTON);
    expectFit(FORMS, FORM);
    expectFit(PLACEHOLDERS, PLACEHOLDER);
    const say = speakerOf(language);
    for (const axis of STEERABLE_AXES) {
      const option = say("profile.mayHear", { axis: say(`manner.${axis}`) });
      expect(option.length).toBeLessThanOrEqual(OPTION);
    }
  });
});
