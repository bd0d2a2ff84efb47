/** How a language model in a test judges the style of texts: by a few signs that a test can know. */

/** Whether a request asks to judge styles, by its system message. */
export function isStyleQuestion(system: string | undefined): boolean {
  return system?.startsWith("You judge the style of texts") === true;
}

/** Scores for each of the texts in `question`, as JSON in a fence. */
export function judgeStyles(question: string): string {
  const texts = JSON.parse(question) as string[];
  const scores = texts.map((text) => ({
    formality: text.includes("'") ? 2 : 8,
    humour: /joke|laugh|funny/i.test(text) ? 9 : 1,
    elicitation: text.trimEnd().endsWith("?") ? 10 : 0,
    enthusiasm: text.includes("!") ? 9 : 3,
    politeness: /please|thank/i.test(text) ? 8 : 4,
    confidence: /maybe|perhaps|might/i.test(text) ? 2 : 7,
  }));
  return `\`\`\`json\n${JSON.stringify({ texts: scores })}\n\`\`\``;
}
