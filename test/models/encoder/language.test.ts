import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeResponse } from "../../../models/encoder/encoder.js";
import { detectLanguage } from "../../../models/encoder/language.js";
import { proseSpans } from "../../../models/encoder/prose.js";
import { STYLE_STATISTICS, type StyleStatistic } from "../../../models/encoder/style-statistics.js";
import { tokenise } from "../../../models/encoder/tokenise.js";
import { CATEGORIES } from "../../../models/encoder/words/word-lists.js";
import { deckLanguages, loadDeck } from "../../../src/shared/deck/deck.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

function languageOf(text: string) {
  const tokens = tokenise(text);
  return detectLanguage(tokens, proseSpans(tokens));
}

function statistic(text: string, name: StyleStatistic): number {
  return encodeResponse(text)[STYLE_STATISTICS.indexOf(name)]!;
}

/** Nothing can be said about these where there are no word lists. */
const LISTED: readonly string[] = [...CATEGORIES, "contractions", "adverbs", "nominalisations"];

/** The same small answer in languages without word lists. */
const OTHER_LANGUAGES: Readonly<Record<string, string>> = {
  Afrikaans:
    "Jy kan dit maklik self doen, maar jy moet eers die water kook en dan die tee daarby gooi.",
  Arabic: "يمكنك أن تفعل ذلك بنفسك، ولكن عليك أولا أن تغلي الماء ثم تضيف الشاي.",
  Catalan: "Ho pots fer tu mateix, però primer has de bullir l'aigua i després hi afegeixes el te.",
  Chinese: "你可以自己做，但是要先把水烧开，然后再放茶叶。",
  Czech: "Můžeš to udělat sám, ale nejdřív musíš uvařit vodu a pak do ní dát čaj.",
  Danish: "Du kan sagtens gøre det selv, men du skal først koge vandet og så komme teen i.",
  Dutch: "Je kunt het zelf doen, maar je moet eerst het water koken en dan de thee erin doen.",
  Finnish:
    "Voit tehdä sen itse, mutta keitä ensin vesi ja lisää sitten tee. Se on helppoa, eikö niin?",
  French:
    "Tu peux le faire toi-même, mais il faut d'abord faire bouillir l'eau, et puis on ajoute le thé.",
  Greek: "Μπορείς να το κάνεις μόνος σου, αλλά πρώτα πρέπει να βράσεις το νερό.",
  Hebrew: "אתה יכול לעשות את זה בעצמך, אבל קודם צריך להרתיח את המים.",
  Hungarian:
    "Ezt te is meg tudod csinálni, de előbb fel kell forralni a vizet, és aztán jön a tea.",
  Indonesian: "Kamu bisa melakukannya sendiri, tetapi rebus dulu airnya dan kemudian masukkan teh.",
  Italian:
    "Puoi farlo da solo, ma prima devi far bollire l'acqua e poi ci metti il tè. È facile, no?",
  Japanese: "自分でもできますが、まずお湯を沸かして、それからお茶を入れてください。",
  Korean: "직접 할 수 있지만 먼저 물을 끓인 다음 차를 넣으세요.",
  Norwegian: "Du kan gjøre det selv, men du må først koke vannet og så ha i teen.",
  Polish: "Możesz to zrobić sam, ale najpierw zagotuj wodę, a potem dodaj herbatę. To jest proste.",
  Portuguese:
    "Você pode fazer isso sozinho, mas primeiro tem que ferver a água e depois pôr o chá. É fácil.",
  Romanian: "Poți să faci asta singur, dar mai întâi trebuie să fierbi apa și apoi pui ceaiul.",
  Russian: "Ты можешь сделать это сам, но сначала вскипяти воду, а потом положи чай.",
  Swedish: "Du kan göra det själv, men du måste först koka vattnet och sedan lägga i teet.",
  Tagalog: "Kaya mo itong gawin, pero pakuluan mo muna ang tubig at saka ilagay ang tsaa.",
  Thai: "คุณทำเองได้ แต่ต้องต้มน้ำก่อนแล้วค่อยใส่ชา",
  Turkish: "Bunu kendin yapabilirsin, ama önce suyu kaynatman ve sonra çayı eklemen gerekiyor.",
  Vietnamese: "Bạn có thể tự làm, nhưng trước tiên phải đun sôi nước và sau đó cho trà vào.",
};

describe("the language of a text", () => {
  it.each(deckLanguages())("is found in nearly every answer of the deck in %s", (language) => {
    const texts = loadDeck(language).prompts.flatMap(({ answers }) => answers);
    const found = texts.map(({ text }) => languageOf(text));
    expect(found.filter((one) => one !== language && one !== undefined)).toEqual([]);
    const missed = found.filter((one) => one === undefined).length;
    expect(missed / texts.length).toBeLessThan(0.01);
  });

  it.each([
    ["en", "Sure thing, thanks!"],
    ["en", "Nope."],
    ["de", "Klar, gerne!"],
    ["de", "Nö."],
    ["es", "¡Claro, gracias!"],
    ["es", "Vale, de nada."],
  ])("is %s in a short answer: %j", (language, text) => {
    expect(languageOf(text)).toBe(language);
  });

  it("is that of what is said about code, whatever the code's words are", () => {
    const code =
      "```python\nfor word in the_words:\n    if not word and is_last or with_this: return\n```";
    expect(languageOf(`Das ist die Schleife:\n${code}\nSie endet, wenn nichts mehr da ist.`)).toBe(
      "de",
    );
    expect(languageOf(`Este es el bucle:\n${code}\nTermina cuando no queda nada.`)).toBe("es");
    expect(languageOf(code)).toBeUndefined();
  });

  it("is that of most words where languages mix", () => {
    const text =
      'Auf Englisch heißt das "to be or not to be", und das sagt man auch bei uns gern auf Partys.';
    expect(languageOf(text)).toBe("de");
  });

  it.each(Object.entries(OTHER_LANGUAGES))("is not guessed at in %s", (_, text) => {
    expect(languageOf(text)).toBeUndefined();
  });

  it("is found or not found in any text", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        expect(["en", "de", "es", undefined]).toContain(languageOf(text));
      }),
    );
  });
});

describe("the style statistics in a language without word lists", () => {
  it.each(Object.entries(OTHER_LANGUAGES))("say nothing of %s that needs a list", (_, text) => {
    const features = encodeResponse(text);
    STYLE_STATISTICS.forEach((name, at) => {
      if (LISTED.includes(name)) expect([name, features[at]]).toEqual([name, 0]);
    });
  });

  it.each(["Finnish", "Japanese", "Thai"])("still tell in %s what can be seen", (language) => {
    const text = OTHER_LANGUAGES[language]!;
    const more = `${text}\n\n- ${text}\n- ${text}`;
    expect(statistic(more, "logWords")).toBeGreaterThan(statistic(text, "logWords"));
    expect(statistic(more, "listItems")).toBeGreaterThan(statistic(text, "listItems"));
    expect(statistic(`${text} 😂`, "laughter")).toBeGreaterThan(statistic(text, "laughter"));
    expect(statistic(`${text}?!`, "questions")).toBeGreaterThan(statistic(text, "questions"));
    expect(statistic(`${text}?!`, "exclamations")).toBeGreaterThan(statistic(text, "exclamations"));
  });

  it.each(["Japanese", "Chinese", "Thai"])("do not take %s for a text of odd words", (language) => {
    for (const name of ["wordLength", "longWords", "shortWords", "wordLengthVariation"] as const) {
      expect([name, statistic(OTHER_LANGUAGES[language]!, name)]).toEqual([name, 0]);
    }
  });
});
