/** The ten quick questions. */
export const CALIBRATION = {
  question:
    "{bar} Question {number} of {total}\nSomebody asks: “{prompt}” **Which answer would you rather get?**",
  skip: "Skip",
  stop: "Stop here",
  nothingToAsk: "Members agree about answers so far, so there is nothing to ask you.",
  doneEarly:
    "Done after {answers, plural, one {# answer} other {# answers}}: I know enough, and nothing else would tell me much.",
  stopped: "Stopped; nothing was changed.",
  done: "Done, thank you for {answers, plural, one {# answer} other {# answers}}!",
} as const;
