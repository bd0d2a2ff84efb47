/**
 * `npm start`: makes the clone ready and becomes the program. npm hands signals on to the shell that
 * it runs scripts in, and the shell just ends: the program hears of it as of a parent that is gone.
 */
import "./prepare.mjs";

const PARENT_CHECK_MS = 500;
const shell = process.ppid;

const watch = setInterval(() => {
  if (process.ppid === shell) return;
  clearInterval(watch);
  const isHeard = process.emit("disconnect");
  if (!isHeard) process.kill(process.pid, "SIGTERM");
}, PARENT_CHECK_MS);
watch.unref();

await import("../../dist/src/main.js");
