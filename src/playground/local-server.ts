/** Offers a language model of this machine where none is set, for this conversation. */
import type { Config } from "../config.js";
import {
  findLocalServers,
  localServerSettings,
  localServerText,
} from "../conversation/model-server/local-servers.js";
import type { Keyboard } from "./keyboard.js";

/** The settings with some of them changed. */
export type ConfigWith = (changes: Readonly<Record<string, string>>) => Config;

interface Offer {
  readonly config: Config;
  readonly configWith: ConfigWith;
  /** Undefined where nobody sits at the terminal: it is only told. */
  readonly keyboard: Keyboard | undefined;
  readonly print: (text: string) => void;
}

/** The settings to go on with; undefined if the input has ended. */
export async function offerLocalServer(offer: Offer): Promise<Config | undefined> {
  const { config, configWith, keyboard, print } = offer;
  if (config.openai !== undefined) return config;
  const [server] = await findLocalServers(config.localServers);
  if (server === undefined) return config;
  print(`No language model is set, and ${localServerText(server)}.`);
  if (keyboard !== undefined) {
    const key = await keyboard.pressKey("Use it now? (y/n) ", ["y", "n"]);
    if (key === undefined) return undefined;
    if (key === "n") return config;
  }
  print(`To ${keyboard ? "keep" : "use"} it, put ${localServerSettings(server)} into .env.\n`);
  if (keyboard === undefined) return config;
  return configWith({ OPENAI_BASE_URL: server.baseUrl, OPENAI_MODEL: server.models[0]! });
}
