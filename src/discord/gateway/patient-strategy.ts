/** How the client connects: as discord.js does, but patiently, with a line in the log for each change. */
import { setTimeout as sleep } from "node:timers/promises";
import { type APIGatewayBotInfo, HTTPError, Routes, SimpleShardingStrategy } from "discord.js";
import type { Log } from "../../shared/log.js";
import { ConnectionLog } from "./connection-log.js";
import { isShard, makePatient, pauseBefore } from "./patient-shard.js";

type Manager = ConstructorParameters<typeof SimpleShardingStrategy>[0];

/** If Discord is away at the start, the first pause is as long as before this many tries. */
const FIRST_WAIT = 3;
/** Before it is asked whether there are sessions left again. */
const LEAST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 24 * 60 * 60 * 1_000;

export class PatientStrategy extends SimpleShardingStrategy {
  #ended = new AbortController();
  readonly #logs = new Map<number, ConnectionLog>();

  constructor(
    manager: Manager,
    private readonly log: Log,
  ) {
    super(manager);
    this.#waitForGateway(manager);
    this.#logLimits(manager);
  }

  override async spawn(shardIds: number[]): Promise<void> {
    await super.spawn(shardIds);
    this.#ended = new AbortController();
    const { shards } = this as unknown as { shards?: ReadonlyMap<number, unknown> };
    for (const id of shardIds) {
      const shard = shards?.get(id);
      if (isShard(shard)) makePatient(shard, this.#logOf(id), this.#ended.signal);
      else this.log.warn({ event: "discord.unguarded" });
    }
  }

  override async destroy(...options: Parameters<SimpleShardingStrategy["destroy"]>): Promise<void> {
    this.#ended.abort();
    await super.destroy(...options);
  }

  /** Waits through an outage and a limit at the start; not if Discord refuses or the network fails. */
  #waitForGateway(manager: Manager): void {
    const fetch = manager.fetchGatewayInformation.bind(manager);
    manager.fetchGatewayInformation = async (force): Promise<APIGatewayBotInfo> => {
      let again = force;
      for (let attempt = FIRST_WAIT; ; attempt++) {
        try {
          const information = await fetch(again);
          const { remaining, total, reset_after: resetMs } = information.session_start_limit;
          const wanted = shardIdsOf(manager.options)?.length ?? information.shards;
          if (remaining >= Math.min(wanted, total)) return information;
          // Without it discord.js would give up, and each start anew fail in the same way.
          this.#log(manager).waits(Math.ceil(resetMs / 1000));
          await sleep(Math.min(LONGEST_WAIT_MS, Math.max(LEAST_WAIT_MS, resetMs)));
          again = true;
        } catch (error) {
          if (!(error instanceof HTTPError) || error.status < 500) throw error;
          this.#log(manager).failed(error);
          await sleep(pauseBefore(attempt));
        }
      }
    };
  }

  #logLimits(manager: Manager): void {
    const { rest } = manager.options;
    rest.options.rejectOnRateLimit = ({ route, retryAfter }) => {
      if (route === Routes.gatewayBot()) this.#log(manager).waits(Math.round(retryAfter / 1000));
      return false;
    };
  }

  /** Before there is any connection: the first shard's. */
  #log({ options }: Manager): ConnectionLog {
    return this.#logOf(shardIdsOf(options)?.[0] ?? 0);
  }

  #logOf(shardId: number): ConnectionLog {
    const known = this.#logs.get(shardId) ?? new ConnectionLog(shardId, this.log);
    this.#logs.set(shardId, known);
    return known;
  }
}

/** The shards that the client was given; undefined where it takes all that Discord recommends. */
function shardIdsOf({ shardIds }: Manager["options"]): readonly number[] | undefined {
  return Array.isArray(shardIds) ? shardIds : undefined;
}
