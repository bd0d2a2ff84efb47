/** `/told` in the playground: each axis of which the language model may hear, switched by a key. */
import { STEERABLE_AXES } from "../../models/steering/steerable-axes.js";
import type { MemberKey } from "../store/records.js";
import type { GoesOn, TerminalOptions } from "./terminal-options.js";

/** Shows all axes, and switches one after the other until the person is done. */
export async function changeTold(
  member: MemberKey,
  { services, keyboard, screen, say }: TerminalOptions,
): Promise<GoesOn> {
  const { consents } = services;
  const numbers = STEERABLE_AXES.map((_, at) => String(at + 1));
  for (;;) {
    const { agreed, withheld } = await consents.toldOf(member);
    if (!agreed) {
      screen.print(say("playground.hearsNothing"));
      return true;
    }
    const states = { on: say("playground.on"), off: say("playground.off") };
    const width = Math.max(states.on.length, states.off.length);
    const lines = STEERABLE_AXES.map((axis, at) => {
      const state = withheld.includes(axis) ? states.off : states.on;
      return `  ${at + 1}  ${state.padEnd(width)}  ${say(`manner.${axis}`)}`;
    });
    screen.print(lines.join("\n"));
    const key = await keyboard.pressKey(say("playground.toldKeys"), [...numbers, "q"]);
    if (key === undefined || key === "q") return key !== undefined;
    const axis = STEERABLE_AXES[Number(key) - 1]!;
    const rest = withheld.filter((one) => one !== axis);
    await consents.withhold(member, rest.length < withheld.length ? rest : [...withheld, axis]);
  }
}
