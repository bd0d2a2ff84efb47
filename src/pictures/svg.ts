/** Small pieces of SVG: escaped text, lines that fit. Knows no profiles. */
import { FONT } from "./render.js";

/** Readable on a dark and on a light page: a card of its own, in colours that colour-blind people tell apart. */
export const COLOURS = {
  card: "#1f2430",
  border: "#7d8597",
  text: "#f4f6fb",
  faint: "#b4bccb",
  track: "#414a5c",
  own: "#56b4e9",
  whisker: "#f4f6fb",
  average: "#f0b429",
} as const;

/** The mean width of a letter in the font, as a share of its size, and in its bold form. */
const LETTER = 0.6;
const BOLD_LETTER = 0.68;

export interface TextStyle {
  readonly size: number;
  readonly anchor?: "start" | "middle" | "end";
  readonly colour?: string;
  readonly bold?: boolean;
}

export function svgText(x: number, y: number, content: string, style: TextStyle): string {
  const { size, anchor = "start", colour = COLOURS.text, bold = false } = style;
  const weight = bold ? ' font-weight="bold"' : "";
  return `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}>${escapeXml(content)}</text>`;
}

/** `text` in at most `most` lines that fit into `width`; what is left over ends in an ellipsis. */
export function fitLines(
  text: string,
  width: number,
  { size, bold = false }: Pick<TextStyle, "size" | "bold">,
  most: number,
): string[] {
  const letters = Math.floor(width / (size * (bold ? BOLD_LETTER : LETTER)));
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (longer.length <= letters || line === "") line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  lines.push(line);
  const shown = lines.slice(0, most);
  if (lines.length > most) shown[most - 1] = `${shown[most - 1]!.replace(/[,;:]$/, "")}…`;
  return shown.map((one) => (one.length > letters ? `${one.slice(0, letters - 1)}…` : one));
}

/** A whole picture: a card with a border on a transparent ground. */
export function svgCard(width: number, height: number, content: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    `<rect x="2" y="2" width="${width - 4}" height="${height - 4}" rx="20" fill="${COLOURS.card}" stroke="${COLOURS.border}" stroke-width="2"/>`,
    ...content,
    "</svg>",
  ].join("\n");
}

/** Letters that XML gives a meaning, and those that it forbids. */
function escapeXml(text: string): string {
  return (
    text
      .replaceAll("&", "&amp;")
      .replaceAll("<", "&lt;")
      .replaceAll(">", "&gt;")
      .replaceAll('"', "&quot;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write them.
      .replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "")
  );
}
