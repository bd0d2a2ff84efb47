/**
 * Ends a test run with one plain line, `12 passed, 0 failed`, after the names of the tests that
 * never ended: where a process of the tests dies, nothing else tells in which of them it was.
 */
import type { Reporter, TestModule } from "vitest/node";

export default class SummaryReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly unknown[]): void {
    let passed = 0;
    let failed = unhandledErrors.length;
    let skipped = 0;
    for (const module of modules) {
      if (module.errors().length > 0) failed++;
      // What fails before or after the tests of a group is no test's.
      for (const suite of module.children.allSuites()) {
        if (suite.errors().length > 0) failed++;
      }
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed++;
        else if (state === "failed") failed++;
        else if (state === "skipped") skipped++;
        else {
          failed++;
          console.log(`Never ended: ${module.relativeModuleId} > ${test.fullName}`);
        }
      }
    }
    const rest = skipped > 0 ? `, ${skipped} skipped` : "";
    console.log(`\n${passed} passed, ${failed} failed${rest}`);
  }
}
