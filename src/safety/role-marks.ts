/**
 * The marks with which chat templates separate the turns of a conversation. Some servers read them
 * inside a message too, so that a member could write a turn as the system or as the bot.
 */

/** `<|im_start|>` and its like, full-width ones too; then the marks of single families of models. */
const MARKS: readonly RegExp[] = [
  /[<＜](?=[|｜][^|｜<>\n]{1,60}[|｜][>＞])/gu,
  /<(?=\/?(?:s|bos|eos|unk|pad|mask|start_of_turn|end_of_turn|im_start|im_end|think(?:ing)?|tool_call|tool_response|eos_token|extra_id_\d|SPECIAL_\d{1,3})>)/gi,
  /<(?=\|turn>|turn\|>|\|channel>|channel\|>)/gi,
  /<(?=<\/?SYS>>)/gi,
  /\[(?=\/?(?:INST|SYSTEM_PROMPT|AVAILABLE_TOOLS|TOOL_CALLS|TOOL_RESULTS|gMASK|sMASK|THINK)\])/gi,
  /\[(?=\|\w{1,20}\|\]|e~\[)|\](?=~b\])/gi,
  /[◁◂](?=\/?think[▷▸])/giu,
];

/** What every mark begins with. */
const FIRST_SIGN = /[<＜[\]◁◂]/;

/** `text` with a space inside every mark: still readable, and no longer a mark. */
export function withoutRoleMarks(text: string): string {
  if (!FIRST_SIGN.test(text)) return text;
  return MARKS.reduce((rest, mark) => rest.replace(mark, "$& "), text);
}
