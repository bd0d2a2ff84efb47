/** Every slash command of the bot. */
import type { Command } from "./command.js";
import { profileCommand } from "./profile.js";
import { retrainCommand } from "./retrain.js";

export const COMMANDS: readonly Command[] = [profileCommand, retrainCommand];
