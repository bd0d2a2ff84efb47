/** Resident memory and processor time of another process, second by second. */
import pidusage from "pidusage";

const INTERVAL_MS = 1_000;
const MB = 2 ** 20;

export interface UsageSample {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly residentMB: number;
  /** User and system time since the process began, in milliseconds. */
  readonly processorMs: number;
}

export class UsageRecorder {
  readonly samples: UsageSample[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly processId: number) {}

  start(): void {
    this.#timer = setInterval(() => void this.sample().catch(() => undefined), INTERVAL_MS);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Takes one sample now. Throws if there is no such process any more. */
  async sample(): Promise<UsageSample> {
    const { memory, ctime } = await pidusage(this.processId);
    const sample = { at: Date.now(), residentMB: memory / MB, processorMs: ctime };
    this.samples.push(sample);
    return sample;
  }
}
