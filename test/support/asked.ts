/** What members do with `/ask` and its answers on the loopback Discord. */
import type { InteractionAnswer } from "./loopback-discord/interaction-answers.js";
import type { OpenInteraction } from "./loopback-discord/interaction-responses.js";
import type { LoopbackDiscord } from "./loopback-discord/loopback-discord.js";
import type { Channel, User } from "./loopback-discord/world.js";
import { waitFor } from "./wait-for.js";

const STRING = 3;
const BOOLEAN = 5;

/** `member` calls `/ask`; resolves when it is answered. */
export async function ask(
  discord: LoopbackDiscord,
  member: User,
  channel: Channel,
  question = "How do I sleep better?",
  isPrivate = false,
): Promise<OpenInteraction> {
  const open = discord.interactions.command(member, channel, "ask", undefined, [
    ["question", STRING, question],
    ...(isPrivate ? [["private", BOOLEAN, true] as const] : []),
  ]);
  await discord.answered(open);
  return open;
}

export function isChoice({ embeds }: InteractionAnswer): boolean {
  return embeds.length === 2;
}

export function labelsOf({ components }: InteractionAnswer): (string | undefined)[] {
  return components.flatMap(({ components: buttons }) => buttons.map(({ label }) => label));
}

/** `member` presses “Go on” below `answer` and sends the form with `text`; resolves when it is answered. */
export async function goOn(
  discord: LoopbackDiscord,
  member: User,
  channel: Channel,
  answer: InteractionAnswer,
  text: string,
): Promise<OpenInteraction> {
  const pressed = discord.press(member, channel, answer, "Go on");
  const modal = await waitFor(() => pressed.modal, "the form");
  const open = discord.interactions.submit(member, channel, modal, { question: text }, answer);
  await discord.answered(open);
  return open;
}

/** Resolves when `answer` shows `content`. */
export function showsAnswer(answer: InteractionAnswer, content: string | RegExp): Promise<true> {
  const fits = () =>
    typeof content === "string" ? answer.content === content : content.test(answer.content);
  return waitFor(() => fits() || undefined, `the answer to show “${content}”`);
}
