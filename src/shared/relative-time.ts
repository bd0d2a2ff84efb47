/** Times in the form that Discord puts into words. */

/** A time that Discord shows as "in 12 minutes". */
export function relativeTime(at: number): string {
  return `<t:${Math.ceil(at / 1000)}:R>`;
}
