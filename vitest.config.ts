import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Longer than anything is waited for, which says then what did not come.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // The playground speaks the terminal's language; the tests read English.
    env: { LC_ALL: "C" },
    // The tests wait more than they compute: leaving a core free, as is usual, would waste it.
    maxWorkers: "100%",
    globalSetup: "./test/support/postgres/global-setup.ts",
    reporters: ["default", "./test/support/summary-reporter.ts"],
  },
});
