/**
 * `npm start`: makes the clone ready and becomes the program. npm hands signals on to the shell that
 * it runs scripts in, and the shell just ends: the program hears of it as of a parent that is gone.
 */
import { handOverToNewerNode, whenParentIsGone } from "./hand-over.mjs";
import { buildWhereNeeded, installWhereNeeded } from "./prepare.mjs";

await handOverToNewerNode({ isTold: true });
installWhereNeeded();
buildWhereNeeded();

if (process.channel) {
  // An older Node has started this one and holds the channel; alone it is no reason to go on.
  process.channel.unref();
  process.once("disconnect", () => {
    if (process.listenerCount("disconnect") === 0) process.kill(process.pid, "SIGTERM");
  });
} else {
  whenParentIsGone(() => {
    const isHeard = process.emit("disconnect");
    if (!isHeard) process.kill(process.pid, "SIGTERM");
  });
}

await import("../../dist/src/main.js");
