/** Circles in a graph of transactions, by strongly connected components. Knows no lists. */
import type { Edge } from "./check.js";
import type { Transaction } from "./history.js";

type Graph = ReadonlyMap<Transaction, readonly Edge[]>;

/** A short circle for each group of transactions that must all come before each other. */
export function findCircles(edges: readonly Edge[]): (readonly Edge[])[] {
  const graph = new Map<Transaction, Edge[]>();
  for (const edge of edges) {
    const out = graph.get(edge.from) ?? [];
    graph.set(edge.from, out);
    out.push(edge);
  }
  return components(graph)
    .filter((component) => component.size > 1)
    .map((component) => shortestCircle(graph, component));
}

/** Tarjan's algorithm, with a stack of its own: histories are longer than the call stack is deep. */
function components(graph: Graph): Set<Transaction>[] {
  const order = new Map<Transaction, number>();
  const lowest = new Map<Transaction, number>();
  const path: Transaction[] = [];
  const onPath = new Set<Transaction>();
  const found: Set<Transaction>[] = [];
  const enter = (node: Transaction) => {
    order.set(node, order.size);
    lowest.set(node, order.get(node)!);
    path.push(node);
    onPath.add(node);
    return { node, next: 0 };
  };
  const lower = (node: Transaction, value: number) =>
    lowest.set(node, Math.min(lowest.get(node)!, value));
  for (const root of graph.keys()) {
    const visits = order.has(root) ? [] : [enter(root)];
    while (visits.length > 0) {
      const visit = visits.at(-1)!;
      const edge = graph.get(visit.node)?.[visit.next++];
      if (edge === undefined) {
        visits.pop();
        const parent = visits.at(-1);
        if (parent !== undefined) lower(parent.node, lowest.get(visit.node)!);
        if (lowest.get(visit.node) === order.get(visit.node)) {
          const component = new Set(path.splice(path.indexOf(visit.node)));
          for (const node of component) onPath.delete(node);
          found.push(component);
        }
      } else if (!order.has(edge.to)) visits.push(enter(edge.to));
      else if (onPath.has(edge.to)) lower(visit.node, order.get(edge.to)!);
    }
  }
  return found;
}

/** From any transaction of `component` back to it, breadth first. */
function shortestCircle(graph: Graph, component: ReadonlySet<Transaction>): readonly Edge[] {
  const [start] = component;
  const cameBy = new Map<Transaction, Edge>();
  const waiting = [start!];
  for (const node of waiting) {
    for (const edge of graph.get(node) ?? []) {
      if (!component.has(edge.to) || cameBy.has(edge.to)) continue;
      cameBy.set(edge.to, edge);
      if (edge.to === start) return backFrom(start!, cameBy);
      waiting.push(edge.to);
    }
  }
  throw new Error("A component of more than one has a circle.");
}

function backFrom(start: Transaction, cameBy: ReadonlyMap<Transaction, Edge>): Edge[] {
  const circle: Edge[] = [];
  for (let node = start; ; ) {
    const edge = cameBy.get(node)!;
    circle.unshift(edge);
    node = edge.from;
    if (node === start) return circle;
  }
}
