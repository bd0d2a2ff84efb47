import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../../src/store/store.js";
import { StoreInUseError } from "../../src/store/store-error.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import { runProgram } from "../support/run-program.js";
import { type StartedProcess, startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

describe("two processes on one store", () => {
  let folder: string;
  let discord: LoopbackDiscord;
  const started: StartedProcess[] = [];
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    discord = await startLoopbackDiscord();
  });
  afterEach(async () => {
    for (const program of started) program.kill("SIGKILL");
    await Promise.all(started.map(({ ended }) => ended));
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("the second, bot or playground, says why it does not start; kill -9 frees the store", async () => {
    const environment = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const bot = start(environment);
    await waitFor(() => bot.output().includes("bot.ready") || undefined, "the bot");
    for (const second of [start(environment), start({})]) {
      expect(await second.ended).toBe(1);
      expect(second.output()).toMatch(/Another bot or playground is using the store/);
    }
    const models = await runProgram("src/cli/models.js", ["list"], {
      STORE_URL: `sqlite://${join(folder, "data", "attune.sqlite")}`,
    });
    expect(models.output).toMatch(/starter/);
    bot.kill("SIGKILL");
    await bot.ended;
    const next = start(environment);
    await waitFor(() => next.output().includes("bot.ready") || undefined, "the next bot");
  });

  it("are kept apart over a link to the same file as well", async () => {
    const file = join(folder, "attune.sqlite");
    const store = await openStore(`sqlite://${file}`, raise, { alone: true });
    const link = join(folder, "link.sqlite");
    symlinkSync(file, link);
    for (const path of [file, link]) {
      const second = openStore(`sqlite://${path}`, raise, { alone: true });
      await expect(second).rejects.toThrow(StoreInUseError);
    }
    await store.close();
    await (await openStore(`sqlite://${file}`, raise, { alone: true })).close();
  });

  function start(environment: NodeJS.ProcessEnv): StartedProcess {
    const program = startProcess(folder, environment);
    started.push(program);
    return program;
  }
});

function raise(error: unknown): never {
  throw error;
}
