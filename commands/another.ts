/** The buttons of "Another answer". */
import { ANOTHER, ANOTHER_IDS } from "../src/discord/another/another-controls.js";
import type { ComponentHandler } from "../src/discord/interactions/command.js";
import type { CommandServices } from "../src/discord/interactions/command-services.js";

export const anotherComponents: ComponentHandler = {
  prefix: ANOTHER,
  ids: ANOTHER_IDS,
  needs: "member",
  acknowledges: "own",
  async respond(interaction, { another }: Pick<CommandServices, "another">, say) {
    if (!interaction.isButton()) return;
    const [, verb, key = ""] = interaction.customId.split(":");
    if (verb === "show") await another.show(interaction, say);
    else await another.choose(interaction, key, verb === "this" ? "this" : "first", say);
  },
};
