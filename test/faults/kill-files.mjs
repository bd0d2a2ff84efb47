/** What vitest is called with, so that it runs the kills and no other test. */

/** By where the bot stores. */
export function argumentsFor(store) {
  // The files stand before the option, which would take them for its value: everything would run.
  return [
    store === "sqlite" ? "test/faults/kills.test.ts" : "test/faults/fleet",
    "--disable-console-intercept",
  ];
}
