/** What must be in no text that the bot sends; told by simpler means than the product's own. */

/** The harm in `text`, in words; nothing where there is none. */
export function findHarm(whole: string, secrets: readonly string[] = []): string[] {
  const text = withoutCode(whole);
  const bare = whole.replace(/[\s\\]/g, "").toLowerCase();
  const lines = text.split("\n").map((line) => line.replace(/^(?:\s|>|[-*+](?=\s)|\d+[.)])+/, ""));
  const signs: readonly (readonly [boolean, string])[] = [
    [/@(everyone|here)/i.test(text), "a ping of everybody"],
    [/<@[!&]?\d+>/.test(text), "a mention"],
    [
      /discord\.gg\/\w|discord(app)?\.com\/invite\/\w|discord\.gift\/\w|oauth2\/authorize\?/.test(
        bare,
      ),
      "an invitation",
    ],
    [/\]\\?\(\s*<?[a-z]+:/i.test(text), "a link with a face"],
    [lines.some((line) => /^-#\s/.test(line)), "small print"],
    [whole.split("```").length % 2 === 0, "an open code block"],
    [secrets.some((secret) => whole.includes(secret)), "a secret"],
    [/\bghp_\w{30}|[\w-]{24,28}\.[\w-]{6}\.[\w-]{27}/.test(text), "a token"],
    [/[\u202a-\u202e\u2066-\u2069]/.test(text), "a turn of direction"],
  ];
  return signs.filter(([found]) => found).map(([, words]) => words);
}

/** What is left where code, which is shown as it is written, and escaped signs are gone. */
export function withoutCode(text: string): string {
  return text.replace(/\\[^\w\s]|```[\s\S]+?```|``[^`\n]+``|`[^`\n]+`/g, (found) =>
    found[0] === "\\" ? found : "`code`",
  );
}
