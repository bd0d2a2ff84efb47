/** Figures as a language writes them: percent with a space before it in all of ours, as in the catalogue. */
import type { Say } from "./say.js";

/** A share of 0 to 1, as "71 %"; with `digits` behind the point. */
export function percent(share: number, { language }: Pick<Say, "language">, digits = 0): string {
  return `${decimal(100 * share, { language }, digits)} %`;
}

/** As "$1.20", or "1,20 $". */
export function dollars(amount: number, say: Pick<Say, "language">): string {
  const figure = decimal(amount, say, 2);
  return say.language === "en" ? `$${figure}` : `${figure} $`;
}

/** A number with `digits` behind the point, or comma. */
export function decimal(
  value: number,
  { language }: Pick<Say, "language">,
  digits: number,
): string {
  return value.toLocaleString(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    useGrouping: false,
  });
}
