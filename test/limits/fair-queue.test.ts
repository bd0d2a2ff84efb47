import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { FairQueue } from "../../src/limits/fair-queue.js";

describe("the waiting line", () => {
  it("gives each member a turn, however many one of them has waiting", async () => {
    const queue = new FairQueue();
    for (const name of ["a1", "a2", "a3", "a4", "b1", "c1", "b2"]) enqueue(queue, name);
    expect(await drain(queue)).toEqual(["a1", "b1", "c1", "a2", "b2", "a3", "a4"]);
  });

  it("loses nothing, keeps each member's order, and makes nobody wait for two turns of another", async () => {
    const member = fc.constantFrom("a", "b", "c", "d");
    await fc.assert(
      fc.asyncProperty(fc.array(member, { maxLength: 30 }), async (members) => {
        const queue = new FairQueue();
        const names = members.map((name, at) => `${name}${at}`);
        for (const name of names) enqueue(queue, name);
        expect(queue.size).toBe(names.length);
        const order = await drain(queue);
        expect([...order].sort()).toEqual([...names].sort());
        for (const one of "abcd") {
          const own = (list: string[]) => list.filter((name) => name.startsWith(one));
          expect(own(order)).toEqual(own(names));
        }
        // Somebody's n-th comes before anybody's (n + 2)-th.
        const turnOf = (name: string) =>
          names.filter((other) => other[0] === name[0]).indexOf(name);
        order.forEach((name, at) => {
          for (const later of order.slice(at)) {
            expect(turnOf(later)).toBeGreaterThanOrEqual(turnOf(name) - 1);
          }
        });
      }),
    );
  });

  it("gives servers their turns first, then channels, then members", async () => {
    const queue = new FairQueue();
    const add = (id: string, server: string, channel: string, member: string) =>
      queue.enqueue(async () => id, { id, server, channel, member });
    for (let at = 0; at < 6; at++) add(`crowd${at}`, "s", "c", `m${at}`);
    add("next door", "s", "d", "x");
    add("elsewhere", "t", "e", "y");
    const order = await drain(queue);
    expect(order.slice(0, 4)).toEqual(["crowd0", "elsewhere", "next door", "crowd1"]);
    expect(order).toHaveLength(8);
  });

  it("lets somebody leave", async () => {
    const queue = new FairQueue();
    for (const name of ["a1", "a2", "b1"]) enqueue(queue, name);
    queue.remove("a1");
    queue.remove("b1");
    queue.remove("nobody");
    expect(queue.size).toBe(1);
    expect(await drain(queue)).toEqual(["a2"]);
    expect(queue.dequeue()).toBeUndefined();
  });

  function enqueue(queue: FairQueue, name: string) {
    queue.enqueue(async () => name, { member: name[0]!, id: name });
  }

  async function drain(queue: FairQueue): Promise<string[]> {
    const order: string[] = [];
    while (queue.size > 0) order.push((await queue.dequeue()!()) as string);
    return order;
  }
});
