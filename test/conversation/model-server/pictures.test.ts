import { afterEach, describe, expect, it } from "vitest";
import { LanguageModelCandidates } from "../../../src/conversation/candidates/language-model-candidates.js";
import type { ConversationTurn } from "../../../src/conversation/conversation-turn.js";
import type { ChatServer } from "../../../src/conversation/model-server/chat-server.js";
import { ChatServers } from "../../../src/conversation/model-server/chat-servers.js";
import { configuredFor } from "../../support/configured-server.js";
import { DIALECTS, type DialectName, dialectOf } from "../../support/loopback-dialects.js";
import {
  type LoopbackOpenAI,
  type LoopbackOpenAIOptions,
  startLoopbackOpenAI,
} from "../../support/loopback-openai.js";

const PICTURE = "data:image/png;base64,AAAA";
const HISTORY: readonly ConversationTurn[] = [
  { role: "member", text: "What is this?", pictures: [PICTURE] },
];
const ALONE: readonly ConversationTurn[] = [{ role: "member", text: "", pictures: [PICTURE] }];

describe("pictures", () => {
  let openai: LoopbackOpenAI;
  let server: ChatServer;
  let source: LanguageModelCandidates;
  const spent: number[] = [];
  afterEach(() => openai.close());

  async function start(options: LoopbackOpenAIOptions = {}) {
    openai = await startLoopbackOpenAI(options);
    const config = configuredFor(openai);
    spent.length = 0;
    const servers = new ChatServers(config, (input) => spent.push(input));
    server = servers.main;
    source = new LanguageModelCandidates(config, servers);
  }
  const generate = (history = HISTORY) => source.generate({ history, count: 2 });

  it("go along with the words of their message, as data", async () => {
    await start();
    const { blind } = await generate();
    expect(blind).toBeUndefined();
    expect(openai.requests[0]!.messages.at(-1)).toEqual({
      role: "user",
      content: "What is this?",
      pictures: [PICTURE],
    });
    await generate(ALONE);
    expect(openai.requests.at(-1)!.messages.at(-1)).toMatchObject({ pictures: [PICTURE] });
  });

  it.each((Object.keys(DIALECTS) as DialectName[]).filter((name) => dialectOf(name).noPictures))(
    "are left out for good where the server takes none: %s",
    async (dialect) => {
      await start({ dialect });
      const { blind, texts } = await generate();
      expect(texts).toHaveLength(2);
      expect(blind).toBe(true);
      expect(server.takesPictures).toBe(false);
      const { messages } = openai.requests.at(-1)!;
      expect(messages.map(({ content }) => content).join("\n")).toContain(
        "With the last message came a picture that you can't see.",
      );
      const asked = openai.requests.length;
      expect((await generate(ALONE)).blind).toBe(true);
      for (const request of openai.requests.slice(asked)) {
        expect(request.messages.every(({ pictures }) => pictures === undefined)).toBe(true);
        expect(request.messages.at(-1)!.content).toMatch(/\[picture\]$/);
      }
    },
  );

  it.each((Object.keys(DIALECTS) as DialectName[]).filter((name) => !dialectOf(name).noPictures))(
    "are taken by the others: %s",
    async (dialect) => {
      await start({ dialect });
      await generate();
      expect(server.takesPictures).toBe(true);
    },
  );

  it.each([
    "You uploaded an unsupported image. Please make sure your image has of one the following formats: ['png', 'jpeg', 'gif', 'webp'].",
    "Invalid image data.",
    "Image dimensions exceed the maximum size.",
    "Failed to process the image.",
    "At most 1 image(s) may be provided in one prompt.",
  ])("that a server can't open teach it nothing about others: %s", async (message) => {
    await start();
    openai.fail({ kind: "status", status: 400, message });
    const { blind, texts } = await source.generate({ history: HISTORY, count: 1 });
    expect(texts).toHaveLength(1);
    expect(blind).toBe(true);
    expect(server.takesPictures).toBe(true);
    expect((await source.generate({ history: HISTORY, count: 1 })).blind).toBeUndefined();
  });

  it("that are too large for a server are left out, and not the conversation", async () => {
    await start();
    openai.fail({ kind: "status", status: 413, message: "request entity too large" });
    const history = [
      { role: "member" as const, text: "Basil or mint?" },
      { role: "bot" as const, text: "Basil." },
      ...HISTORY,
    ];
    expect((await source.generate({ history, count: 1 })).blind).toBe(true);
    expect(openai.requests.at(-1)!.messages).toHaveLength(4);
  });

  it("count as tokens, by what the server says or by an estimate", async () => {
    await start({ tellsUsage: false });
    await source.generate({ history: HISTORY, count: 1 });
    expect(spent[0]).toBeGreaterThan(1_700);
    expect(spent[0]).toBeLessThan(2_500);
  });
});
