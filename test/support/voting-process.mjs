// Votes on all the ballots that it is told, in a process of its own. parameters: STORE_URL TIME MEMBER CHOICE BALLOT...
import { createServices } from "../../dist/src/compose.js";
import { readConfig } from "../../dist/src/config.js";
import { openStore } from "../../dist/src/store/store.js";

const [url, time, memberId, choice, ...ballots] = process.argv.slice(2);
const raise = (error) => {
  throw error;
};
const silent = { info() {}, warn() {}, error: raise, debug() {} };
const services = await createServices({
  config: readConfig({ STORE_URL: url, COMPUTE_THREADS: "1" }),
  scope: { name: "discord", accepts: () => true },
  clock: () => Number(time),
  log: silent,
  store: await openStore(url, raise),
});
// All begin together.
process.stdout.write("ready\n");
await new Promise((resolve) => process.stdin.once("data", resolve));
process.stdin.unref();
const voted = await Promise.all(ballots.map((id) => services.votes.cast(id, memberId, choice)));
await services.close();
process.stdout.write(`${voted.filter((ballot) => ballot !== undefined).length} votes\n`);
