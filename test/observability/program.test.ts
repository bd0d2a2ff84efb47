import { execFile } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../support/loopback-discord/loopback-discord.js";
import { seriesValue } from "../support/metrics-text.js";
import { type StartedProcess, startProcess } from "../support/started-process.js";
import { waitFor } from "../support/wait-for.js";

const PROGRAM = join(import.meta.dirname, "../../dist");
const CHECK_HEALTH = join(PROGRAM, "src/cli/check-health.js");

describe("the program with METRICS_PORT", () => {
  let folder: string;
  let discord: LoopbackDiscord;
  let port: number;
  let program: StartedProcess | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    discord = await startLoopbackDiscord();
    port = await freePort();
  });
  afterEach(async () => {
    program?.kill("SIGKILL");
    await program?.ended;
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("tells how it is, and leaves nothing behind but its store", async () => {
    const before = filesOf(PROGRAM);
    program = start();
    await waitFor(() => program!.output().includes("bot.ready") || undefined, "the bot");
    expect(await checkHealth()).toEqual([0, '{"status":"ok","problems":{}}\n']);
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const series = 'attune_log_events_total{event="bot.ready",level="info"}';
    expect(seriesValue(metrics, series)).toBe(1);
    program.kill("SIGTERM");
    expect(await program.ended).toBe(0);
    expect((await checkHealth())[0]).toBe(1);
    expect(readdirSync(folder)).toEqual(["data"]);
    expect(filesOf(PROGRAM)).toEqual(before);
  });

  it("ends with 1 and says what to do where the port is taken", async () => {
    const other = createServer().listen(port, "127.0.0.1");
    await once(other, "listening");
    program = start();
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(/another program uses it. Choose others in METRICS_PORT/);
    other.close();
  });

  function start(): StartedProcess {
    return startProcess(folder, {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      METRICS_PORT: String(port),
    });
  }

  function checkHealth(): Promise<[code: number, output: string]> {
    const env = { PATH: process.env.PATH, METRICS_PORT: String(port) };
    return new Promise((resolve) => {
      execFile(process.execPath, [CHECK_HEALTH], { cwd: folder, env }, (error, stdout) => {
        resolve([error === null ? 0 : Number(error.code), stdout]);
      });
    });
  }
});

/** Every file with the time of its last change. */
function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map(
    (file) => `${file} ${statSync(join(folder, file)).mtimeMs}`,
  );
}
