/** The words in pictures. They have to fit: a test looks. */
export const PICTURES = {
  title: "Your taste in answers",
  nothingKnown: "nothing is known yet",
  votes: "after {votes, plural, one {# vote} other {# votes}}",
  you: "you",
  interval: "90 % certain to be in here",
  average: "rough average on this server",
  noAverage: "no average yet: it takes twenty members who share theirs",
  versions: "Held-out votes predicted right, by version",
  oldest: "oldest",
  newest: "newest; large: answers now",
  versionsAlt: "Held-out votes predicted right, from the oldest version to the newest: {figures}.",
} as const;
