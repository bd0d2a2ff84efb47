import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { createKeyboard } from "../../src/playground/keyboard.js";
import { offerLocalServer } from "../../src/playground/local-server.js";
import { createScreen } from "../../src/playground/screen.js";
import { startAnsweringServer } from "../support/answering-server.js";
import { createPretendedTerminal, type PretendedTerminal } from "../support/pretended-terminal.js";

const QUESTION = /Use it now\? \(y\/n\) $/;

describe("a language model on this machine", () => {
  let terminal: PretendedTerminal;
  let url: string;
  let asked: string[];
  let close: () => Promise<void>;
  beforeEach(async () => {
    terminal = createPretendedTerminal();
    asked = [];
    const server = await startAnsweringServer(({ url: path, headers }) => {
      asked.push(`${path} ${headers.authorization}`);
      return JSON.stringify({ object: "list", data: [{ id: "llama3.2:3b" }, { id: "b" }] });
    });
    ({ close, url } = server);
  });
  afterEach(() => close());

  function offer(environment: NodeJS.ProcessEnv, interactive = true) {
    const given = { LOCAL_SERVERS: url, CANDIDATES: "3", ...environment };
    return offerLocalServer({
      config: readConfig(given),
      configWith: (changes) => readConfig({ ...given, ...changes }),
      keyboard: interactive ? createKeyboard(terminal.input, terminal.output) : undefined,
      print: createScreen(terminal.output).print,
    });
  }

  it("is offered where none is set, and used after a yes, with all other settings", async () => {
    const offered = offer({});
    await terminal.type(QUESTION, "y");
    const config = await offered;
    expect(config).toMatchObject({
      candidates: 3,
      openai: { baseUrl: `${url}/v1`, model: "llama3.2:3b" },
    });
    expect(terminal.shown()).toContain(`answers at ${url}/v1 with llama3.2:3b and 1 more`);
    expect(terminal.shown()).toContain(`put OPENAI_BASE_URL=${url}/v1`);
    expect(asked).toEqual(["/v1/models undefined"]);
  });

  it("is left alone after a no, and ends the program at Ctrl-C", async () => {
    const refused = offer({});
    await terminal.type(QUESTION, "n");
    expect((await refused)?.openai).toBeUndefined();
    const ended = offer({});
    await terminal.type(QUESTION, "\u0003");
    expect(await ended).toBeUndefined();
  });

  it("is only told where nobody sits at the terminal", async () => {
    expect((await offer({}, false))?.openai).toBeUndefined();
    expect(terminal.shown()).toContain(`To use it, put OPENAI_BASE_URL=${url}/v1`);
  });

  it("is not looked for where a language model is set, or where that is off", async () => {
    const own = await offer({ OPENAI_BASE_URL: "http://127.0.0.1:9/v1" });
    expect(own?.openai?.baseUrl).toBe("http://127.0.0.1:9/v1");
    expect((await offer({ LOCAL_SERVERS: "off" }))?.openai).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
