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
      screen.print("The language model hears nothing about your taste; /start changes that.");
      return true;
    }
    const lines = STEERABLE_AXES.map(
      (axis, at) =>
        `  ${at + 1}  ${withheld.includes(axis) ? "off" : "on "}  ${say(`manner.${axis}`)}`,
    );
    screen.print(lines.join("\n"));
    const key = await keyboard.pressKey("1 to 6 switches one, q is done: ", [...numbers, "q"]);
    if (key === undefined || key === "q") return key !== undefined;
    const axis = STEERABLE_AXES[Number(key) - 1]!;
    const rest = withheld.filter((one) => one !== axis);
    await consents.withhold(member, rest.length < withheld.length ? rest : [...withheld, axis]);
  }
}
