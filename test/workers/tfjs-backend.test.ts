import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";
import { type BackendOption, chooseBackend, firstThatWorks } from "../../workers/tfjs-backend.js";

const plain: BackendOption = {
  name: "cpu",
  description: "plain JavaScript",
  load: () => import("@tensorflow/tfjs-backend-cpu"),
};

describe("the tfjs backend", () => {
  it("is the native one or WebAssembly, is chosen once, and says so in one line", async () => {
    const backend = await chooseBackend();
    expect(["tensorflow", "wasm"]).toContain(backend.name);
    expect(backend.reason).toMatch(/^Training with .*\.$/);
    expect(await chooseBackend()).toBe(backend);
  });

  it("is the first one where it loads and computes right", async () => {
    const first = native("right");
    expect(await firstThatWorks([first, plain])).toEqual({
      name: "right",
      reason: "Training with native TensorFlow (tfjs-node).",
    });
    expect(tf.getBackend()).toBe("right");
  });

  it("is the next where the first is not installed", async () => {
    const missing: BackendOption = {
      ...native("missing"),
      load: () => import("./no-such-package" as string),
    };
    const backend = await firstThatWorks([missing, plain]);
    expect(backend.name).toBe("cpu");
    expect(backend.reason).toMatch(
      /^Training with plain JavaScript \(missing is not available: .+\)\.$/,
    );
    expect(tf.getBackend()).toBe("cpu");
  });

  it("is the next where the first loads and registers nothing", async () => {
    const silent: BackendOption = { ...native("silent"), load: async () => undefined };
    expect((await firstThatWorks([silent, plain])).name).toBe("cpu");
  });

  it("is the next where the first throws at its first matrix product", async () => {
    const throwing = native("throwing", "BatchMatMul", () => {
      throw new TypeError("isNullOrUndefined is not a function");
    });
    expect(await firstThatWorks([throwing, plain])).toEqual({
      name: "cpu",
      reason:
        "Training with plain JavaScript (throwing is not available: isNullOrUndefined is not a function).",
    });
  });

  it("is the next where the first computes wrongly", async () => {
    const wrong = native("wrong", "Multiply", (task) =>
      tf.getKernel("Add", "cpu").kernelFunc(task),
    );
    expect(await firstThatWorks([wrong, plain])).toEqual({
      name: "cpu",
      reason: "Training with plain JavaScript (wrong computes wrongly).",
    });
  });

  it("is an error where none works", async () => {
    const throwing = native("none", "BatchMatMul", () => {
      throw new Error("broken");
    });
    await expect(firstThatWorks([throwing])).rejects.toThrow(
      "No tfjs backend works: none is not available: broken. Reinstall the packages.",
    );
  });
});

/** tfjs' own backend under the name of another, one of its kernels replaced. */
function native(name: string, kernelName?: string, kernelFunc?: tf.KernelFunc): BackendOption {
  return {
    name,
    description: "native TensorFlow (tfjs-node)",
    load: async () => {
      const { MathBackendCPU } = await import("@tensorflow/tfjs-backend-cpu/dist/base.js");
      await import("@tensorflow/tfjs-backend-cpu");
      tf.registerBackend(name, () => new MathBackendCPU());
      tf.copyRegisteredKernels("cpu", name);
      if (kernelName === undefined || kernelFunc === undefined) return;
      tf.unregisterKernel(kernelName, name);
      tf.registerKernel({ kernelName, backendName: name, kernelFunc });
    },
  };
}
