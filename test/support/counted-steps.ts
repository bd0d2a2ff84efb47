/**
 * How much the product's code does, counted and not timed: V8 tells how often each block of it ran.
 * Regular expressions and built-in functions are no blocks; for those there is the linter.
 */
import { Session } from "node:inspector/promises";

export async function countSteps(work: () => void): Promise<number> {
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
    await session.post("Profiler.takePreciseCoverage");
    work();
    const { result } = await session.post("Profiler.takePreciseCoverage");
    const own = result.filter(
      ({ url }) => /\/(?:src|models)\//.test(url) && !/node_modules/.test(url),
    );
    const blocks = own.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges));
    return blocks.reduce((sum, { count }) => sum + count, 0);
  } finally {
    await session.post("Profiler.stopPreciseCoverage");
    session.disconnect();
  }
}
