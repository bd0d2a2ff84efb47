/** Says a sentence of the catalogue in one language: keys and values are checked by the compiler. */
import { IntlMessageFormat } from "intl-messageformat";
import { CATALOGUES, type English, type Room } from "./catalogues.js";
import type { Language } from "./languages.js";
import type { ValuesOf } from "./message-values.js";

/** A sentence's name: the room's file and the sentence in it, as `ballots.question`. */
export type MessageKey = {
  [R in Room]: `${R}.${keyof English[R] & string}`;
}[Room];

/** The English text of a sentence. */
type MessageOf<Key extends MessageKey> = Key extends `${infer R extends Room}.${infer Name}`
  ? English[R][Name & keyof English[R]] & string
  : never;

type ValuesFor<Key extends MessageKey> = keyof ValuesOf<MessageOf<Key>> extends never
  ? []
  : [values: ValuesOf<MessageOf<Key>>];

/** Says sentences in its language. What goes in as a value comes out as it is: nothing in it is read. */
export interface Say {
  <Key extends MessageKey>(key: Key, ...values: ValuesFor<Key>): string;
  readonly language: Language;
}

/** One for each language; made on first use. */
const SPEAKERS = new Map<Language, Say>();

/** What says sentences in `language`. */
export function speakerOf(language: Language): Say {
  let speaker = SPEAKERS.get(language);
  if (speaker === undefined) {
    speaker = newSpeaker(language);
    SPEAKERS.set(language, speaker);
  }
  return speaker;
}

function newSpeaker(language: Language): Say {
  const parsed = new Map<string, IntlMessageFormat>();
  const say = (key: MessageKey, values?: Readonly<Record<string, string | number>>): string => {
    let message = parsed.get(key);
    if (message === undefined) {
      // No sentence of ours has tags: a "<" in one is a mention or a timestamp.
      message = new IntlMessageFormat(messageOf(language, key), language, undefined, {
        ignoreTag: true,
      });
      parsed.set(key, message);
    }
    return String(message.format({ ...values }));
  };
  return Object.assign(say, { language });
}

/** The sentence as it stands in the catalogue. */
export function messageOf(language: Language, key: MessageKey): string {
  const [room, name] = key.split(".") as [Room, string];
  const sentences: Readonly<Record<string, string>> = CATALOGUES[language][room];
  return sentences[name]!;
}
