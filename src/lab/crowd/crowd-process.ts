/** Measures one size in a process of its own, so that its memory is that of this size alone. */
import { type CrowdOptions, measureCrowd } from "./measure-crowd.js";

process.once("message", (options) => {
  measureCrowd(options as CrowdOptions).then(
    (result) => process.send?.(result, () => process.exit(0)),
    (error: unknown) => {
      console.error(String(error));
      process.exit(1);
    },
  );
});
