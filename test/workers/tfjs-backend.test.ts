import { describe, expect, it } from "vitest";
import { chooseBackend } from "../../workers/tfjs-backend.js";

describe("the tfjs backend", () => {
  it("is the native one or WebAssembly, is chosen once, and says so in one line", async () => {
    const backend = await chooseBackend();
    expect(["tensorflow", "wasm"]).toContain(backend.name);
    expect(backend.reason).toMatch(/^Training with .*\.$/);
    expect(await chooseBackend()).toBe(backend);
  });
});
