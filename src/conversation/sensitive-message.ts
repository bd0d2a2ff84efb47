/**
 * Whether a message is urgent or emotional, so that its answer must not come with a question of
 * ours. Deliberately simple and on the safe side: a false alarm costs one question, a miss hurts.
 */

/** English, German, French, Spanish. Read in lower case; nothing of it is kept. */
const PHRASES: readonly RegExp[] = [
  /\b(urgent\w*|asap|emergenc\w+|immediately|right now|hurry|help me|need help|quickly|deadline|911|112)\b/,
  /\b(suicid\w*|kill (myself|me)|end my life|want to die|self[- ]?harm\w*|hurt(ing)? myself|overdos\w*)\b/,
  /\b(died|dying|dead|death|passed away|funeral|griev\w*|grief|mourn\w*|miscarriage|cancer|hospital)\b/,
  /\b(cry|crying|cried|depress\w*|panic\w*|anxi\w+|desperate\w*|hopeless\w*|heartbroken|lonely|scared|terrified|afraid|ashamed|abus\w+|assault\w*|raped?|bull(y|ied)\w*)\b/,
  /\b(broke up|break[- ]?up|divorc\w*|got fired|hate (myself|my life)|can'?t (go on|cope|breathe|sleep anymore))\b/,
  /\b(dringend\w*|notfall\w*|sofort|hilfe|gestorben|todesfall|beerdigung|trauer\w*|verzweifelt|weine\w*|angst|selbstmord|umbringen)\b/,
  /\b(urgence|d[eé]c[eé]d[eé]e?|enterrement|suicide|d[eé]sesp[eé]r[eé]e?|au secours|deuil)(?!\p{L})/u,
  /\b(urgente|emergencia|ayuda|muri[oó]|funeral|suicidio|desesperad[oa]|ansiedad|llorando)(?!\p{L})/u,
];
const SIGNS = /[😭😢😥😰😱💔🆘]|:'\(|!{2,}|\?{3,}/u;
/** A few capital letters are an acronym; this many in words of four letters or more are a shout. */
const SHOUTED_WORDS = 3;
const SHOUT = /\b\p{Lu}{4,}\b/gu;

/** True where `text` sounds urgent or emotional. */
export function isUrgentOrEmotional(text: string): boolean {
  if (SIGNS.test(text) || (text.match(SHOUT)?.length ?? 0) >= SHOUTED_WORDS) return true;
  const lower = text.toLowerCase().replaceAll("’", "'");
  return PHRASES.some((phrase) => phrase.test(lower));
}
