/** Shows how far a long run is: a bar in a terminal, one line per stage elsewhere. */
import { Presets, SingleBar } from "cli-progress";

export interface ProgressDisplay {
  /** `done` runs from 0 to 1 in every stage. */
  readonly show: (done: number, stage: string) => void;
  readonly end: () => void;
}

export function createProgressDisplay(
  stream: NodeJS.WriteStream = process.stderr,
): ProgressDisplay {
  return stream.isTTY ? createBar(stream) : createLines(stream);
}

function createBar(stream: NodeJS.WriteStream): ProgressDisplay {
  const format = "{bar} {percentage}% {stage}";
  const bar = new SingleBar({ format, stream, clearOnComplete: true }, Presets.shades_classic);
  bar.start(1, 0, { stage: "" });
  return {
    show: (done, stage) => {
      bar.update(done, { stage });
      // Work that never yields gives the bar's timer no chance.
      bar.render();
    },
    end: () => bar.stop(),
  };
}

function createLines(stream: NodeJS.WriteStream): ProgressDisplay {
  let last = "";
  return {
    show: (_done, stage) => {
      if (stage !== last) stream.write(`${stage} …\n`);
      last = stage;
    },
    end: () => {},
  };
}
