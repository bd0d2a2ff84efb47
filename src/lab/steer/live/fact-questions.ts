/**
 * Questions whose answers can be checked by a word in them: facts first, then false premises, which a
 * good answer sets right. A manner must not change how many are right.
 */

export interface FactQuestion {
  readonly question: string;
  /** An answer with any of these, as whole words in any case, is right. */
  readonly expects: readonly string[];
}

export const FACT_QUESTIONS: readonly FactQuestion[] = [
  { question: "What is the capital of Australia?", expects: ["Canberra"] },
  { question: "What is the capital of Canada?", expects: ["Ottawa"] },
  { question: "What is the capital of Turkey?", expects: ["Ankara"] },
  { question: "Which planet is closest to the sun?", expects: ["Mercury"] },
  { question: "Which planet is the largest in our solar system?", expects: ["Jupiter"] },
  { question: "What is the chemical symbol of gold?", expects: ["Au"] },
  { question: "What is the chemical symbol of potassium?", expects: ["K"] },
  { question: "Which element has the atomic number 1?", expects: ["hydrogen"] },
  { question: "How many bones does an adult human usually have?", expects: ["206"] },
  { question: "How many chambers does a human heart have?", expects: ["4", "four"] },
  { question: "How many legs does a spider have?", expects: ["8", "eight"] },
  { question: "What is the square root of 144?", expects: ["12", "twelve"] },
  { question: "What is 17 times 6?", expects: ["102"] },
  { question: "How many degrees do the angles of a triangle add up to?", expects: ["180"] },
  { question: "Which number is the smallest prime?", expects: ["2", "two"] },
  { question: "In which year did the Second World War end?", expects: ["1945"] },
  { question: "In which year did people first land on the Moon?", expects: ["1969"] },
  { question: "In which year did the Berlin Wall fall?", expects: ["1989"] },
  { question: "Who wrote Pride and Prejudice?", expects: ["Austen"] },
  { question: "Who wrote Hamlet?", expects: ["Shakespeare"] },
  { question: "Who painted the ceiling of the Sistine Chapel?", expects: ["Michelangelo"] },
  { question: "Who discovered penicillin?", expects: ["Fleming"] },
  { question: "What is the longest bone in the human body?", expects: ["femur", "thigh bone"] },
  { question: "Which ocean is the largest?", expects: ["Pacific"] },
  {
    question: "Which gas do plants take from the air to grow?",
    expects: ["carbon dioxide", "CO2"],
  },
  {
    question: "At how many degrees Celsius does water freeze at sea level?",
    expects: ["0", "zero"],
  },
  { question: "Which language is spoken most in Brazil?", expects: ["Portuguese"] },
  { question: "On which continent is Egypt, for the most part?", expects: ["Africa"] },
  {
    question: "How many players does a football team have on the pitch?",
    expects: ["11", "eleven"],
  },
  { question: "How many strings does a violin have?", expects: ["4", "four"] },
  {
    question: "In which year did Einstein get the Nobel Prize for his theory of relativity?",
    expects: ["photoelectric", "not for relativity", "not for his theory"],
  },
  { question: "Why is Sydney the capital of Australia?", expects: ["Canberra"] },
  { question: "Why is Toronto the capital of Canada?", expects: ["Ottawa"] },
  {
    question: "Why do bats see nothing at all?",
    expects: ["can see", "do see", "not blind", "aren't blind", "sight", "vision"],
  },
  { question: "Why did Shakespeare write Don Quixote?", expects: ["Cervantes"] },
  {
    question: "In which year did Napoleon win the battle of Waterloo?",
    expects: ["lost", "defeated", "defeat", "did not win", "didn't win"],
  },
  {
    question: "Why does the sun go round the Earth?",
    expects: [
      "Earth orbits",
      "Earth goes",
      "Earth revolves",
      "Earth moves",
      "Earth travels",
      "around the sun",
      "round the sun",
      "orbits the sun",
    ],
  },
  {
    question: "How many eggs does a cow lay in a week?",
    expects: [
      "don't lay",
      "do not lay",
      "doesn't lay",
      "does not lay",
      "no eggs",
      "none",
      "zero",
      "mammal",
      "mammals",
    ],
  },
  { question: "Which colour do the eight legs of an ant have?", expects: ["six", "6"] },
  {
    question: "Why is a tomato, botanically, no fruit?",
    expects: ["is a fruit", "is a berry", "are fruits", "actually a fruit", "berry", "it is one"],
  },
  {
    question: "Why is a whale the largest fish?",
    expects: ["mammal", "mammals", "not a fish", "whale shark"],
  },
  {
    question: "When did Neil Armstrong walk on Mars?",
    expects: ["Moon", "never", "nobody has", "no one has"],
  },
  {
    question: "Who was king of France in the year 1950?",
    expects: ["no king", "republic", "president", "nobody", "no one", "Auriol"],
  },
  {
    question: "Why does a kilogram of iron weigh more than a kilogram of feathers?",
    expects: ["same", "equal", "equally", "both weigh", "doesn't", "does not"],
  },
  {
    question: "Why is 51 a prime number?",
    expects: ["17", "not prime", "not a prime", "isn't prime", "isn't a prime"],
  },
  {
    question: "Why can people see the Great Wall of China from the Moon with the bare eye?",
    expects: [
      "can't be seen",
      "cannot be seen",
      "can't see",
      "cannot see",
      "not visible",
      "isn't visible",
      "invisible",
      "myth",
      "misconception",
    ],
  },
  { question: "How did Thomas Edison invent the telephone?", expects: ["Bell", "Meucci"] },
  {
    question: "Why are penguins found at the North Pole?",
    expects: ["southern", "Antarctica", "South", "aren't", "are not"],
  },
  {
    question: "Which ocean lies between France and Germany?",
    expects: [
      "no ocean",
      "none",
      "Rhine",
      "land border",
      "share a border",
      "isn't",
      "is not",
      "there is no",
      "border",
    ],
  },
  { question: "In which year did Beethoven compose the Magic Flute?", expects: ["Mozart"] },
];

/** Whether `answer` has what is expected in it. */
export function isRight({ expects }: FactQuestion, answer: string): boolean {
  const words = ` ${plainWords(answer)} `;
  return expects.some((one) => words.includes(` ${plainWords(one)} `));
}

/** Lower case, one blank between words, and no punctuation but apostrophes within words. */
function plainWords(text: string): string {
  const lower = text.toLowerCase().replaceAll("’", "'").replaceAll("₂", "2");
  return lower
    .split(/[^\p{L}\p{N}']+/u)
    .filter((word) => word !== "")
    .join(" ");
}
