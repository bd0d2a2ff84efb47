import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createRandomGenerator } from "../../models/algebra/random.js";
import { encodeResponse } from "../../models/encoder/encoder.js";
import { createStarterModel } from "../../models/rewards/starter.js";
import { comparisonKey } from "../../src/store/keys.js";
import type { MemberKey } from "../../src/store/records.js";
import { openStore, type Store } from "../../src/store/store.js";
import { featuresToText } from "../../src/store/vector-text.js";
import { DrawnOrder } from "../../src/training/drawn-order.js";
import { collectFeedback } from "../../src/training/feedback.js";
import { ENOUGH } from "../../src/training/sample-sizes.js";
import { createTemporaryPostgres, type TemporaryPostgres } from "../support/postgres.js";
import { createTemporaryStore, type TemporaryStore } from "../support/temporary-store.js";

const PEOPLE = 250;
const TRAINING = 40;
const { dimensions, encoderId } = createStarterModel();
const answer = (text: string) => featuresToText(encodeResponse(text));

describe("people of whom only some can train", () => {
  let temporary: TemporaryStore;
  let database: TemporaryPostgres;
  let postgres: Store;
  beforeAll(async () => {
    temporary = await createTemporaryStore();
    database = await createTemporaryPostgres();
    postgres = await openStore(database.url, raise);
    for (const store of [temporary.store, postgres]) await fill(store);
  });
  afterAll(async () => {
    await postgres.close();
    await database.remove();
    await temporary.remove();
  });

  it("are drawn anew for each run, and the same on both databases", async () => {
    const [one, other] = [await collect(temporary.store, 1), await collect(postgres, 1)];
    expect(one.feedback).toEqual(other.feedback);
    expect(one.read).toEqual(other.read);
    const { comparisons } = one.feedback;
    expect(comparisons).toMatchObject({ members: TRAINING, count: TRAINING * ENOUGH });
    const next = await collect(postgres, 2);
    expect(next.read).not.toEqual(one.read);
    expect(next.feedback.people).toBe(TRAINING);
  });

  it("are one person each on all their servers together", async () => {
    const { feedback, read } = await collect(postgres, 3);
    expect(read.length).toBeGreaterThan(TRAINING);
    expect(new Set(read.map(memberOf)).size).toBe(feedback.people);
  });

  it("are found without asking everybody, in few questions to the store", async () => {
    const { comparisons } = postgres;
    const counts = vi.spyOn(comparisons, "counts");
    const pages = vi.spyOn(comparisons, "lastEntries");
    const single = vi.spyOn(comparisons, "entriesBackwards");
    const { asked } = await collect(postgres, 4);
    expect(new Set(asked.map(memberOf)).size).toBeLessThan(PEOPLE / 2);
    expect(counts).toHaveBeenCalledTimes(1);
    expect(pages.mock.calls.length).toBeLessThan(TRAINING / 2);
    expect(single).not.toHaveBeenCalled();
    vi.restoreAllMocks();
  });
});

it("everybody is drawn equally often", () => {
  const [people, runs, first] = [50, 1_000, 10];
  const drawn = Array.from({ length: people }, () => 0);
  for (let run = 0; run < runs; run++) {
    const order = new DrawnOrder<number>(String(run));
    for (let person = 0; person < people; person++) order.add(`17${person}`, person);
    const all = [...order];
    expect(new Set(all).size).toBe(people);
    for (const person of all.slice(0, first)) drawn[person]!++;
  }
  const share = first / people;
  const deviation = Math.sqrt(runs * share * (1 - share));
  for (const times of drawn) expect(Math.abs(times - runs * share)).toBeLessThan(5 * deviation);
});

const memberOf = (key: string) => key.split(":")[1]!;

/** Everybody has more than enough; every third person votes on two servers. */
async function fill({ comparisons, writeTogether }: Store): Promise<void> {
  const [a, b] = [answer("Yes, that is so!"), answer("One may think so as well.")];
  for (let person = 0; person < PEOPLE; person++) {
    const guilds = person % 3 === 0 ? ["900", "901"] : ["900"];
    const writes = guilds.flatMap((guildId) =>
      Array.from({ length: ENOUGH + 5 }, (_, at) =>
        comparisons.putting(
          comparisonKey({ guildId, memberId: String(person) }, String(at).padStart(26, "0")),
          {
            ...{ a, b, outcome: person % 2 === 0 ? 1 : 0, weight: 1, encoder: encoderId },
            ...{ firstShown: "a", source: "deck", trains: true, at },
          },
        ),
      ),
    );
    await writeTogether(writes);
  }
}

async function collect({ comparisons }: Store, seed: number) {
  const asked: string[] = [];
  const read: string[] = [];
  const noting = (keys: string[]) => async (member: MemberKey) => {
    keys.push(`${member.guildId}:${member.memberId}`);
    return true;
  };
  const scope = { name: "discord", accepts: () => true };
  const limit = {
    most: TRAINING * ENOUGH,
    random: createRandomGenerator(seed),
    mayRead: noting(read),
  };
  const parts = [comparisons, scope, noting(asked), encoderId, dimensions, limit] as const;
  return { feedback: await collectFeedback(...parts), asked, read };
}

function raise(error: unknown): never {
  throw error;
}
