/** A worker whose responses say what to do to its thread, for tests of crashes and endless loops. */
export function scoreCandidates({ responses }) {
  switch (responses[0]) {
    case "exit":
      return process.exit(3);
    case "loop":
      for (;;);
    case "fill the memory": {
      const hoard = [];
      for (;;) hoard.push(new Array(1e5).fill(Math.random()));
    }
    case "throw":
      throw new RangeError("no such axis");
    default:
      return { rewards: Float64Array.of(responses.length) };
  }
}

export function retrain({ progress }) {
  progress.close();
  process.exit(4);
}
