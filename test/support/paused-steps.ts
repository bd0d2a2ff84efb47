/**
 * Stops one piece of work at its n-th step: before or after any read, write or scan of the store and
 * any call of the worker threads. Work beside it goes on.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { vi } from "vitest";
import { PostgresEngine } from "../../src/store/postgres/postgres-engine.js";
import { BatchedSqlite } from "../../src/store/sqlite/batched-sqlite.js";
import type { Compute } from "../../workers/compute.js";

interface Work {
  step: number;
  readonly stopAt: number;
  readonly stopped: () => void;
  readonly goOn: Promise<void>;
}

/** A piece of work that stands still, or is over. */
export interface PausedWork {
  /** Lets it go on; resolves when it is over, however it ended. */
  finish(): Promise<void>;
  /** Whether it stood still at all. */
  readonly stopped: boolean;
}

const works = new AsyncLocalStorage<Work>();

/** To be called once: the steps of every store, and of `compute`. */
export function watchSteps(compute?: Compute): void {
  for (const name of ["get", "write", "rows", "keys"] as const) {
    watch(BatchedSqlite.prototype, name);
    watch(PostgresEngine.prototype, name);
  }
  watch(BatchedSqlite.prototype, "betweenWrites");
  if (compute === undefined) return;
  for (const name of ["scoreCandidates", "updateWeights", "selectPair"] as const) {
    watch(compute, name);
  }
}

/** Runs `work` up to its step `stopAt`, from 1 on. */
export async function pausedAt(stopAt: number, work: () => Promise<unknown>): Promise<PausedWork> {
  let goOn!: () => void;
  let stopped = false;
  let over!: Promise<unknown>;
  await new Promise<void>((resolve) => {
    const state: Work = {
      step: 0,
      stopAt,
      stopped: () => {
        stopped = true;
        resolve();
      },
      goOn: new Promise((release) => {
        goOn = release;
      }),
    };
    over = works.run(state, () => work().catch(() => undefined));
    void over.then(() => resolve());
  });
  return {
    stopped,
    finish: async () => {
      goOn();
      await over;
    },
  };
}

// biome-ignore lint/suspicious/noExplicitAny: any method of any object.
function watch(target: any, name: string): void {
  const original = target[name] as (...parameters: unknown[]) => Promise<unknown>;
  vi.spyOn(target, name).mockImplementation(async function (this: unknown, ...parameters) {
    await pass();
    const result = await original.apply(this, parameters);
    await pass();
    return result;
  });
}

async function pass(): Promise<void> {
  const work = works.getStore();
  if (work === undefined || ++work.step !== work.stopAt) return;
  work.stopped();
  await work.goOn;
}
