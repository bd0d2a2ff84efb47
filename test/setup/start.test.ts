import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import { type LoopbackOpenAI, startLoopbackOpenAI } from "../support/loopback-openai.js";
import { findOlderNode } from "../support/older-node.js";
import { waitFor } from "../support/wait-for.js";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));

const PATH = process.env.PATH ?? "";
const olderNode = findOlderNode();
const paths: [string, string][] = [["", PATH]];
if (olderNode !== undefined) {
  paths.push([", with an older Node", `${dirname(olderNode)}${delimiter}${PATH}`]);
}

describe.each(paths)(
  "a bot that npm has started%s lets a member have the answer in the making, and ends",
  (_with, path) => {
    let folder: string;
    let discord: LoopbackDiscord;
    let openai: LoopbackOpenAI;
    let npm: ChildProcess;
    let log: string;
    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), "attune-"));
      discord = await startLoopbackDiscord();
      openai = await startLoopbackOpenAI();
      log = "";
      npm = spawn("npm", ["start"], {
        cwd: PROJECT,
        env: {
          PATH: path,
          HOME: folder,
          DISCORD_TOKEN: discord.token,
          DISCORD_API_URL: discord.apiUrl,
          OPENAI_BASE_URL: openai.baseUrl,
          STORE_URL: `sqlite://${join(folder, "attune.sqlite")}`,
        },
        stdio: ["ignore", "ignore", "pipe"],
        // A group of its own, as a terminal makes for it.
        detached: true,
      });
      npm.stderr!.on("data", (chunk) => {
        log += chunk;
      });
      await waitFor(() => log.includes("bot.ready") || undefined, "the bot");
      // The look at the language model at the start is no answer to a member.
      await waitFor(() => openai.requests.length > 0 || undefined, "the look at it");
      openai.requests.length = 0;
    });
    afterEach(async () => {
      // For a test that has failed: nobody is left of those that have not.
      if (npm.exitCode === null && npm.signalCode === null) process.kill(-npm.pid!, "SIGKILL");
      await Promise.all([discord.close(), openai.close()]);
      rmSync(folder, { recursive: true, force: true });
    });

    it.each([
      ["when npm is told to end", () => npm.kill("SIGTERM")],
      ["when somebody presses Ctrl and C", () => process.kill(-npm.pid!, "SIGINT")],
    ])("%s", async (_when, end) => {
      openai.fail({ kind: "delay", ms: 2_000 });
      const { channel } = discord.createGuild("lounge");
      const member = discord.world.addUser("member");
      const message = discord.say(member, channel, "!plain Hello?", { mentionBot: true });
      await waitFor(
        () => openai.requests.length > 0 || undefined,
        "the language model to be asked",
      );
      // The error output closes once the bot itself has ended, which may be later than npm.
      const closed = once(npm, "close");
      end();
      await closed;
      expect(log).toContain("process.stopped");
      expect(log).not.toContain("process.stopped-at-once");
      const [answer] = await discord.answersTo(message);
      expect(answer!.content).not.toMatch(/restarted/);
    });
  },
);
