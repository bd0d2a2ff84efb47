import { afterEach, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config.js";
import { examine } from "../../src/doctor/examine.js";
import type { Finding } from "../../src/doctor/finding.js";
import { startAnsweringServer } from "../support/answering-server.js";
import { type HealthySetUp, healthySetUp } from "../support/healthy-set-up.js";
import { BREAKAGES } from "./breakages.js";

describe("the doctor", () => {
  let setUp: HealthySetUp;
  afterEach(() => setUp.close());

  it("finds nothing wrong with a set-up that is well, and prints the invitation", async () => {
    setUp = await healthySetUp();
    const findings = await examined(setUp);
    expect(findings.filter(({ state }) => state !== "well")).toEqual([]);
    const invitation = findings.find(({ topic }) => topic === "Invitation");
    expect(invitation?.text).toBe(
      `https://discord.com/oauth2/authorize?client_id=${setUp.discord.world.bot.id}&scope=bot+applications.commands&permissions=274877992000`,
    );
    const honours = findings.find(({ topic }) => topic === "It honours");
    expect(honours?.text).toBe(
      "several answers to one request (n); temperature; the system role; max_tokens up to 4000.",
    );
  });

  it.each(BREAKAGES)("names $what, and says what to do", async (breakage) => {
    setUp = await healthySetUp(breakage.model);
    await breakage.breakIt(setUp);
    const findings = await examined(setUp);
    const found = findings.filter(
      ({ topic, state }) => topic === breakage.topic && state === breakage.state,
    );
    expect(found).toHaveLength(1);
    expect(found[0]!.text).toMatch(breakage.seen);
    expect(found[0]!.remedy).toMatch(breakage.remedy);
  });

  it("says what a server does not honour", async () => {
    setUp = await healthySetUp({
      dialect: { refuses: ["n", "temperature"] },
    });
    const findings = await examined(setUp);
    const honours = findings.find(({ topic }) => topic === "It honours");
    expect(honours?.text).toMatch(/^one answer a request/);
  });

  it("offers a language model that runs on this machine, and no program that is something else", async () => {
    setUp = await healthySetUp();
    const other = await startAnsweringServer(() => "<html>a router's page</html>");
    const ollama = await startAnsweringServer(() =>
      JSON.stringify({ data: [{ id: "nomic-embed-text" }, { id: "llama3.2:3b" }] }),
    );
    delete setUp.environment.OPENAI_BASE_URL;
    setUp.environment.LOCAL_SERVERS = `${other.url} http://127.0.0.1:9 ${ollama.url}`;
    const found = (await examined(setUp)).find(({ topic }) => topic === "Language model");
    expect(found?.text).toMatch(/none is set, and .* answers at .* with llama3\.2:3b\./);
    expect(found?.remedy).toContain(
      `OPENAI_BASE_URL=${ollama.url}/v1 and OPENAI_MODEL=llama3.2:3b`,
    );
    for (const server of [other, ollama]) await server.close();
  });

  it("tells a clock that is wrong, by how much and to which side", async () => {
    setUp = await healthySetUp();
    for (const [offset, seen] of [
      [180_000, /^it is 1[78]\d s fast/],
      [-3_600_000, /^it is 3[56]\d\d s slow/],
    ] as const) {
      const findings = await examine(readConfig(setUp.environment), () => Date.now() + offset);
      const clock = findings.find(({ topic }) => topic === "Clock");
      expect(clock?.state).toBe("wrong");
      expect(clock?.text).toMatch(seen);
    }
  });
});

function examined(setUp: HealthySetUp): Promise<Finding[]> {
  return examine(readConfig(setUp.environment), Date.now);
}
