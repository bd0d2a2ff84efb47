/** An address that leads to another one, and to a third when that is switched: as an address that moves. */
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

export class Switchboard {
  readonly #sockets = new Set<Socket>();
  #target = 0;

  private constructor(private readonly server: Server) {
    server.on("connection", (socket) => this.#pass(socket));
  }

  /** Listens on a free port of 127.0.0.1; or on `port` of `host`. */
  static async open(target: number, port = 0, host = "127.0.0.1"): Promise<Switchboard> {
    const board = new Switchboard(createServer().listen(port, host));
    await once(board.server, "listening");
    board.#target = target;
    return board;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Cuts all connections; new ones lead to `target`. */
  switchTo(target: number): void {
    this.#target = target;
    this.#cut();
  }

  async close(): Promise<void> {
    this.server.close();
    this.#cut();
    await once(this.server, "close");
  }

  #pass(socket: Socket): void {
    const other = connect(this.#target, "127.0.0.1");
    for (const [from, to] of [
      [socket, other],
      [other, socket],
    ] as const) {
      this.#sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
  }

  #cut(): void {
    for (const socket of this.#sockets) socket.destroy();
  }
}
