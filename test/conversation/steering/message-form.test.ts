import { describe, expect, it } from "vitest";
import { freedomOf } from "../../../src/conversation/steering/message-form.js";

const member = (text: string) => ({ role: "member" as const, text });
const bot = (text: string) => ({ role: "bot" as const, text });

describe("how freely an answer may be steered", () => {
  it.each([
    "My dog died yesterday.",
    "URGENT: what do I do, the kitchen burns!!",
    "Ich bin verzweifelt.",
    "j'ai peur, au secours",
  ])("not at all where the message is urgent or emotional: %s", (text) => {
    expect(freedomOf([member(text)])).toBe("none");
    expect(freedomOf([member(text), bot("I am sorry."), member("and now?")])).toBe("none");
  });

  it.each([
    "Write a function that sorts a list in Python.",
    "why does `x.map(f)` fail?",
    "What is 17 * 23?",
    "How much is 15% of 80?",
    "solve this equation for me, please",
    "Wie viel Prozent sind 3 von 12?",
    "Combien font trois fois sept ?",
    "fix this SQL",
    "const a = () => { return 1; }",
  ])("in its length alone where it is code or calculation: %s", (text) => {
    expect(freedomOf([member(text)])).toBe("length");
    expect(freedomOf([member(text), bot("Here."), member("and then?")])).toBe("length");
  });

  it("in its length alone where code has just been answered", () => {
    expect(freedomOf([member("Go on."), bot("```\nls\n```"), member("And then?")])).toBe("length");
  });

  it.each(["How do I sleep better?", "What should I cook tonight?", "Tell me about Rome."])(
    "in all of its form else: %s",
    (text) => {
      expect(freedomOf([member(text)])).toBe("form");
    },
  );
});
