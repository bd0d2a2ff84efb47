/** Who asks for an answer, and where: whose limits and budgets it counts against. */
import type { MemberKey } from "../store/records.js";

export interface Asker extends MemberKey {
  readonly channelId: string;
}
