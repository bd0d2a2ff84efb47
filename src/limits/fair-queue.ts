/**
 * The queue that p-queue takes from, fair between servers, between the channels of each, and between
 * the members in each channel: they take turns, however much one of them has waiting. Direct messages
 * count as one server. Knows nothing of what waits.
 */
import type { Queue, QueueAddOptions } from "p-queue";

export interface Turn {
  readonly server?: string;
  readonly channel?: string;
  readonly member: string;
}

export type FairQueueOptions = QueueAddOptions & Turn;

type Run = () => Promise<unknown>;

interface Waiting {
  readonly id: string | undefined;
  readonly run: Run;
}

/** Those that wait, in the order of their turns: of a server by channel, of a channel by member. */
type Lines = Map<string, Lines> | Map<string, readonly Waiting[]>;
type Node = Lines | readonly Waiting[];

export class FairQueue implements Queue<Run, FairQueueOptions> {
  readonly #servers: Lines = new Map<string, Lines>();

  get size(): number {
    return count(this.#servers);
  }

  enqueue(
    run: Run,
    { server = "", channel = "", member = "", id }: Partial<FairQueueOptions> = {},
  ) {
    add(this.#servers, [server, channel, member], { id, run });
  }

  /** Takes the first of whoever's turn it is, and puts them at the end. */
  dequeue(): Run | undefined {
    return takeFirst(this.#servers)?.run;
  }

  /** Everything that one member has waiting, anywhere. */
  filter({ member = "" }: Readonly<Partial<FairQueueOptions>>): Run[] {
    return linesOf(this.#servers, member).flatMap((line) => line.map(({ run }) => run));
  }

  remove(id: string): void {
    removeFrom(this.#servers, id);
  }

  /** Turns take the place of priorities. */
  setPriority(): void {}
}

function isLine(node: Node): node is readonly Waiting[] {
  return Array.isArray(node);
}

function isEmpty(node: Node): boolean {
  return isLine(node) ? node.length === 0 : node.size === 0;
}

function count(node: Node): number {
  if (isLine(node)) return node.length;
  return [...node.values()].reduce((sum: number, one: Node) => sum + count(one), 0);
}

function add(lines: Lines, [name = "", ...rest]: readonly string[], waiting: Waiting): void {
  const nodes = lines as Map<string, Node>;
  const node = nodes.get(name);
  if (rest.length === 0) nodes.set(name, [...((node as readonly Waiting[]) ?? []), waiting]);
  else {
    const inner = (node as Lines) ?? new Map<string, Lines>();
    if (node === undefined) nodes.set(name, inner);
    add(inner, rest, waiting);
  }
}

/** Takes one from the first, and puts what is left of it at the end. */
function takeFirst(lines: Lines): Waiting | undefined {
  const nodes = lines as Map<string, Node>;
  const [name, node] = nodes.entries().next().value ?? [];
  if (name === undefined || node === undefined) return undefined;
  nodes.delete(name);
  const [first, rest]: [Waiting | undefined, Node] = isLine(node)
    ? [node[0], node.slice(1)]
    : [takeFirst(node), node];
  if (!isEmpty(rest)) nodes.set(name, rest);
  return first;
}

function linesOf(node: Node, member: string): (readonly Waiting[])[] {
  if (isLine(node)) return [];
  return [...(node as Map<string, Node>)].flatMap(([name, inner]) => {
    if (!isLine(inner)) return linesOf(inner, member);
    return name === member ? [inner] : [];
  });
}

function removeFrom(lines: Lines, id: string): void {
  const nodes = lines as Map<string, Node>;
  for (const [name, node] of nodes) {
    if (!isLine(node)) removeFrom(node, id);
    const left: Node = isLine(node) ? node.filter((one) => one.id !== id) : node;
    if (isEmpty(left)) nodes.delete(name);
    else nodes.set(name, left);
  }
}
