import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Services } from "../../src/compose.js";
import { draftFor } from "../support/drafted-ballot.js";
import { createTestServices, type TestServices } from "../support/test-services.js";

const MEMBER = { guildId: "900", memberId: "12" };

describe("a ballot that was announced", () => {
  let test: TestServices;
  let services: Services;

  beforeAll(async () => {
    test = await createTestServices();
    services = test.services;
    await services.consents.grant(MEMBER);
  });
  afterAll(() => test.remove());

  async function announce(belowId: string) {
    const { ballots, models } = services;
    const draft = draftFor(MEMBER, models.current.encoderId);
    expect(await ballots.announce(draft, "7", belowId, ballots.permit(MEMBER))).toBe(true);
    return draft;
  }

  it("gives its place to the one that is posted, in the same write", async () => {
    const { ballots, store } = services;
    const draft = await announce("20");
    const posted = await ballots.post(draft, "7", "21", ballots.permit(MEMBER), "20");
    expect(posted).toBeDefined();
    expect(await store.ballots.has("20")).toBe(false);
    expect((await ballots.get("21"))?.candidates).toEqual(draft.candidates);
  });

  it("stays where the one that is posted may not be stored", async () => {
    const { ballots } = services;
    const draft = await announce("30");
    const refused = { keys: [], holds: () => false };
    expect(await ballots.post(draft, "7", "31", refused, "30")).toBeUndefined();
    expect(await ballots.stored("30")).toMatchObject({ unposted: true });
    expect(await ballots.stored("31")).toBeUndefined();
  });

  it("is found by its channel", async () => {
    const { ballots } = services;
    await announce("40");
    const posted = await ballots.post(await announce("50"), "7", "51");
    expect(posted).toBeDefined();
    const inChannel = (channel: string) => ballots.ids({ state: "unposted", channel });
    expect(await inChannel("7")).toEqual(expect.arrayContaining(["40", "50"]));
    expect(await inChannel("7")).not.toContain("51");
    expect(await inChannel("8")).toEqual([]);
  });
});
