/** The words under the picture of a profile. No Discord: the terminal shows the same. */
import { standingText } from "./manner-text.js";
import type { ProfileCard, TellingVote } from "./profile-cards.js";
import { profileText } from "./profile-text.js";

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

/** Sentences about the taste, the votes that mattered most, what would be asked next, and what the model is told. */
export function cardText({ view, votes, next, manner }: ProfileCard): string {
  const lines = [profileText(view)];
  if (votes.length > 0) lines.push("", "**The votes that mattered most**", ...votes.map(voteLine));
  if (next !== undefined) {
    lines.push("", `**Next I would ask** about “${next.prompt}”: ${next.axes.join(", ")}?`);
  }
  return [...lines, "", standingText(manner)].join("\n");
}

function voteLine({ at, tie, preferred, other }: TellingVote): string {
  const [first, second] = [preferred.join(", "), other.join(", ")];
  const day = DATE.format(at);
  if (tie) return `• ${day}: one that is ${first} and one that is ${second} were equal`;
  return `• ${day}: ${first} rather than ${second}`;
}
