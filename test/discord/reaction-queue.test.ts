import { setImmediate as turn } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  type ReactionEvent,
  ReactionQueue,
  type WaitingReactions,
} from "../../src/discord/ballots/reaction-queue.js";

const MOST_WAITING = 1_000;

describe("the queue of reactions", () => {
  it("holds no more of a storm than it may, and has the ballots caught up once afterwards", async () => {
    const release = gate();
    const { queue, tasks, overflows } = createQueue(() => release.opened);
    for (let at = 0; at < 100_000; at++) {
      queue.add(reaction({ messageId: String(at % 500), userId: String(at) }));
      if (at % 1_000 === 0) expect(queue.size).toBeLessThanOrEqual(MOST_WAITING);
    }
    release.open();
    await allOf(tasks);
    expect(queue.size).toBe(0);
    expect(overflows()).toBe(1);
  });

  it("counts a message by itself, one batch after the other, and forgets nothing that comes meanwhile", async () => {
    const batches: WaitingReactions[] = [];
    let counting = 0;
    const { queue, tasks, overflows } = createQueue(async (batch) => {
      expect(++counting).toBe(1);
      await turn();
      batches.push(batch);
      counting--;
    });
    queue.add(reaction({ emoji: "🅰️" }));
    queue.add(reaction({ emoji: "🅱️" }));
    queue.add(reaction({ emoji: "🅰️", kind: "removed" }));
    queue.add(reaction({ emoji: "🎉" }));
    await allOf(tasks);
    expect(batches.map(({ changes }) => changes.get("7"))).toEqual([
      [{ kind: "added", choice: "a" }],
      [
        { kind: "added", choice: "b" },
        { kind: "removed", choice: "a" },
      ],
    ]);
    expect(overflows()).toBe(0);
  });

  it("counts what was put back before what came after it", async () => {
    const batches: WaitingReactions[] = [];
    const { queue, tasks } = createQueue(async (batch) => {
      batches.push(batch);
      if (batches.length > 1) return;
      queue.add(reaction({ emoji: "🅰️", kind: "removed" }));
      queue.putBack(batch);
    });
    queue.add(reaction({ emoji: "🅰️" }));
    await allOf(tasks);
    expect(batches).toHaveLength(2);
    expect(batches[1]!.changes.get("7")).toEqual([{ kind: "removed", choice: "a" }]);
  });
});

function createQueue(count: (batch: WaitingReactions) => Promise<void>) {
  const tasks: Promise<void>[] = [];
  let overflows = 0;
  const queue = new ReactionQueue({
    count,
    work: (task) => void tasks.push(task),
    overflowed: async () => void overflows++,
    mostWaiting: MOST_WAITING,
  });
  return { queue, tasks, overflows: () => overflows };
}

function reaction(event: Partial<ReactionEvent>): ReactionEvent {
  return { kind: "added", emoji: "🅰️", channelId: "1", messageId: "2", userId: "7", ...event };
}

/** Work may bring more work. */
async function allOf(tasks: readonly Promise<void>[]): Promise<void> {
  for (let at = 0; at < tasks.length; at++) await tasks[at];
}

function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
