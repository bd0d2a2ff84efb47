/** What the member's client sends with an interaction, in Discord's words. */
import { channelPayload } from "./payloads.js";
import { invalidForm } from "./rest-error.js";
import type { Channel } from "./world.js";

export const APPLICATION_COMMAND = 2;
export const MESSAGE_COMPONENT = 3;
export const MODAL_SUBMIT = 5;
const BUTTON = 2;
const STRING_SELECT = 3;
const CHANNEL_SELECT = 8;
const LABEL = 18;
const SUBCOMMAND = 1;
const CHAT_INPUT = 1;
/** What everybody may, and what those may who manage the server. */
export const ORDINARY = 559623605571137n & ~(1n << 5n);
export const MANAGING = ORDINARY | (1n << 5n);
export const ATTACH_FILES = 1n << 15n;

/** A form that the bot shows. */
export interface Modal {
  readonly custom_id: string;
  readonly title: string;
  readonly components: readonly {
    readonly type: number;
    readonly label?: string;
    readonly component?: { readonly type: number; readonly custom_id: string };
    readonly components?: readonly { readonly type: number; readonly custom_id: string }[];
  }[];
}

const FORM_TEXT_LIMIT = 45;
const CUSTOM_ID_LIMIT = 100;
const FIELDS_LIMIT = 5;

/** Throws `RestError` for a form that Discord would refuse. */
export function checkModal({ custom_id: id, title, components }: Modal): void {
  const texts = [title, ...components.map(({ label = "" }) => label)];
  if (texts.some((text) => text.length > FORM_TEXT_LIMIT)) {
    throw invalidForm("a form's title or label must be 45 or fewer in length.");
  }
  if (id.length === 0 || id.length > CUSTOM_ID_LIMIT) throw invalidForm("custom_id is too long.");
  if (components.length === 0 || components.length > FIELDS_LIMIT) {
    throw invalidForm("a form must have between 1 and 5 components.");
  }
}

/** An option of a slash command: its type in Discord's numbers, and its value. */
export type CommandOption = readonly [
  name: string,
  type: number,
  value: string | number | boolean | Channel,
];

/** `/name subcommand` with options. */
export function commandData(
  name: string,
  subcommand: string | undefined,
  given: readonly CommandOption[],
): object {
  const channels: Record<string, object> = {};
  const own = given.map(([option, type, value]) => {
    if (typeof value !== "object") return { name: option, type, value };
    channels[value.id] = resolvedChannel(value);
    return { name: option, type, value: value.id };
  });
  const options =
    subcommand === undefined ? own : [{ type: SUBCOMMAND, name: subcommand, options: own }];
  return { name, type: CHAT_INPUT, options, resolved: { channels } };
}

export function buttonData(customId: string): object {
  return { custom_id: customId, component_type: BUTTON };
}

/** A select menu of texts, or of channels where the values are some. */
export function selectData(customId: string, values: readonly (string | Channel)[]): object {
  const channels = values.filter((value): value is Channel => typeof value === "object");
  return {
    custom_id: customId,
    component_type: channels.length > 0 ? CHANNEL_SELECT : STRING_SELECT,
    values: values.map((value) => (typeof value === "object" ? value.id : value)),
    resolved: {
      channels: Object.fromEntries(channels.map((one) => [one.id, resolvedChannel(one)])),
    },
  };
}

/** The form with `values` filled in, by their fields. */
export function modalData(modal: Modal, values: Readonly<Record<string, string>>): object {
  const filled = (field: { type: number; custom_id: string }) => ({
    ...field,
    value: values[field.custom_id] ?? "",
  });
  const components = modal.components.map(({ type, component, components: inner = [] }) =>
    type === LABEL
      ? { type, component: filled(component!) }
      : { type, components: inner.map(filled) },
  );
  return { custom_id: modal.custom_id, components };
}

function resolvedChannel(channel: Channel): object {
  return { ...channelPayload(channel), permissions: String(ORDINARY) };
}
