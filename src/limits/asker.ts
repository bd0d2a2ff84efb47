/** Who asks for an answer, and where: whose limits and budgets it counts against. */
import type { MemberKey } from "../storage/records.js";

export interface Asker extends MemberKey {
  readonly channelId: string;
}
