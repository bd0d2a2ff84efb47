/** Ids as Discord makes them: milliseconds since 2015 in the upper bits, a counter in the lower ones. */
const DISCORD_EPOCH = 1_420_070_400_000n;

let counter = 0n;

/** A new id, larger than every one before it. */
export function snowflake(): string {
  counter += 1n;
  return (((BigInt(Date.now()) - DISCORD_EPOCH) << 22n) + (counter % (1n << 22n))).toString();
}

/** A new id whose shard out of `count` is `shard`, as Discord's formula has it. */
export function snowflakeOn(shard: number, count: number): string {
  const id = BigInt(snowflake());
  const ahead = ((id >> 22n) + BigInt(count - shard)) % BigInt(count);
  return (id - (ahead << 22n)).toString();
}

/** An id as it was made `ms` milliseconds ago. */
export function snowflakeBefore(ms: number): string {
  return (BigInt(snowflake()) - (BigInt(Math.round(ms)) << 22n)).toString();
}
