import { describe, expect, it } from "vitest";
import { answerOfChoice, spokenText } from "../../../src/conversation/answer-text/answer-text.js";

const ANSWER = "Rain cleans the air.";
const THOUGHT = "They ask about rain. I should keep it short, and say what it does.";

const THOUGHTS: readonly string[] = [
  `<think_never_used_51bce0c>${THOUGHT}</think_never_used_51bce0c>`,
  `<longcat_think>\n${THOUGHT}\n</longcat_think>\n`,
  `<scratch_pad>${THOUGHT}</scratch_pad>`,
  `<scratch-pad>${THOUGHT}</scratch-pad>`,
  `<thought_process>\n${THOUGHT}\n</thought_process>\n`,
  `<reasoning_process>\n${THOUGHT}\n</reasoning_process>\n`,
  `<chain_of_thought>\n${THOUGHT}\n</chain_of_thought>\n`,
  `< think >${THOUGHT}< /think >`,
  `＜think＞${THOUGHT}＜/think＞`,
  `<｜think｜>${THOUGHT}<｜/think｜>`,
  `&lt;think&gt;${THOUGHT}&lt;/think&gt;`,
  `<|startofthought|>${THOUGHT}<|endofthought|>`,
  `<|begin_of_thought|>\n${THOUGHT}\n<|end_of_thought|>\n<|begin_of_solution|>\n`,
  `<|think:start|>${THOUGHT}<|think:end|>`,
  `<|think|>\n${THOUGHT}\n<|/think|>\n`,
  `<|begin|>assistant<|think|>${THOUGHT}<|end|><|begin|>assistant<|content|>`,
  `<|inner_prefix|>${THOUGHT}<|inner_suffix|>`,
  `<ctrl94>thought\n${THOUGHT}<ctrl95>`,
  `[unused16]${THOUGHT}[unused17]`,
  `<details>\n<summary>Thought for 3 seconds</summary>\n${THOUGHT}\n</details>\n`,
  `\`\`\`thinking\n${THOUGHT}\n\`\`\`\n`,
  "<think/>\n",
  "<think />",
  "<no_think>\n",
  `<tool_call>\n{"name": "weather"}\n</tool_call>\n`,
  `analysis\n${THOUGHT}\n\nassistantfinal\n`,
  `analysiswe need to say it.assistantcommentary Hm.assistantfinal`,
  `<|channel|>analysis<|message|>${THOUGHT}<|end|><|start|>assistant<|channel|>final <|constrain|>text<|message|>`,
  `**Here is my thought process:**\n${THOUGHT}\n\n**Here is my response:**\n`,
];

/** Around the whole answer. */
const WRAPPERS = ["response", "output", "Output", "final_answer", "CONCLUSION", "solution"];

const BEFORE: readonly string[] = [
  "assistant\n\n",
  "### Response:\n",
  "### Assistant: ",
  "ASSISTANT: ",
  "<|im_assistant|>assistant<|im_middle|>",
  "[|assistant|]",
  "<SPECIAL_11>Assistant\n",
  "<extra_id_1>Assistant\n",
  "]~b]ai\n",
  "<role>ASSISTANT</role>",
];

const AFTER: readonly string[] = [
  ...["<eot>", "<EOT>", "<eos_token>", "<end_of_text>", "</assistant>", "[|endofturn|]", "[e~["],
  ...["<|im_end>", "<im_end|>", "<|im_end|", "<|im_", "<SPECIAL_12>", "[unused10]", "<|role_end|>"],
  "[|endofturn|]\n[|user|]And snow?",
  "<extra_id_1>User\nAnd snow?",
  "assistant\n\nRain does much more.",
];

const SPOKEN_OF: readonly string[] = [
  "<|im_end|> is the token that ends a turn.",
  "ChatML uses <|im_start|> and <|im_end|>",
  "<|user|> and <|assistant|> mark the roles.",
  "The prompt is:\n<|user|>\nHi\n<|assistant|>\nHello\nThat is its template.",
  "The vocabulary has <s>, </s>, <unk>",
  "GPT-2 has one special token: <|endoftext|>.",
  "The mark | <|im_end|> | stands in a cell.",
  "Use <|channel|>final for the answer.",
  "It writes <|channel|>analysis<|message|> before its thoughts.",
  "Harmony has channels: <|channel|>analysis and <|channel|>final.",
  "Put it in <think>...</think> tags.",
  "Put it in <think>…</think>.",
  "Wrap it in <think></think> and go on.",
  "Such models emit <think>reasoning</think>answer.",
  "Example: <think>2+2=4</think>4",
  "The format is <think>your thoughts</think><answer>your answer</answer>.",
  "Write:\n<think>\nfoo\n</think>\nThat is how.",
  "In XML, <thought>hi</thought> is an element.",
  "1. <think> opens\n2. </think> closes",
  "**<think>** opens, **</think>** closes.",
  "~~~\n<think>\nx\n</think>\n~~~\nThat is the form.",
  "<response> is the root of that document.",
  "Give it as <start_date> to <end_date>, or <start_of_week>.",
  "Add <role>admin</role> to that file.",
  "The operator is written <|",
  "Assistant: a person who helps.",
  "Here is my thought process: first the water boils.",
  "[unused16] is a token of BERT.",
  "Use <details> and <summary>Thinking</summary> to fold text.",
];

describe("the answer of other families of models", () => {
  it.each(THOUGHTS)("is without its thoughts: %j", (thoughts) => {
    expect(spokenText(thoughts + ANSWER)).toBe(ANSWER);
    expect(spokenText(`${thoughts}${ANSWER}<|im_end|>`)).toBe(ANSWER);
  });

  it.each(WRAPPERS)("is without what is around it: %s", (name) => {
    const wrapped = `<${name}>\n${ANSWER}\n</${name}>`;
    expect(spokenText(wrapped)).toBe(ANSWER);
    expect(spokenText(`<think>${THOUGHT}</think>\n${wrapped}`)).toBe(ANSWER);
  });

  it.each(BEFORE)("begins after the marks of a turn: %j", (before) => {
    expect(spokenText(before + ANSWER)).toBe(ANSWER);
  });

  it.each(AFTER)("ends where the turn ends: %j", (after) => {
    expect(spokenText(ANSWER + after)).toBe(ANSWER);
  });

  it.each(SPOKEN_OF)("stays as it is where it speaks of marks: %j", (text) => {
    expect(spokenText(text)).toBe(text);
    expect(spokenText(`<think>\n${THOUGHT}\n</think>\n\n${text}`)).toBe(text);
  });

  it.each(["analysisWe need to think", `Here is my thought process: ${THOUGHT}`])(
    "is none where it is cut in its thoughts: %j",
    (content) => {
      const choice = { message: { content }, finish_reason: "length" };
      expect(answerOfChoice(choice)).toEqual({ kind: "none", end: "length" });
    },
  );

  it.each([
    [
      { type: "text", text: THOUGHT, thought: true },
      { type: "text", text: ANSWER },
    ],
    [{ type: "text", text: { value: ANSWER } }],
    [
      { type: "reasoning_text", text: THOUGHT },
      { type: "output_text", text: ANSWER },
    ],
    [
      { type: "text", text: "<thi" },
      { type: "text", text: `nk>${THOUGHT}</think>${ANSWER}` },
    ],
    [
      { type: "redacted_thinking", data: "x" },
      { type: "text", text: ANSWER },
    ],
  ])("comes in parts of other forms", (...content) => {
    const answer = answerOfChoice({ message: { content }, finish_reason: "stop" });
    expect(answer).toEqual({ kind: "text", text: ANSWER, isCut: false });
  });
});
