/** Why a version of the base rewards can't answer. */

/** More versions than these are not listed in a message. */
const MOST_LISTED = 10;

/** A version that is not stored; the message lists those that are. */
export class UnknownModelVersionError extends Error {
  override readonly name = "UnknownModelVersionError";

  constructor(
    readonly version: string,
    /** Newest first. */
    readonly stored: readonly string[],
  ) {
    const more = stored.length - MOST_LISTED;
    const listed = [
      ...stored.slice(0, MOST_LISTED),
      ...(more > 0 ? [`and ${more} older ones`] : []),
    ];
    super(
      `There are no base rewards of version "${version}". There are: ${listed.join(", ")}. "npm run models -- list" says more about them.`,
    );
  }
}

/** A version that is stored, but not for these members or these features. */
export class UnusableModelVersionError extends Error {
  override readonly name = "UnusableModelVersionError";
}

/** Other base rewards answer by now than those that a training was held against. */
export class BaseRewardsChangedError extends Error {
  override readonly name = "BaseRewardsChangedError";

  constructor() {
    super(
      "The base rewards were changed while the training ran, so its result was left aside. Run it again to hold it against those that answer now.",
    );
  }
}
