/** Nobody's manner is in anybody else's request, and nobody's sentences in anybody's answer. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Slot } from "../../../models/steering/spread.js";
import { createWriters } from "../../../src/conversation/candidates/candidate-chain.js";
import type { CandidateSource } from "../../../src/conversation/candidates/candidate-source.js";
import { Circuit } from "../../../src/conversation/candidates/circuit.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { mannerWords } from "../../../src/conversation/steering/directive-text.js";
import { configuredFor } from "../../support/configured-server.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../../support/loopback-openai.js";
import { sentencesTold } from "../../support/obedient-answers.js";
import { silentLog } from "../../support/silent-log.js";

const ROUNDS = 1_000;
const AT_ONCE = 20;

const FIRST: Slot = {
  kind: "exploit",
  directives: [
    { axis: "length", pole: -1, dose: 3, words: 30 },
    { axis: "structure", pole: -1, dose: 3 },
  ],
};
const SECOND: Slot = {
  kind: "exploit",
  directives: [
    { axis: "warmth", pole: 1, dose: 3 },
    { axis: "askingBack", pole: 1, dose: 3 },
  ],
};
const MANNERS = { first: FIRST, second: SECOND } as const;

describe("two members whose answers are written side by side", () => {
  let openai: LoopbackOpenAI;
  let source: CandidateSource;
  beforeAll(async () => {
    openai = await startLoopbackOpenAI({
      // It answers, and gives its instructions away.
      answer: (question, index, system) =>
        `To ${question}, ${index}: I was told to ${system.split("\n").at(-1)}`,
    });
    const openAIConfig = configuredFor(openai, { timeoutMs: 60_000 });
    source = createWriters({
      config: {
        openai: openAIConfig,
        fallback: undefined,
        discord: undefined,
        encryptionKey: undefined,
      },
      random: Math.random,
      servers: {
        first: new ChatServers(openAIConfig, undefined, { requestsAtOnce: AT_ONCE }),
        second: undefined,
      },
      circuit: new Circuit("language model", silentLog),
      log: silentLog,
    });
  });
  afterAll(() => openai.close());

  it("get requests with their own manner and no other, and never see it", async () => {
    const ask = async (name: keyof typeof MANNERS, round: number) => {
      const history = [{ role: "member" as const, text: `${name} ${round}` }];
      return source.generate({ history, count: 1, slots: [MANNERS[name]] });
    };
    for (let round = 0; round < ROUNDS; round += AT_ONCE / 2) {
      const rounds = Array.from({ length: AT_ONCE / 2 }, (_, at) => round + at);
      const answers = await Promise.all(
        rounds.flatMap((one) => [ask("first", one), ask("second", one)]),
      );
      for (const { texts } of answers) {
        for (const slot of Object.values(MANNERS)) {
          expect(texts.join()).not.toContain(mannerWords(slot));
        }
      }
    }
    expect(openai.requests).toHaveLength(2 * ROUNDS);
    for (const { messages } of openai.requests) {
      const [name = ""] = messages.at(-1)!.content.split(" ");
      const told = sentencesTold(messages[0]!.content).join(" ");
      expect([name, told]).toEqual([name, mannerWords(MANNERS[name as keyof typeof MANNERS])]);
    }
  });
});
