import { Writable } from "node:stream";
import { DiscordAPIError } from "discord.js";
import fc from "fast-check";
import { APIError } from "openai";
import { describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createLog } from "../../src/observability/create-log.js";

const DISCORD_TOKEN = [
  "MTIzNDU2Nzg5MDEyMzQ1Njc4",
  "GhIjKl",
  "a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6",
].join(".");
const API_KEY = "a-key-of-no-known-shape";
const KEY = Buffer.alloc(32, 7);
const PASSWORD = "pa%24s-word";

const config = readConfig({
  DISCORD_TOKEN,
  OPENAI_API_KEY: API_KEY,
  OPENAI_BASE_URL: `https://attune:${PASSWORD}@models.example/v1`,
  ENCRYPTION_KEY: KEY.toString("base64"),
  LOG_LEVEL: "trace",
});
const FORMS = [
  DISCORD_TOKEN,
  API_KEY,
  Buffer.from(API_KEY).toString("base64"),
  KEY.toString("base64"),
  KEY.toString("hex"),
  KEY.toString("base64url"),
  PASSWORD,
  "pa$s-word",
];

/** What pino writes of `write`, through the product's own logger. */
function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = "";
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      lines += String(chunk);
      done();
    },
  });
  write(createLog(config, stream));
  for (const line of lines.trim().split("\n")) expect(() => JSON.parse(line)).not.toThrow();
  return lines;
}

function expectNoSecret(text: string): void {
  for (const form of FORMS) expect(text).not.toContain(form);
}

describe("the log", () => {
  it.each(FORMS)("never shows a configured secret, wherever it stands: %s", (secret) => {
    const deep = { a: { b: { c: { d: { e: [`x ${secret} y`] } } } } };
    const cause = new Error(`the server said: ${secret}`);
    const error = Object.assign(new Error(`failed with ${secret}`, { cause }), { extra: secret });
    const many = new AggregateError([error, new Error(secret)], secret);
    const text = logged((log) => {
      log.info({ event: "x", note: secret, deep });
      log.warn(`message ${secret}`);
      log.error({ event: "x", err: error });
      log.error({ event: "x", err: many });
      log.error(error);
      log.child({ bound: secret }).debug({ [secret]: 1, event: "x" });
      log.trace({ event: "x", url: `https://x.example/?q=${encodeURIComponent(secret)}` });
    });
    expectNoSecret(text);
    expect(text.split("\n").filter((line) => line !== "")).toHaveLength(7);
  });

  it("hides fields by their names, however deep they are", () => {
    const fields = {
      token: "t0-hide-me",
      access_token: "t1-hide-me",
      "x-api-key": "t2-hide-me",
      apiKey: "t3-hide-me",
      Authorization: "t4-hide-me",
      clientSecret: "t5-hide-me",
      password: "t6-hide-me",
      "set-cookie": ["t7-hide-me"],
      headers: { anything: "t8-hide-me" },
      requestBody: { json: { content: "t9-hide-me" } },
      request: "t10-hide-me",
      ENCRYPTION_KEY: "t11-hide-me",
    };
    const text = logged((log) => {
      log.info({ event: "x", ...fields, inputTokens: 3, key: "kept" });
      log.info({ event: "x", one: { two: { three: { four: [fields] } } } });
      log.error({ event: "x", err: Object.assign(new Error("x"), fields, { deep: { fields } }) });
    });
    expect(text).not.toContain("hide-me");
    expect(text).toContain('"inputTokens":3');
    expect(text).toContain('"key":"kept"');
  });

  it.each([
    [
      "a bot token",
      ["MTA5ODc2NTQzMjEwOTg3NjU0MzI", "Zyxwvu", "zZyYxXwWvVuUtTsSrRqQpPoOnNmMlL"].join("."),
    ],
    ["a key of OpenAI", ["sk", "proj", "AbCdEf0123456789ghijKLMN"].join("-")],
    ["a token of GitHub", `ghp_${"a1B2".repeat(9)}`],
    ["a key of AWS", `AKIA${"ABCD1234".repeat(2)}`],
    [
      "a web token",
      ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "c2lnbmF0dXJl"].join("."),
    ],
    ["a bearer", "Bearer abcdefgh12345678"],
    ["a private key", "-----BEGIN PRIVATE KEY-----\nMIIEvQ\nabc\n-----END PRIVATE KEY-----"],
    ["a password in an address", "redis://user:hunter22@cache.example:6379"],
    ["a token in a query", "https://x.example/?token=hunter22abc&x=1"],
    ["a token in a sentence", "the api_key: hunter22abc was refused"],
    [
      "a token of an interaction",
      "https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb24:x-y/messages/@original",
    ],
    [
      "a token of a callback",
      "https://discord.com/api/v10/interactions/123/aW50ZXJhY3Rpb24/callback",
    ],
  ])("knows %s by its look, in messages, causes and stacks", (_, secret) => {
    const text = logged((log) => {
      log.info({ event: "x", note: `before ${secret} after` });
      log.error({ event: "x", err: new Error("outer", { cause: new Error(secret) }) });
      log.warn(secret);
    });
    const marks = ["hunter22", "aW50ZXJhY3Rpb24", "MIIEvQ", secret];
    for (const mark of marks) expect(text).not.toContain(mark);
    expect(text).toContain("[removed]");
  });

  it("shows no token, header or body of the errors of Discord's and OpenAI's clients", () => {
    const url =
      "https://discord.com/api/v10/webhooks/1/interaction-t0ken-hide-me/messages/@original";
    const body = { files: undefined, json: { content: "hide-me" } };
    const raw = { code: 50_013, message: "Missing Permissions" };
    const discord = new DiscordAPIError(raw, 50_013, 403, "POST", url, body);
    const headers = new Headers({ authorization: "Bearer hide-me", "set-cookie": "hide-me" });
    const message = `Incorrect API key provided: ${API_KEY}`;
    const openai = APIError.generate(401, { error: { message } }, message, headers);
    const text = logged((log) => {
      log.error({ event: "x", err: discord });
      log.error({ event: "x", err: openai });
      log.error({ event: "x", err: new Error("outer", { cause: openai }) });
    });
    expect(text).not.toContain("hide-me");
    expect(text).toContain("Missing Permissions");
    expectNoSecret(text);
  });

  it("writes lines of JSON, whatever is logged", () => {
    const secret = fc.constantFrom(...FORMS, "Bearer abcdefgh12345678", '"', "\\", "\n", "token=");
    const text = fc
      .array(fc.oneof(secret, fc.string({ unit: "binary" })))
      .map((all) => all.join(""));
    const field = fc.constantFrom("token", "headers", "note", "x-api-key", "__proto__", "event");
    fc.assert(
      fc.property(fc.dictionary(field, fc.oneof(text, fc.jsonValue())), text, (fields, message) => {
        const lines = logged((log) => log.info({ fields }, message));
        for (const form of FORMS) {
          // Two pieces that meet may happen to make one; each of them alone is gone.
          expect(lines).not.toContain(form);
        }
      }),
      { numRuns: 100 },
    );
  });

  it("says as much as before of what is no secret", () => {
    const text = logged((log) =>
      log.info({
        event: "reply.sent",
        guildId: "123456789012345678",
        messageId: "1".repeat(19),
        n: 1,
      }),
    );
    expect(JSON.parse(text)).toMatchObject({
      event: "reply.sent",
      guildId: "123456789012345678",
      messageId: "1".repeat(19),
      n: 1,
    });
  });
});
