import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { answerOfChoice, spokenText } from "../../../src/conversation/answer-text/answer-text.js";
import { arbitraryText } from "../../support/arbitrary-text.js";

const ANSWER = "Because air scatters blue light more.";
const THOUGHT = "The member asks about the sky. First I";

/** What models write before an answer, by whose habit it is. */
const THOUGHTS: readonly (readonly [string, string])[] = [
  ["DeepSeek's tag", `<think>\n${THOUGHT}\n</think>\n\n`],
  ["an empty block", "<think>\n\n</think>\n\n"],
  ["blanks before", `\n\n  <think>\n${THOUGHT}\n</think>\n`],
  ["everything on one line", `<think>${THOUGHT}</think>`],
  ["blanks within the line", `<think> ${THOUGHT} will answer. </think> `],
  ["capitals", `<THINK>\n${THOUGHT}\n</THINK>\n`],
  ["another word", `<thinking>${THOUGHT}</thinking>\n`],
  ["a thought", `<thought>\n${THOUGHT}\n</thought>\n`],
  ["reasoning", `<reasoning>\n${THOUGHT}\n</reasoning>\n`],
  ["a closing tag of another name", `<thinking>\n${THOUGHT}\n</think>\n`],
  ["an attribute", `<think duration="3">\n${THOUGHT}\n</think>\n`],
  ["the closing tag alone", `${THOUGHT}\n</think>\n\n`],
  ["the closing tag alone, on the line", `${THOUGHT} will answer. </think> `],
  ["the closing tag alone, first of all", "</think>\n\n"],
  ["Magistral's brackets", `[THINK]${THOUGHT}[/THINK]`],
  ["Kimi's triangles", `◁think▷${THOUGHT}◁/think▷`],
  ["Seed's tag", `<seed:think>\n${THOUGHT}\n</seed:think>\n`],
  ["Cohere's marks", `<|START_THINKING|>${THOUGHT}<|END_THINKING|><|START_RESPONSE|>`],
  ["MedGemma's marks", `<unused94>thought\n${THOUGHT}<unused95>`],
  ["Gemma's channel", `<|channel>thought\n${THOUGHT}<channel|>`],
  [
    "harmony",
    `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final<|message|>`,
  ],
  [
    "harmony with a remark",
    `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>commentary<|message|>Let me see.<|end|><|start|>assistant<|channel|>final<|message|>`,
  ],
  ["harmony without its marks", `analysisThe member asks.assistantfinal`],
  ["Granite's headings", `Here is my thought process: ${THOUGHT}\n\nHere is my response: `],
  ["Apriel's headings", `Here are my reasoning steps:\n${THOUGHT}\n[BEGIN FINAL RESPONSE]\n`],
  ["Open WebUI's details", `<details type="reasoning" done="true">\n${THOUGHT}\n</details>\n`],
  ["two blocks", `<think>${THOUGHT}</think>\n<think>\n${THOUGHT}\n</think>\n`],
  ["a block in a block", `<think>a <think>b</think> ${THOUGHT} will. </think>\n`],
  ["code left open in the thoughts", `<think>\n\`\`\`js\nlet x\n</think>\n\n`],
  ["a tag spoken of in the thoughts", `<think>\nI write \`</think>\` at the end.\n</think>\n`],
  ["the mark of a turn before", `<|im_start|>assistant\n<think>\n${THOUGHT}\n</think>\n`],
];

const AFTER: readonly string[] = [
  "<|im_end|>",
  "</s>",
  "<end_of_turn>",
  "<|eot_id|>",
  "<|end_of_text|>",
  "<|endoftext|>",
  "<eos>",
  "<|end|>",
  "<|return|>",
  "<｜end▁of▁sentence｜>",
  "<|END_RESPONSE|>",
  " <|im_end|>\n",
  "<|im_end|>\n<|im_start|>user\nAnd at night?<|im_end|>",
  "<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nAnd at night?",
  "<end_of_turn>\n<start_of_turn>user\nAnd at night?",
  "<|endoftext|>Human: And at night?",
  "</s><s>[INST] And at night? [/INST]",
];

const BEFORE: readonly string[] = [
  "<|im_start|>assistant\n",
  "<|start_header_id|>assistant<|end_header_id|>\n\n",
  "<start_of_turn>model\n",
  "<|assistant|>\n",
  "<s> ",
  "<s>[/INST] ",
  "<|channel|>final<|message|>",
];

/** Answers that speak of marks, or use what looks like one. */
const SPOKEN_OF: readonly string[] = [
  "Put your notes between `<think>` and `</think>`, and the model hides them.",
  "The <think> tag opens the thoughts, and </think> closes them.",
  "<think> opens the thoughts, and </think> closes them.",
  "End your notes with </think>, and the model answers.",
  "Such models write “<think>” first and “</think>” last.",
  "```xml\n<think>\nnotes\n</think>\n```\nThat is the form.",
  "The mark `<|im_end|>` ends a turn, and `<s>old</s>` strikes a word out.",
  "Each turn ends with <|im_end|>. The next one begins with <|im_start|>user and a line break.",
  "Write <s>old</s> to strike a word out.",
  "<s>old</s> is struck out.",
  "In C, `a <|b|> c` means nothing.",
  "Use [INST] for instructions, as in `[INST] Hi [/INST]`.",
  "<details>\n<summary>More</summary>\nText\n</details>\nThat folds.",
  "Compare a < think and b > think.",
  "analysis of the assistant's final words",
];

describe("the answer in what a model wrote", () => {
  it.each(THOUGHTS)("is without its thoughts: %s", (_, thoughts) => {
    expect(spokenText(thoughts + ANSWER)).toBe(ANSWER);
  });

  it.each(AFTER)("ends where the model's turn ends: %s", (after) => {
    expect(spokenText(ANSWER + after)).toBe(ANSWER);
  });

  it.each(BEFORE)("begins after the marks of a turn: %s", (before) => {
    expect(spokenText(before + ANSWER)).toBe(ANSWER);
    expect(spokenText(`${before}${ANSWER}<|im_end|>`)).toBe(ANSWER);
  });

  it.each(SPOKEN_OF)("stays as it is where it speaks of marks: %s", (text) => {
    expect(spokenText(text)).toBe(text);
  });

  it.each(SPOKEN_OF)("is without its thoughts where it speaks of marks too: %s", (text) => {
    expect(spokenText(`<think>\n${THOUGHT}\n</think>\n\n${text}`)).toBe(text);
  });

  it("is told from thoughts with a backtick that pairs with one of its own", () => {
    expect(spokenText("<think>Use ` here.</think>Use `x`.")).toBe("Use `x`.");
    expect(spokenText("<think>\nUse ` here.\n</think>\nUse `x`.")).toBe("Use `x`.");
  });

  it("keeps a first word that is a role's name elsewhere", () => {
    expect(spokenText("<|assistant|>\nModel trains are fun.")).toBe("Model trains are fun.");
    expect(spokenText("<start_of_turn>model\nModel trains.")).toBe("Model trains.");
  });

  it("is without marks around a part of it", () => {
    expect(spokenText("It is <|begin_of_box|>42<|end_of_box|>.")).toBe("It is 42.");
    expect(spokenText(`<think>x</think><answer>${ANSWER}</answer>`)).toBe(ANSWER);
  });

  it("keeps what is said between two blocks of thoughts", () => {
    const text = `<think>a</think>\nOne.\n<think>\nb\n</think>\nTwo.`;
    expect(spokenText(text).split(/\s+/)).toEqual(["One.", "Two."]);
  });

  it.each(["length", "stop"])("is none where the thoughts never end: %s", (end) => {
    for (const opening of ["<think>\n", "[THINK]", "<|channel|>analysis<|message|>", "◁think▷"]) {
      const choice = { message: { content: opening + THOUGHT }, finish_reason: end };
      expect(answerOfChoice(choice)).toEqual({ kind: "none", end });
    }
  });

  it("is not pushed out by thoughts of any length", () => {
    for (const [, thoughts] of THOUGHTS) {
      const long = thoughts.replace(THOUGHT, `${THOUGHT} think. `.repeat(1_000));
      expect(spokenText(long + ANSWER)).toBe(ANSWER);
    }
  });

  it.each([
    ["a text", "stop", ANSWER],
    ["parts", "stop", [{ type: "text", text: "Because air " }, "scatters blue light more."]],
    ["output parts", "stop", [{ type: "output_text", text: ANSWER }]],
    [
      "parts with reasoning",
      "stop",
      [
        { type: "reasoning", text: THOUGHT },
        { type: "text", text: ANSWER },
      ],
    ],
    [
      "parts with thinking",
      "stop",
      [
        { type: "thinking", thinking: [{ type: "text", text: THOUGHT }] },
        { type: "text", text: ANSWER },
      ],
    ],
  ])("comes in every form: %s", (_, end, content) => {
    const message = { content, reasoning_content: THOUGHT, reasoning: THOUGHT };
    const answer = answerOfChoice({ message, finish_reason: end });
    expect(answer).toEqual({ kind: "text", text: ANSWER, isCut: false });
  });

  it.each([
    { finish_reason: "content_filter", message: { content: "Half of" } },
    { finish_reason: "content_filter: PROHIBITED_CONTENT", message: { content: null } },
    { finish_reason: "SAFETY", message: { content: null } },
    { finish_reason: "refusal", message: { content: "" } },
    { finish_reason: "RECITATION", message: {} },
    { finish_reason: "sensitive", message: { content: "" } },
    { finish_reason: "guardrail_intervened", message: { content: "Half of" } },
    { finish_reason: "blocked", message: { content: null } },
    { finish_reason: "stop", message: { content: null, refusal: "I can't help with that." } },
    { finish_reason: "stop", message: { content: [{ type: "refusal", refusal: "No." }] } },
  ])("is declined, and said to be so: %j", (choice) => {
    expect(answerOfChoice(choice)).toEqual({ kind: "declined" });
  });

  it.each(["MAX_TOKENS", "token_limit", "model_context_window_exceeded", "repetition"])(
    "is cut where it ends by %s",
    (end) => {
      const choice = { finish_reason: end, message: { content: "Half of" } };
      expect(answerOfChoice(choice)).toEqual({ kind: "text", text: "Half of", isCut: true });
    },
  );

  it.each(["error", "network_error", "engine_error", "insufficient_system_resource", "abort"])(
    "is none where the server broke off: %s",
    (end) => {
      const choice = { finish_reason: end, message: { content: "Half of" } };
      expect(answerOfChoice(choice)).toEqual({ kind: "none", end: "error" });
    },
  );

  it.each([undefined, null, 1, "text", {}, { message: null }, { message: { content: 7 } }])(
    "is none in what is no choice: %j",
    (choice) => {
      expect(answerOfChoice(choice).kind).toBe("none");
    },
  );

  it("has nothing to do with texts that have no marks", () => {
    assert(
      property(arbitraryText(), (text) => {
        const plain = text.replace(/[<[◁＜]/g, "").trim();
        expect(spokenText(plain)).toBe(plain);
      }),
    );
  });

  it("is found in a time that grows as the text does", () => {
    const pieces = constantFrom(
      ...[
        "<think>",
        "</think>",
        "\n",
        " ",
        "`",
        "```",
        "<|im_end|>",
        "<s>",
        "</s>",
        "<|channel|>final",
      ],
      ...[
        '<details type="reasoning">',
        "</details>",
        "word",
        ". ",
        "[THINK]",
        "◁/think▷",
        "<think> is ",
        "<think>a</think>",
        "1. <think>: ",
        "**<think>**",
        "\n~~~\n",
        "<details>\n<summary>think",
        "\n<|user|>\n",
        "<|channel|>",
        ".assistant\n\n",
        "\n```thinking\n",
        "[|user|]",
      ],
    );
    assert(
      property(array(pieces, { minLength: 1, maxLength: 6 }), (unit) => {
        // A quadratic step would take a hundred times as long on the longest text that is read.
        expect(timeOf(unit.join(""), 400_000)).toBeLessThan(4_000);
      }),
      { numRuns: 20 },
    );
  });
});

/** Milliseconds of the processor: others have theirs meanwhile. */
function timeOf(unit: string, length: number): number {
  const text = unit.repeat(Math.ceil(length / unit.length));
  const begun = process.cpuUsage();
  spokenText(text);
  return process.cpuUsage(begun).user / 1_000;
}
