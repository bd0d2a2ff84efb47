import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    // The tests wait more than they compute: leaving a core free, as is usual, would waste it.
    maxWorkers: "100%",
    reporters: ["default", "./test/support/summary-reporter.ts"],
  },
});
