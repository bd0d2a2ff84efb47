/** Stands between a client and PostgreSQL, and breaks the connection at the end of a transaction. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/**
 * Before the server hears of the end; so that it hears of it some time later; after it has done it and before
 * the client hears; or so, and the server can not be reached any more.
 */
export type Cut = "before" | "late" | "after" | "after, for good";

/** Long enough for the client to have asked what became of it. */
const LATE_MS = 500;

export interface CuttingProxy {
  /** The address through it. */
  readonly url: string;
  /** How often it has cut. */
  readonly cuts: number;
  /** From now on it cuts the next `times` transactions. */
  arm(cut: Cut, times: number): void;
  /** Nobody else can reach the server any more; those who are connected stay so. */
  away(): void;
  /** The server can be reached again. */
  back(): void;
  close(): void;
}

const COMMIT = Buffer.from("COMMIT\0");

export async function startCuttingProxy(serverUrl: string): Promise<CuttingProxy> {
  const target = new URL(serverUrl);
  const open = new Set<Socket>();
  let armed: Cut = "before";
  let left = 0;
  let cuts = 0;
  let isAway = false;
  const proxy = createServer((client) => {
    if (isAway) return client.destroy();
    const server = connect(Number(target.port), target.hostname);
    let isCutting = false;
    const end = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      open.add(socket);
      socket.on("error", end).on("close", end);
    }
    client.on("data", (bytes) => {
      const isEnd = left > 0 && bytes.includes(COMMIT);
      if (isEnd) {
        left--;
        cuts++;
        if (armed === "before") return end();
        if (armed === "late") {
          client.off("close", end).destroy();
          server.removeAllListeners("data").resume();
          setTimeout(() => server.end(bytes), LATE_MS);
          return;
        }
        isCutting = true;
        isAway = armed === "after, for good";
        if (isAway)
          for (const socket of open) if (socket !== client && socket !== server) socket.destroy();
      }
      server.write(bytes);
    });
    server.on("data", (bytes) => (isCutting ? end() : client.write(bytes)));
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  const url = new URL(serverUrl);
  url.port = String((proxy.address() as AddressInfo).port);
  return {
    url: url.href,
    get cuts() {
      return cuts;
    },
    arm: (cut, times) => {
      armed = cut;
      left = times;
    },
    away: () => {
      isAway = true;
    },
    back: () => {
      isAway = false;
    },
    close: () => {
      proxy.close();
      for (const socket of open) socket.destroy();
    },
  };
}
