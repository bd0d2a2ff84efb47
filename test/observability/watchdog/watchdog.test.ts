import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "../../support/free-port.js";
import {
  type LoopbackDiscord,
  startLoopbackDiscord,
} from "../../support/loopback-discord/loopback-discord.js";
import { type ProgramResult, runProgram } from "../../support/run-program.js";
import { waitFor } from "../../support/wait-for.js";

const SUPERVISOR = fileURLToPath(new URL("../../support/supervisor.mjs", import.meta.url));
const HANG = new URL("../../support/hang-on-signal.mjs", import.meta.url).href;
const PROGRAM = fileURLToPath(new URL("../../../dist/src/main.js", import.meta.url));

describe("a bot under a supervisor", () => {
  let folder: string;
  let discord: LoopbackDiscord;
  let supervisor: ChildProcess;
  let closed: Promise<unknown>;
  let output: string;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), "attune-"));
    discord = await startLoopbackDiscord();
    output = "";
  });
  afterEach(async () => {
    supervisor.kill("SIGTERM");
    await closed;
    await discord.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("that hangs ends with a last line in the log, is started again, and answers", async () => {
    await start({ WATCHDOG_SECONDS: "1" });
    process.kill(botPid(), "SIGUSR2");
    await botIsReady(2);
    expect(output).toContain("ended SIGKILL");
    const last = output.split("\n").find((line) => line.includes("process.hung"));
    expect(JSON.parse(last!)).toMatchObject({ level: 60, event: "process.hung", seconds: 1 });
    const { channel } = discord.createGuild("lounge");
    const member = discord.world.addUser("member");
    await discord.answersTo(discord.say(member, channel, "Hello?", { mentionBot: true }));
  });

  it("that is busy for long but has its turns is left alone", async () => {
    await start({ WATCHDOG_SECONDS: "2" });
    process.kill(botPid(), "SIGCONT");
    await waitFor(() => output.includes("busy no more") || undefined, "the end of the work");
    expect(output).not.toContain("ended");
  });

  it("that was stopped for longer, as when the machine sleeps, goes on", async () => {
    await start({ WATCHDOG_SECONDS: "1" });
    const pid = botPid();
    process.kill(pid, "SIGSTOP");
    await waitFor(
      () => /\) T /.test(readFileSync(`/proc/${pid}/stat`, "utf8")) || undefined,
      "a stop",
    );
    // What is tried is a longer time than the watchdog's: it has to pass, and no sign can stand for it.
    await setTimeout(2_500);
    process.kill(pid, "SIGCONT");
    await waitFor(() => output.includes("busy no more") || undefined, "its going on");
    expect(output).not.toContain("ended");
  });

  it("that hangs with its watchdog off is ended by the container's check, and started again", async () => {
    const port = await freePort();
    await start({ WATCHDOG_SECONDS: "off", METRICS_PORT: String(port) });
    expect(await checkHealth(port)).toMatchObject({ code: 0 });
    process.kill(botPid(), "SIGUSR2");
    const check = await checkHealth(port);
    expect(check).toMatchObject({ code: 1 });
    expect(check.errors).toMatch(/^The bot gives no answer at .*: it hangs\. It was ended\.$/m);
    await botIsReady(2);
    expect(output).toContain("ended SIGKILL");
    expect(await checkHealth(port)).toMatchObject({ code: 0 });
  });

  it("tells systemd that it has started and, again and again, that it is well", async () => {
    const told = join(folder, "told");
    const program = join(folder, "systemd-notify");
    writeFileSync(program, `#!/bin/sh\necho "$@" >> "${told}"\n`);
    chmodSync(program, 0o755);
    await start({
      PATH: `${folder}${delimiter}${process.env.PATH}`,
      NOTIFY_SOCKET: join(folder, "socket"),
      WATCHDOG_USEC: "200000",
    });
    await waitFor(
      () => readFileSync(told, "utf8").match(/WATCHDOG=1\n(?:.*\n)*WATCHDOG=1\n/) ?? undefined,
      "signs of life",
    );
    expect(readFileSync(told, "utf8")).toContain("READY=1\n");
    process.kill(botPid(), "SIGTERM");
    await waitFor(() => output.includes("ended 0") || undefined, "its end");
    await waitFor(() => readFileSync(told, "utf8").includes("STOPPING=1\n") || undefined, "a word");
  });

  async function start(environment: NodeJS.ProcessEnv): Promise<void> {
    supervisor = spawn(process.execPath, [SUPERVISOR, "--import", HANG, PROGRAM], {
      cwd: folder,
      env: {
        PATH: process.env.PATH,
        DISCORD_TOKEN: discord.token,
        DISCORD_API_URL: discord.apiUrl,
        ...environment,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    // It may end by itself, before anybody waits for it.
    closed = once(supervisor, "close");
    for (const stream of [supervisor.stdout!, supervisor.stderr!]) {
      stream.on("data", (chunk) => {
        output += chunk;
      });
    }
    await botIsReady(1);
  }

  async function botIsReady(times: number): Promise<void> {
    await waitFor(() => output.split("bot.ready").length > times || undefined, "the bot");
  }

  function botPid(): number {
    return Number([...output.matchAll(/started (\d+)/g)].at(-1)![1]);
  }

  function checkHealth(port: number): Promise<ProgramResult> {
    const parameters = ["--end-hung", String(supervisor.pid), "--patience", "1"];
    return runProgram("src/cli/check-health.js", parameters, { METRICS_PORT: String(port) });
  }
});
