/** Attune without Discord: the same services in the terminal, or a simulated member if nobody types. */

import { createServices } from "../compose.js";
import type { Config } from "../config.js";
import { speakerOf } from "../language/say.js";
import { createLog } from "../observability/create-log.js";
import { loadDeck } from "../shared/deck/deck.js";
import { DEMONSTRATION_GUILD, PLAYGROUND_GUILD } from "../store/ids.js";
import { demonstrate } from "./demonstration.js";
import { createKeyboard } from "./keyboard.js";
import { type ConfigWith, offerLocalServer } from "./local-server.js";
import { createScreen } from "./screen.js";
import { runTerminal } from "./terminal.js";

/** More questions than anybody answers in a sitting: the terminal is there to vote. */
const QUESTIONS_PER_DAY = 1_000;

/** Runs until the member quits, or until the demonstration is over. */
export async function runPlayground(given: Config, configWith: ConfigWith): Promise<void> {
  const interactive = process.stdin.isTTY === true;
  const screen = createScreen(process.stdout);
  const keyboard = interactive ? createKeyboard(process.stdin, process.stdout) : undefined;
  const { print } = screen;
  const config = await offerLocalServer({ config: given, configWith, keyboard, print });
  if (config === undefined) return;
  const guildId = interactive ? PLAYGROUND_GUILD : DEMONSTRATION_GUILD;
  const name = interactive ? "playground" : "demonstration";
  const scope = { name, accepts: (candidate: string) => candidate === guildId };
  const log = createLog({
    ...config,
    logLevel: config.logLevel === "info" ? "warn" : config.logLevel,
  });
  const services = await createServices({
    // The playground is there to vote: no gap between questions.
    config: {
      ...config,
      questionGap: 0,
      seed: interactive ? config.seed : (config.seed ?? 1),
    },
    scope,
    clock: Date.now,
    log,
  });
  try {
    await services.store.settings.set(guildId, { questionsPerDay: QUESTIONS_PER_DAY });
    const deck = loadDeck();
    if (keyboard !== undefined) {
      const usesDeck = config.openai === undefined;
      const say = speakerOf(config.terminalLanguage);
      await runTerminal({ services, deck, guildId, usesDeck, keyboard, screen, say });
    } else {
      await demonstrate({ services, deck, guildId, seed: config.seed ?? 1, print });
    }
  } finally {
    await services.close();
  }
}
