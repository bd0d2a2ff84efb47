import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Scene, startScene } from "../fixtures.js";

const BOOLEAN = 5;
const ADD_REACTIONS = 1 << 6;

describe("/status check", () => {
  let scene: Scene;
  beforeAll(async () => {
    scene = await startScene();
    const { channel, guild } = scene;
    scene.discord.world.managers.add(scene.discord.world.developer.id);
    const deny = String(ADD_REACTIONS);
    channel.overwrites = [{ id: guild.botRoleId, type: 0, allow: "0", deny }];
  });
  afterAll(() => scene.running.close());

  const check = (user: Scene["admin"]) =>
    scene.discord.command(user, scene.channel, "status", undefined, [["check", BOOLEAN, true]]);

  it("tells an admin what the bot lacks on their server, and nothing else", async () => {
    const { content, ephemeral } = await check(scene.admin);
    expect(ephemeral).toBe(true);
    expect(content).toMatch(/#general lacks Add Reactions/);
    expect(content).toMatch(/allow them for the bot's role/);
    expect(content).not.toMatch(/Token|Language model|Store/);
  });

  it("tells it in the admin's own language, with Discord's own words", async () => {
    scene.discord.interactions.locales.set(scene.admin.id, "de");
    const { content } = await check(scene.admin);
    expect(content).toMatch(/in #general fehlt Reaktionen hinzufügen/);
    expect(content).toMatch(/erlaub sie der Rolle des Bots/);
  });

  it("tells the bot's owner about everything, what is wrong first, and no secret", async () => {
    const { content } = await check(scene.discord.world.developer);
    expect(content).toMatch(/^❌ \*\*Server lounge\*\*/);
    for (const topic of ["Token", "Language model", "It honours", "Disk", "Store"]) {
      expect(content).toContain(`**${topic}**`);
    }
    expect(content).not.toContain(scene.discord.token);
    expect(content.length).toBeLessThanOrEqual(2_000);
  });
});
