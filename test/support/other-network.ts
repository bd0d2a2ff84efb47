/**
 * A network namespace of this machine, with two wires to it: one to a database, which can be cut so that packets
 * vanish without a word, and one to everything else. Works as root on Linux.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Switchboard } from "./switchboard.js";

const FORWARDER = fileURLToPath(new URL("forward-ports.mjs", import.meta.url));

/** Whether this process may make one. */
export function canMakeNetworks(): boolean {
  const name = `attune-try-${process.pid}`;
  return ip("netns", "add", name) === undefined && ip("netns", "delete", name) === undefined;
}

export class OtherNetwork {
  readonly #boards: Switchboard[] = [];
  #forwarder: ChildProcess | undefined;

  private constructor(
    private readonly name: string,
    /** Between 0 and 255, for addresses that nobody has. */
    private readonly number: number,
  ) {}

  /** In which the `ports` of 127.0.0.1 lead to those of this machine. */
  static async create(): Promise<OtherNetwork> {
    const number = process.pid % 256;
    const network = new OtherNetwork(`attune-${process.pid}`, number);
    must("netns", "add", network.name);
    network.#inside("ip", "link", "set", "lo", "up");
    for (const wire of ["d", "r"] as const) network.#lay(wire);
    return network;
  }

  /** This machine's address on the wire to the database. */
  get databaseAddress(): string {
    return this.#address("d", 1);
  }

  /** What a program is started through, to be in there. */
  get through(): readonly string[] {
    return ["ip", "netns", "exec", this.name];
  }

  /** In there 127.0.0.1 has the same `ports` as out here from now on. */
  async share(ports: readonly number[]): Promise<void> {
    const host = this.#address("r", 1);
    for (const port of ports) this.#boards.push(await Switchboard.open(port, port, host));
    const [program, ...parameters] = [...this.through, process.execPath, FORWARDER, host];
    this.#forwarder = spawn(program!, [...parameters, ...ports.map(String)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(this.#forwarder.stdout!, "data");
  }

  /** The wire to the database is cut: nobody is told. */
  cut(): void {
    must("link", "set", this.#wire("d"), "down");
  }

  mend(): void {
    must("link", "set", this.#wire("d"), "up");
  }

  async remove(): Promise<void> {
    this.#forwarder?.kill();
    for (const board of this.#boards) await board.close();
    must("netns", "delete", this.name);
  }

  #lay(wire: "d" | "r"): void {
    const [outer, inner] = [this.#wire(wire), `${this.#wire(wire)}i`];
    must("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", this.name);
    must("address", "add", `${this.#address(wire, 1)}/24`, "dev", outer);
    must("link", "set", outer, "up");
    this.#inside("ip", "address", "add", `${this.#address(wire, 2)}/24`, "dev", inner);
    this.#inside("ip", "link", "set", inner, "up");
  }

  #wire(wire: "d" | "r"): string {
    return `att${wire}${this.number}`;
  }

  #address(wire: "d" | "r", end: number): string {
    return `10.${wire === "d" ? 213 : 214}.${this.number}.${end}`;
  }

  #inside(...command: readonly string[]): void {
    must("netns", "exec", this.name, ...command);
  }
}

function must(...parameters: readonly string[]): void {
  const error = ip(...parameters);
  if (error !== undefined) throw new Error(`ip ${parameters.join(" ")}: ${error}`);
}

/** What went wrong. */
function ip(...parameters: readonly string[]): string | undefined {
  const { status, stderr, error } = spawnSync("ip", parameters, { encoding: "utf8" });
  return status === 0 ? undefined : (error?.message ?? stderr);
}
