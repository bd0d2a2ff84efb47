import { describe, expect, it } from "vitest";
import { isUrgentOrEmotional } from "../../src/conversation/sensitive-message.js";

describe("an urgent or emotional message", () => {
  it.each([
    "I need help right now, the kitchen is flooding",
    "my dog died yesterday and I don't know what to do",
    "we broke up",
    "I can’t cope anymore",
    "what should I do about a panic attack?",
    "PLEASE ANSWER THIS SOMEBODY",
    "why is nobody answering me!!!",
    "😭",
    "Das ist ein Notfall",
    "mi abuelo murió ayer",
    "mon père est décédé",
  ])("is recognised: %s", (text) => expect(isUrgentOrEmotional(text)).toBe(true));

  it.each([
    "how do I reverse a string in Python?",
    "What is a good name for a cat?",
    "Explain HTTP and the JSON format to me",
    "Can you write a short poem about autumn!",
    "Which is better for rice, a pot or a cooker?",
    "Wie koche ich Reis?",
  ])("is not an everyday one: %s", (text) => expect(isUrgentOrEmotional(text)).toBe(false));
});
