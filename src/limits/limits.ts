/**
 * How much a member, a channel and a server may ask for, and what is left. Past half of a budget
 * answers are chosen among fewer candidates, then there is one, then a refusal that says until when.
 */
import type { LimitConfig, Scope } from "../shared/environment/limit-variables.js";
import type { Clock } from "../shared/time.js";
import { DIRECT_MESSAGES_GUILD } from "../store/ids.js";
import type { DayCountRecord, MemberKey } from "../store/records.js";
import type { DayCounts, Release } from "./day-counts.js";
import { MinuteCounts } from "./minute-counts.js";
import { RecentNotices } from "./recent-notices.js";
import type { LimitUnit, Refusal } from "./refusal.js";
import { ofCommon, setAside, shareOf } from "./shares.js";

/** Who asks for an answer, and where: whose limits and budgets it counts against. */
export interface Asker extends MemberKey {
  readonly channelId: string;
}

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** From this share of a budget on there are fewer candidates. */
const PLENTY = 0.5;
/** When somebody who is turned away from a full queue may come back. */
const QUEUE_WAIT_MS = MINUTE_MS;
/** Whoever still tries after this long gets the notice again. */
const NOTICE_AGAIN_MS = 30 * MINUTE_MS;

/** The name under which use of the common half is counted. */
const COMMON = "common";

/** Whom a question counts against, and under which names. */
type Names = readonly (readonly [Scope, string])[];

const UNITS = ["messagesPerMinute", "messagesPerDay", "ballotsPerDay", "tokensPerDay"] as const;

/** What of a day's count a budget is about. */
const COUNTED_AS = {
  messagesPerDay: "messages",
  ballotsPerDay: "ballots",
  tokensPerDay: "tokens",
} as const;

type CountedUnit = Exclude<LimitUnit, "queue">;

/** How far one budget is used. */
export interface Budget {
  readonly unit: CountedUnit | "ballotsPerDay";
  readonly scope: Scope;
  readonly used: number;
  readonly most: number;
}

export interface LimitsParts {
  readonly config: LimitConfig;
  readonly days: DayCounts;
  readonly clock: Clock;
}

export class Limits {
  readonly #minutes: MinuteCounts;
  readonly #notices: RecentNotices;
  #servers: () => number = () => 1;

  constructor(private readonly parts: LimitsParts) {
    this.#minutes = new MinuteCounts(parts.clock);
    this.#notices = new RecentNotices(parts.clock);
  }

  /**
   * Counts a message that wants an answer; or returns why there is none, and counts nothing. One that comes
   * late, as after an outage, belongs to the minute in which it was written.
   */
  admit(asker: Asker, writtenAt: number = this.parts.clock()): Refusal | undefined {
    const names = namesOf(asker);
    for (const unit of ["tokensPerDay", "messagesPerDay", "messagesPerMinute"] as const) {
      const scope = reachedOf(this.#budgetsOf(unit, asker, names, writtenAt));
      if (scope !== undefined) return this.#refusal(asker, unit, scope);
    }
    for (const [, name] of names) {
      this.#minutes.add(name, writtenAt);
      this.parts.days.add(name, "messages", 1);
    }
    // The answer's tokens are needed soon: until then they are paid for.
    this.parts.days.payAhead(this.#boundsOf(names).map(({ name, most }) => [name, most]));
    return undefined;
  }

  /**
   * How many of `wanted` candidates the budgets allow: all of them up to half of each, then fewer
   * and fewer, at least one while anything is left, 0 if the tokens are used up.
   */
  candidates(asker: Asker | undefined, wanted: number): number {
    const names = namesOf(asker);
    const tokens = this.#budgetsOf("tokensPerDay", asker, names);
    if (reachedOf(tokens) !== undefined) return 0;
    const messages = (["messagesPerMinute", "messagesPerDay"] as const).flatMap((unit) =>
      this.#budgetsOf(unit, asker, names),
    );
    let share = PLENTY;
    for (const { used, most } of [...tokens, ...messages]) {
      share = Math.max(share, most > 0 ? used / most : 1);
    }
    const left = (1 - share) / (1 - PLENTY);
    return Math.max(1, Math.min(wanted, Math.ceil(left * wanted)));
  }

  /** The refusal for a day whose tokens are used up; undefined while some are left. */
  outOfTokens(asker: Asker | undefined): Refusal | undefined {
    const scope = this.#reached(asker, "tokensPerDay");
    return scope && this.#refusal(asker, "tokensPerDay", scope);
  }

  /** The refusal for a queue that is full. */
  queueFull({ memberId }: Asker): Refusal {
    const isNews = this.#notices.isNews(`${memberId} queue`, QUEUE_WAIT_MS);
    const until = this.parts.clock() + QUEUE_WAIT_MS;
    return { unit: "queue", scope: "everywhere", until, isNews };
  }

  /** Whether another ballot may be put to anybody here today. */
  hasBallot(asker: Asker): boolean {
    return this.#reached(asker, "ballotsPerDay") === undefined;
  }

  takeBallot(asker: Asker): void {
    for (const [, name] of namesOf(asker)) this.parts.days.add(name, "ballots", 1);
  }

  /** Gives back what {@link takeBallot} took for a ballot that could not be posted. */
  returnBallot(asker: Asker): void {
    for (const [, name] of namesOf(asker)) {
      if (this.parts.days.of(name).ballots > 0) this.parts.days.add(name, "ballots", -1);
    }
  }

  /**
   * Holds `tokens`, the most that a request may take, of `asker`'s budgets and of the whole bot's, in
   * whichever processes these are spent. Whoever holds them counts what was taken with {@link spend}, and
   * then releases them. Returns why there are not so many, and holds nothing then. Throws `StoreError`.
   */
  async hold(asker: Asker | undefined, tokens: number): Promise<Release | Refusal> {
    const bounds = this.#boundsOf(namesOf(asker));
    const held = await this.parts.days.hold(
      tokens,
      bounds.map(({ name, most }) => [name, most]),
    );
    if (typeof held !== "string") return held;
    const { scope } = bounds.find(({ name }) => name === held)!;
    return this.#refusal(asker, "tokensPerDay", scope);
  }

  /** Counts tokens, of `asker`'s budgets and of the whole bot's. */
  spend(asker: Asker | undefined, tokens: number): void {
    const { days } = this.parts;
    const server = isDirect(asker) ? undefined : asker && `server ${asker.guildId}`;
    const used = server === undefined ? 0 : days.of(server).tokens;
    const own = server === undefined ? 0 : this.#setAside();
    days.spend(COMMON, ofCommon(tokens, used, own));
    for (const [, name] of namesOf(asker)) days.spend(name, tokens);
  }

  /** From now on `servers` says how many servers the bot is on: something is set aside for each. */
  countServers(servers: () => number): void {
    this.#servers = servers;
  }

  /** Every budget that `asker` (or a server alone) draws on. */
  budgets(asker: Partial<Asker> | undefined): Budget[] {
    const names = namesOf(asker);
    return UNITS.flatMap((unit) => this.#budgetsOf(unit, asker, names));
  }

  /** Writes what has been counted now, instead of some seconds later. */
  written(): Promise<void> {
    return this.parts.days.write();
  }

  /** What a member has used today, wherever they write. */
  usedToday(memberId: string): DayCountRecord {
    return this.parts.days.of(`member ${memberId}`);
  }

  #budgetsOf(
    unit: Budget["unit"],
    asker: Partial<Asker> | undefined,
    names: Names,
    at?: number,
  ): Budget[] {
    const limit = this.parts.config[unit];
    const budgets: Budget[] = [];
    for (const [scope, name] of names) {
      const most = limit[scope];
      if (most === undefined) continue;
      const budget = { unit, scope, used: this.#used(unit, name, at), most };
      budgets.push(unit === "tokensPerDay" ? this.#withinShare(asker, budget) : budget);
    }
    return budgets;
  }

  /** What the tokens of a day are bounded by. */
  #boundsOf(names: Names) {
    return names.flatMap(([scope, name]) => {
      const most = this.parts.config.tokensPerDay[scope];
      return most === undefined ? [] : [{ scope, name, most }];
    });
  }

  #used(unit: Budget["unit"], name: string, at?: number): number {
    if (unit === "messagesPerMinute") return this.#minutes.of(name, at);
    return this.parts.days.of(name)[COUNTED_AS[unit]];
  }

  /** The budget of a server, or of a person in direct messages, no larger than its share of all. */
  #withinShare(asker: Partial<Asker> | undefined, budget: Budget): Budget {
    const all = this.parts.config.tokensPerDay.everywhere;
    const { scope, used, most } = budget;
    const sharer = isDirect(asker) ? "member" : "server";
    if (all === undefined || scope !== sharer || most >= all) return budget;
    const own = this.#setAside();
    const ownCommon = scope === "server" ? Math.max(0, used - own) : used;
    const others = Math.max(0, this.parts.days.of(COMMON).tokens - ownCommon);
    return { ...budget, most: Math.min(most, shareOf(scope, { all, own, others })) };
  }

  #setAside(): number {
    return setAside(this.parts.config.tokensPerDay.everywhere ?? 0, this.#servers());
  }

  #reached(asker: Asker | undefined, unit: Budget["unit"]): Scope | undefined {
    return reachedOf(this.#budgetsOf(unit, asker, namesOf(asker)));
  }

  #refusal(asker: Asker | undefined, unit: CountedUnit, scope: Scope): Refusal {
    const period = unit === "messagesPerMinute" ? MINUTE_MS : DAY_MS;
    const now = this.parts.clock();
    const until = now - (now % period) + period;
    const what = `${asker?.memberId} ${unit} ${scope} ${until}`;
    return { unit, scope, until, isNews: this.#notices.isNews(what, NOTICE_AGAIN_MS) };
  }
}

function reachedOf(budgets: readonly Budget[]): Scope | undefined {
  return budgets.find(({ used, most }) => used >= most)?.scope;
}

/** A person counts as one wherever they write. Direct messages are no server: strangers share nothing. */
function namesOf(asker: Partial<Asker> | undefined): Names {
  const names: [Scope, string][] = [];
  const add = (scope: Scope, id: string | undefined) => {
    if (id !== undefined) names.push([scope, `${scope} ${id}`]);
  };
  add("member", asker?.memberId);
  add("channel", asker?.channelId);
  add("server", isDirect(asker) ? undefined : asker?.guildId);
  add("everywhere", "");
  add("personal", isDirect(asker) ? "" : undefined);
  return names;
}

function isDirect(asker: Partial<Asker> | undefined): boolean {
  return asker?.guildId === DIRECT_MESSAGES_GUILD;
}
