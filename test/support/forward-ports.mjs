// Listens on ports of 127.0.0.1 and passes all on to the same ports of another host. parameters: HOST PORT...
import { once } from "node:events";
import { connect, createServer } from "node:net";

const [host, ...ports] = process.argv.slice(2);
for (const port of ports.map(Number)) {
  const server = createServer((socket) => {
    const other = connect(port, host);
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ]) {
      from.on("error", () => to.destroy());
      from.on("close", () => to.destroy());
      from.pipe(to);
    }
  }).listen(port, "127.0.0.1");
  await once(server, "listening");
}
process.stdout.write("ready\n");
