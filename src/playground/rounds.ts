/** One exchange in the playground: a ballot posted and answered, without a message around it. */
import { ulid } from "ulid";
import type { BallotDraft } from "../ballots/ballots.js";
import type { Services } from "../compose.js";
import type { Choice } from "../store/records.js";

/** The playground's only channel. */
const CHANNEL = "1";

/** Stores the ballot and casts the member's choice on it, exactly as a reaction on Discord would. */
export async function voteOn(
  services: Pick<Services, "ballots" | "votes">,
  draft: BallotDraft,
  choice: Choice,
): Promise<void> {
  const messageId = ulid();
  await services.ballots.post(draft, CHANNEL, messageId);
  await services.votes.cast(messageId, draft.member.memberId, choice);
}
