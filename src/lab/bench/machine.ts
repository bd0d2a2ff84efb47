/** What a measurement was taken on, in one line. */
import { availableParallelism, cpus, totalmem } from "node:os";
import { chooseBackend } from "../../../workers/tfjs-backend.js";

export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGB: number;
  readonly node: string;
  /** The tfjs backend that training runs on here. */
  readonly backend: string;
}

export async function describeMachine(): Promise<Machine> {
  return {
    processor: cpus()[0]?.model.trim() ?? "unknown processor",
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
    backend: (await chooseBackend()).name,
  };
}

export function machineText({ processor, cores, memoryGB, node, backend }: Machine): string {
  const coresText = cores === 1 ? "1 core" : `${cores} cores`;
  return `${processor}, ${coresText}, ${memoryGB} GB, Node ${node}, tfjs backend ${backend}`;
}
