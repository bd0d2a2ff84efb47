/** Findings in lines: for a terminal, and for Discord. */
import type { Finding, State } from "./finding.js";

const MARKS: Readonly<Record<State, string>> = { well: "ok", advice: "note", wrong: "WRONG" };
const EMOJI: Readonly<Record<State, string>> = { well: "✅", advice: "💡", wrong: "❌" };
const MARK_WIDTH = Math.max(...Object.values(MARKS).map((mark) => mark.length));
/** Of a message, less what stands around the list. */
const MOST_CHARACTERS = 1_900;

/** One line for each finding, its remedy in the next; the count at the end. */
export function terminalText(findings: readonly Finding[]): string {
  const width = Math.max(...findings.map(({ topic }) => topic.length));
  const lines = findings.flatMap(({ state, topic, text, remedy }) => {
    const line = `${MARKS[state].padEnd(MARK_WIDTH)}  ${topic.padEnd(width)}  ${text}`;
    return remedy === undefined
      ? [line]
      : [line, `${" ".repeat(MARK_WIDTH + width + 4)}→ ${remedy}`];
  });
  return [...lines, "", summary(findings)].join("\n");
}

/** The same for a message: what is wrong first, cut where it would be too long. */
export function messageText(findings: readonly Finding[]): string {
  const order: readonly State[] = ["wrong", "advice", "well"];
  const sorted = [...findings].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  const lines: string[] = [];
  let length = 0;
  for (const { state, topic, text, remedy } of sorted) {
    const line = `${EMOJI[state]} **${topic}**: ${text}${remedy === undefined ? "" : ` → ${remedy}`}`;
    length += line.length + 1;
    if (length > MOST_CHARACTERS) {
      lines.push(`… and ${sorted.length - lines.length} more: \`npm run doctor\` shows all.`);
      break;
    }
    lines.push(line);
  }
  return lines.join("\n");
}

function summary(findings: readonly Finding[]): string {
  const count = (state: State) => findings.filter((finding) => finding.state === state).length;
  const [failures, notes] = [count("wrong"), count("advice")];
  if (failures === 0 && notes === 0) return "All is well.";
  const parts = [
    failures === 0
      ? "Nothing is wrong"
      : `${failures} ${failures === 1 ? "thing is" : "things are"} wrong`,
    ...(notes === 0 ? [] : [`${notes} could be better`]),
  ];
  return `${parts.join(", ")}.`;
}
