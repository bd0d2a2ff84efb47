import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Language } from "../../src/language/languages.js";
import { speakerOf } from "../../src/language/say.js";
import { createKeyboard } from "../../src/playground/keyboard.js";
import { createScreen } from "../../src/playground/screen.js";
import { runTerminal } from "../../src/playground/terminal.js";
import { loadDeck } from "../../src/shared/deck/deck.js";
import { createPretendedTerminal, type PretendedTerminal } from "../support/pretended-terminal.js";
import { createTestServices, type TestServices } from "../support/test-services.js";
import { waitFor } from "../support/wait-for.js";

const GUILD = "900";
const MEMBER = { guildId: GUILD, memberId: "1" };
const LINE = /you> $/;
const VOTE = /\(skip\): $/;
const ANSWER = /\(y\/n\) $/;
const OFFER = /n \(nothing\): $/;
const CONTROL_C = "\u0003";

describe("the playground in a terminal", () => {
  let test: TestServices;
  let terminal: PretendedTerminal;
  let ended: Promise<void>;
  beforeEach(async () => {
    test = await createTestServices({ QUESTIONS_PER_DAY: "1000", QUESTION_GAP: "0" });
    await test.services.consents.grant(MEMBER);
  });
  afterEach(() => test.remove());

  it("shows two answers side by side and takes a, b, t and n as votes, s as none", async () => {
    start();
    for (const [key, votes] of [
      ["a", 1],
      ["b", 2],
      ["t", 3],
      ["n", 4],
      ["s", 4],
    ] as const) {
      await terminal.type(LINE, "why is the sky blue?\r");
      await terminal.type(VOTE, key);
      await terminal.type(LINE, "/profile\r");
      await terminal.type(LINE, "\r");
      const seen = terminal.seen();
      expect(seen).toMatch(/│ A: \S.*│ B: \S.*│/);
      expect(seen).toMatch(/nearest prompt of the deck: “why is the sky blue\?”/);
      expect(seen).toMatch(/attune> \S/);
      expect(seen).toContain(`after ${votes} vote${votes === 1 ? "" : "s"}:`);
    }
    await quit();
  });

  it("switches what the language model may hear of a taste, axis by axis", async () => {
    start();
    await terminal.type(LINE, "/told\r");
    await terminal.type(/q is done: $/, "1");
    await terminal.type(/q is done: $/, "6");
    await terminal.type(/q is done: $/, "1");
    await terminal.type(/q is done: $/, "q");
    await quit();
    expect(terminal.seen()).toMatch(/1 {2}off {2}length/);
    const { withheld } = await test.services.consents.toldOf(MEMBER);
    expect(withheld).toEqual(["warmth"]);
  });

  it("offers three prompts where none is near, and asks the one that is chosen", async () => {
    start();
    await terminal.type(LINE, "which team won the hockey final in 1998?\r");
    await terminal.type(OFFER, "n");
    await terminal.type(LINE, "who painted the Mona Lisa?\r");
    await terminal.type(OFFER, "2");
    await terminal.type(VOTE, "a");
    await quit();
    const seen = terminal.seen();
    expect(seen).toMatch(
      /Nothing in the deck is near that\.[\s\S]*\n {2}1 {2}\S.*\n {2}2 {2}\S.*\n {2}3 {2}\S/,
    );
    const [, second] = /\n {2}2 {2}(.*)\n[^\n]*\n1, 2, 3 [^\n]*2\n\nyou> /.exec(seen)!;
    expect(seen).toContain(`(nearest prompt of the deck: “${second}”)`);
    expect(await outcomes()).toHaveLength(1);
  });

  it("does not mind other keys, and takes the first that it knows of several", async () => {
    start();
    await terminal.type(LINE, "why is the sky blue?\r");
    await terminal.type(VOTE, "x?B\r");
    await terminal.type(LINE, "/quit\r");
    await ended;
    expect(await outcomes()).toEqual([0]);
  });

  it("lists the commands if a command is unknown", async () => {
    start();
    await terminal.type(LINE, "/nonsense\r");
    await terminal.type(LINE, "/quit\r");
    await ended;
    expect(terminal.seen()).toMatch(
      /Commands:\n[\s\S]*\/profile reset [\s\S]*\/retrain [\s\S]*\/quit /,
    );
  });

  it("/profile reset asks once, and deletes only after a yes", async () => {
    start();
    await terminal.type(LINE, "why is the sky blue?\r");
    await terminal.type(VOTE, "a");
    await terminal.type(LINE, "/profile reset\r");
    await terminal.type(/\(y\/n\) $/, "n");
    await terminal.type(LINE, "/profile\r");
    await terminal.type(LINE, "/profile reset\r");
    expect(terminal.seen()).toMatch(/Nothing was deleted[\s\S]*after 1 vote:/);
    await terminal.type(/\(y\/n\) $/, "y");
    await quit();
    expect(terminal.seen()).toMatch(/Deleted: your weights and 1 vote\./);
    expect(await outcomes()).toEqual([]);
  });

  it.each([
    ["at the line", []],
    ["at a vote", ["why is the sky blue?\r"]],
    ["at a question", ["/profile reset\r"]],
  ])("ends with Ctrl-C %s, and the votes stay", async (_, lines) => {
    start();
    await terminal.type(LINE, "why is the sky blue?\r");
    await terminal.type(VOTE, "a");
    for (const line of lines) await terminal.type(LINE, line);
    await terminal.type(/(you> |: |\) )$/, CONTROL_C);
    await ended;
    expect(await outcomes()).toEqual([1]);
  });

  it("asks somebody new whether it may learn, then the ten questions, and stops them at q", async () => {
    await test.services.memberData.delete(MEMBER.memberId, "everywhere");
    start();
    await terminal.type(LINE, "why is the sky blue?\r");
    await terminal.type(ANSWER, "y");
    await terminal.type(ANSWER, "n");
    await terminal.type(/\(stop\): $/, "b");
    await terminal.type(/\(stop\): $/, "q");
    await quit();
    expect(terminal.seen()).toMatch(/1 of 10[\s\S]*2 of 10[\s\S]*after 1 vote:/);
    expect(await test.services.consents.mayPool(MEMBER)).toBe(false);
    expect(await outcomes()).toHaveLength(1);
  });

  it.each([
    ["the consent", []],
    ["the calibration", ["y", "n"]],
  ])("ends with Ctrl-C at %s, which refuses nothing", async (_, keys) => {
    await test.services.memberData.delete(MEMBER.memberId, "everywhere");
    start();
    await terminal.type(LINE, "why is the sky blue?\r");
    for (const key of keys) await terminal.type(ANSWER, key);
    await terminal.type(/(\(y\/n\)|\(stop\):) $/, CONTROL_C);
    await ended;
    expect((await test.services.consents.get(MEMBER))?.state).not.toBe("refused");
    expect(await outcomes()).toEqual([]);
  });

  it("ends when the input ends", async () => {
    start();
    await terminal.type(LINE, "");
    terminal.input.emit("end");
    await ended;
  });

  it("shows the answers below each other, and nothing too wide, if it is narrow", async () => {
    const columns = 34;
    start(columns);
    await terminal.type(LINE, "why is the sky blue?\r");
    await terminal.type(VOTE, "s");
    await quit();
    const table = terminal
      .seen()
      .split("\n")
      .filter((line) => /^[│┌├└]/.test(line));
    expect(table.some((line) => /^│ B: \S.*│$/.test(line))).toBe(true);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(columns);
  });

  it("/retrain adds simulated members if nobody else has voted, and shows how it goes", async () => {
    start();
    await terminal.type(LINE, "/retrain\r");
    await waitFor(() => /█░.* % \(choosing/.test(terminal.shown()) || undefined, "progress");
    expect(terminal.shown()).toMatch(
      /needs two votes or more of at least 5 members[\s\S]*30 simulated members now vote/,
    );
    // The demonstration's test waits for the end of such a training; this one need not.
    const refused = expect(ended).rejects.toMatchObject({ verb: "retrain", failure: "closed" });
    await test.services.compute.close();
    await refused;
  });

  it.each(["de", "es"] as const)(
    "speaks the language of the terminal, with the commands of the terminal: %s",
    async (language) => {
      await test.services.memberData.delete(MEMBER.memberId, [GUILD]);
      start(undefined, language);
      const say = speakerOf(language);
      const line = new RegExp(`${say("playground.you")}> $`);
      const { prompt } = loadDeck(language).prompts.at(-1)!;
      await terminal.type(line, "/help\r");
      await terminal.type(line, `${prompt}\r`);
      await terminal.type(ANSWER, "n");
      await terminal.type(line, "/told\r");
      await terminal.type(line, "/quit\r");
      await ended;
      const seen = terminal.seen();
      expect(seen).toContain(say("playground.nearest", { prompt }));
      for (const sentence of ["greeting", "undo", "plain", "hearsNothing"] as const) {
        expect(seen.replaceAll("\r", "")).toContain(say(`playground.${sentence}`));
      }
      expect(seen).toMatch(language === "de" ? /Darf ich lernen/ : /¿Puedo aprender/);
      expect(seen).not.toMatch(/`\//);
      expect(seen).toMatch(/ \/start\b.* \/delete\b/);
    },
  );

  function start(columns?: number, language: Language = "en"): void {
    terminal = createPretendedTerminal(columns);
    const { input, output } = terminal;
    ended = runTerminal({
      say: speakerOf(language),
      services: test.services,
      deck: loadDeck(),
      guildId: GUILD,
      usesDeck: true,
      keyboard: createKeyboard(input, output),
      screen: createScreen(output),
    });
  }

  async function quit(): Promise<void> {
    await terminal.type(LINE, "/quit\r");
    await ended;
  }

  async function outcomes(): Promise<number[]> {
    const found: number[] = [];
    for await (const [, record] of test.services.store.comparisons.entries(`${GUILD}:1:`)) {
      found.push(record.outcome);
    }
    return found;
  }
});
