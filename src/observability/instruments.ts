/** Counters, gauges and histograms of one registry, with every series there before its first event. */
import { Counter, Gauge, Histogram, type Registry } from "prom-client";

/** Seconds, for what Attune does itself. */
export const OWN_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];
/** Seconds, for what waits for another server. */
export const NETWORK_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60];
/** Seconds, for a retraining. */
export const TRAINING_SECONDS = [1, 5, 15, 60, 300, 900, 1800];

export class Instruments {
  constructor(private readonly registry: Registry) {}

  /** A counter without labels. */
  total(name: string, help: string): Counter {
    return new Counter({ name, help, registers: [this.registry] });
  }

  /** A counter with one label; the series of `known` values begin at zero, so that rates are right. */
  counter<Label extends string>(
    name: string,
    help: string,
    label: Label,
    known: readonly string[] = [],
  ): Counter<Label> {
    const labelNames: Label[] = [label];
    const counter = new Counter<Label>({ name, help, labelNames, registers: [this.registry] });
    for (const value of known) counter.inc({ [label]: value } as Record<Label, string>, 0);
    return counter;
  }

  /** A counter with several labels. */
  table<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
  ): Counter<Label> {
    return new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  histogram<Label extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labelNames: readonly Label[] = [],
  ): Histogram<Label> {
    const registers = [this.registry];
    return new Histogram({
      name,
      help,
      registers,
      buckets: [...buckets],
      labelNames: [...labelNames],
    });
  }

  gauge<Label extends string = never>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
  ): Gauge<Label> {
    return new Gauge({ name, help, labelNames: [...labelNames], registers: [this.registry] });
  }

  /** A gauge with one label; the value of each series is asked for at every scrape. */
  readings<Label extends string>(
    name: string,
    help: string,
    label: Label,
    read: () => Iterable<readonly [value: string | number, reading: number | undefined]>,
  ): Gauge<Label> {
    return new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [value, reading] of read()) {
          const labels = { [label]: value } as Record<Label, string | number>;
          if (reading !== undefined) this.set(labels, reading);
        }
      },
    });
  }

  /** A gauge whose value is asked for at every scrape; without one, or if asking fails, it is left out. */
  reading(name: string, help: string, read: () => Promise<number | undefined>): Gauge {
    return new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        this.reset();
        // The failure is logged where the value comes from; the other metrics are still of use.
        const value = await read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }
}
