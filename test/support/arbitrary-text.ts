/** Random texts that look like what a bot writes: several scripts, layout, emoji, broken pairs. */
import fc from "fast-check";

const PIECES = [
  ..."aZéßİΣжאקกा字かカー々〇漢3½²",
  ..."'’.!?…,;:()\"“«-–—#*_`|•/ \n\t\r\u00a0",
  ..."😀👩🏽‍🚀❤️©",
  "don't",
  "I’ll",
  "HELLO",
  "Hello",
  "\ud83d",
  "\udc00",
  "\u0301",
  "\ufe0f",
  "𝒜",
  "𐐀",
  "\n- ",
  "\n1. ",
  "\n\n",
  "## ",
  "```",
  "**",
  "...",
  "https://",
];

/** A text of up to 60 pieces, or of any UTF-16 units at all. */
export function arbitraryText(): fc.Arbitrary<string> {
  const pieces = fc.array(fc.constantFrom(...PIECES), { maxLength: 60 });
  return fc.oneof(
    { weight: 4, arbitrary: pieces.map((list) => list.join("")) },
    { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
    { weight: 1, arbitrary: fc.array(fc.nat(0xffff)).map((list) => String.fromCharCode(...list)) },
  );
}
