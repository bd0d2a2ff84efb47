/** What a member who said yes allows, in words. No Discord. */
import type { Say } from "../language/say.js";
import type { ConsentRecord } from "../store/records.js";

export function standingText({ state, pooled }: ConsentRecord, steered: boolean, say: Say): string {
  return [
    say(state === "paused" ? "consent.standsPaused" : "consent.standsLearning"),
    say(steered ? "consent.standsSteered" : "consent.standsNotSteered"),
    say(pooled ? "consent.standsPooled" : "consent.standsNotPooled"),
    say("consent.standsUntilDeleted"),
  ].join("\n");
}
