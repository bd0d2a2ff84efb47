/** Starts a program, and again whenever it fails, as systemd and Docker do; says what it does. */
import { spawn } from "node:child_process";

const command = process.argv.slice(2);
let child;
process.on("SIGTERM", () => {
  child.removeAllListeners("exit");
  child.kill("SIGKILL");
  process.exit(0);
});
start();

function start() {
  child = spawn(process.execPath, command, { stdio: "inherit" });
  console.log(`started ${child.pid}`);
  child.on("exit", (code, signal) => {
    console.log(`ended ${code ?? signal}`);
    if (code !== 0) start();
  });
}
