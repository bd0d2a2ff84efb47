/**
 * Picks the tfjs backend that training runs on, once per thread. Knows where the packages keep
 * their native parts; knows no model.
 */
import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import * as tf from "@tensorflow/tfjs-core";
// Importing the layers registers the gradients of all operations.
import "@tensorflow/tfjs-layers";

export interface Backend {
  /** The name tfjs knows it by: "tensorflow", "wasm" or "cpu". */
  readonly name: string;
  /** One line for people: which backend and why. */
  readonly reason: string;
}

export interface BackendOption {
  readonly name: string;
  /** As "Training with …" goes on. */
  readonly description: string;
  /** Brings its packages in, which register it. */
  load(): Promise<unknown>;
}

/** The fastest first. */
const OPTIONS: readonly BackendOption[] = [
  {
    name: "tensorflow",
    description: "native TensorFlow (tfjs-node)",
    load: () => import(optionalPackage("tfjs-node")),
  },
  { name: "wasm", description: "WebAssembly", load: loadWasm },
  {
    name: "cpu",
    description: "plain JavaScript",
    load: () => import("@tensorflow/tfjs-backend-cpu"),
  },
];

let chosen: Promise<Backend> | undefined;

/**
 * Activates the fastest backend that works: the native TensorFlow of the optional
 * `@tensorflow/tfjs-node`, else WebAssembly, else plain JavaScript. A backend works when a small
 * product and its gradient come out right. Throws only if not even plain JavaScript does.
 */
export function chooseBackend(): Promise<Backend> {
  chosen ??= firstThatWorks(OPTIONS);
  return chosen;
}

/** Activates the first of `options` that loads and computes right. Throws if none does. */
export async function firstThatWorks(options: readonly BackendOption[]): Promise<Backend> {
  const problems: string[] = [];
  for (const { name, description, load } of options) {
    const problem = await attempt(name, load);
    const why = problems.length > 0 ? ` (${problems.join("; ")})` : "";
    if (problem === undefined) return { name, reason: `Training with ${description}${why}.` };
    problems.push(problem);
  }
  throw new Error(`No tfjs backend works: ${problems.join("; ")}. Reinstall the packages.`);
}

/** Loads and tries a backend; what is wrong with it, or nothing. */
async function attempt(name: string, load: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await load();
    if (!(await tf.setBackend(name))) return `${name} does not start`;
    await tf.ready();
    return computesRight() ? undefined : `${name} computes wrongly`;
  } catch (error) {
    const [line = ""] = String(error instanceof Error ? error.message : error).split("\n");
    return `${name} is not available: ${line}`;
  }
}

/** ∂/∂x Σ (x y)² at x = [1 2], y = [3 4]ᵀ is 2·11·[3 4]. */
function computesRight(): boolean {
  const gradient = tf.tidy(() => {
    const right = tf.tensor2d([3, 4], [2, 1]);
    const loss = (left: tf.Tensor) => tf.sum(tf.square(tf.matMul(left as tf.Tensor2D, right)));
    return tf
      .grad(loss)(tf.tensor2d([1, 2], [1, 2]))
      .dataSync();
  });
  return Math.abs(gradient[0]! - 66) < 1e-3 && Math.abs(gradient[1]! - 88) < 1e-3;
}

async function loadWasm(): Promise<void> {
  const wasm = await import("@tensorflow/tfjs-backend-wasm");
  const require = createRequire(import.meta.url);
  wasm.setWasmPaths(dirname(require.resolve("@tensorflow/tfjs-backend-wasm")) + sep);
}

/** The name is composed so that neither the compiler nor a bundler wants the package installed. */
function optionalPackage(name: string): string {
  return `@tensorflow/${name}`;
}
