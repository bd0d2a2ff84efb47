/** An answer beside another one: headings, which would look like the ballot's own, become bold. */

const FENCE = /^\s*(?:```|~~~)/;
const HEADING = /^([ \t]*(?:(?:>{1,3}|[-*+]|\d{1,4}[.)])[ \t]+)*)#{1,3}[ \t]+(\S.*)$/;

/** `text` without headings, except inside of code blocks, where a number sign is none. */
export function embeddable(text: string): string {
  let inCode = false;
  return text
    .split("\n")
    .map((line) => {
      if (FENCE.test(line)) inCode = !inCode && !closesAtOnce(line);
      return inCode ? line : line.replace(HEADING, bold);
    })
    .join("\n");
}

/** As "```one line```" does. */
function closesAtOnce(line: string): boolean {
  return (line.match(/```|~~~/g) ?? []).length % 2 === 0;
}

function bold(_: string, start: string, title: string): string {
  return `${start}**${title.replaceAll("*", "").replace(/[ \t#]+$/, "")}**`;
}
