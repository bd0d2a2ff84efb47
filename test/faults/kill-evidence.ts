/**
 * What is left to look at when a run of kills finds something wrong: the log of the process that was
 * to put it right, the requests in their order, and the ballots as member, Discord and store have them.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BallotRecord } from "../../src/store/records.js";
import type { RecordedRequest } from "../support/loopback-discord/rest.js";
import type { WatchedBallot } from "./voter.js";

export interface KillEvidence {
  readonly wrong: readonly string[];
  readonly log: string;
  readonly requests: readonly RecordedRequest[];
  readonly ballots: readonly WatchedBallot[];
  readonly records: ReadonlyMap<string, BallotRecord>;
}

/** Writes it all to a new folder, of which the path is returned. */
export function keepEvidence({ wrong, log, requests, ballots, records }: KillEvidence): string {
  const folder = mkdtempSync(join(tmpdir(), "attune-evidence-"));
  const stories = ballots.map(({ message, voter, takeBack: _takeBack, ...known }) => ({
    member: voter.user.id,
    ...known,
    message: { ...message, reactions: [...message.reactions] },
    record: records.get(message.id),
  }));
  const write = (name: string, content: unknown) =>
    writeFileSync(join(folder, name), JSON.stringify(content, undefined, 2));
  write("wrong.json", wrong);
  write("requests.json", requests);
  write("ballots.json", stories);
  writeFileSync(join(folder, "bot.log"), log);
  return folder;
}
