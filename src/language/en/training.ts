/** `/retrain`: a training of the base rewards, its report, and why there is none. */
export const TRAINING = {
  progress: "Retraining: {bar} {percent} ({stage})",
  readingVotes: "reading the votes",
  choosingSettings: "choosing the settings",
  hiddenLayer: "trying a hidden layer",
  onEverybody: "training on everybody",
  comparing: "comparing with the present base rewards",
  done: "done",
  naming: "naming the base rewards",
  refitting: "refitting the profiles",
  adoptedAverage:
    "The new base rewards were adopted for what everybody likes: on {people} people that were held out the average taste alone makes their log-likelihood per vote better by {mean} (90% interval {low} to {high}), and tastes of their own do not.",
  adopted:
    "The new base rewards were adopted: on {people} people that were held out their log-likelihood per vote is better by {mean} (90% interval {low} to {high}).",
  guessing:
    "The new base rewards were not adopted: on {people} people that were held out they predict no better than guessing, so the votes so far show no taste that members share.",
  tooLittle:
    "The new base rewards were not adopted: on {people} people that were held out their log-likelihood per vote is better only by {mean} (90% interval {low} to {high}), which is too little to change them for.",
  chance:
    "The new base rewards were not adopted: on {people} people that were held out their log-likelihood per vote is better only by {mean} (90% interval {low} to {high}), which can be chance.",
  differs:
    "The new base rewards were not adopted: on {people} people that were held out their log-likelihood per vote differs from the present one's by {mean} (90% interval {low} to {high}).",
  tooFew:
    "The new base rewards were not adopted: {people, plural, one {# person} other {# people}} could be held out, and fewer than {minimum} can't tell whether they are better.",
  answerNow: "They answer from now on, as version {version}; {refits}. To undo it: {command}",
  stay: "The present ones stay.",
  before: "Before: {figures}",
  after: "After: {figures}",
  figures:
    "{right} % of {votes} held-out votes predicted right, log-likelihood {likelihood} a vote",
  learned:
    "Learned from {votes} votes of {members} members in {seconds} s: {rank} base rewards, those that matter most first.",
  leftOut:
    "Left out: {members} of them, because they vote as one. Their own votes still choose their answers.",
  allRefitted: "every profile is refitted",
  refitsLeft:
    "{profiles, plural, one {# profile is still to be refitted, at the latest when it is next used} other {# profiles are still to be refitted, at the latest when they are next used}}",
  moreAxes: "• and {more} more",
  tooSoon: "There was a retraining by hand a moment ago; the next one is possible {when}.",
  inProgress: "A retraining is already running; try again when it is done.",
  noTrainer:
    "No process takes the training, so somebody has to start one with ROLE=trainer. It is done as soon as there is one.",
  takenOver: "Another process has taken the training over, so what came of it here is not used.",
  tooFewMembers:
    "Retraining needs two votes or more of at least {minimum} members who agreed to pooled training; so far there {members, plural, one {is #} other {are #}}. Until then everybody is answered with the present base rewards.",
  changedMeanwhile:
    "The base rewards were changed while the training ran, so its result was left aside. Run it again to hold it against those that answer now.",
  votesTakenBack:
    "Members took their votes back while the training ran, so what came of it is not used, and the present base rewards stay. Try again later.",
  notEnoughVotes:
    "Training base rewards needs more votes of more members than there are so far. Until then the present base rewards stay.",
  tooFewHeldOut:
    "Whether new base rewards are better shows on people that they were not trained on, and there are too few of them so far. Until then the present base rewards stay.",
  notRunning: "No training is running.",
  stored:
    "Version {version} answers; {versions, plural, one {# trained version is} other {# trained versions are}} stored.",
  noneYet: "There has been no training since the start.",
  last: "The last training:\n{report}",
  version: "{when}, {right} % of held-out votes ({version})",
  now: "Now: {version}",
  starter: "starter: seven axes, made by hand",
  whichVersion: "Which version of the base rewards should answer, on every server of this bot?",
  restored:
    "Version {version} answers from now on. Every profile is fitted to it when it is next used.",
  notRestorable:
    "That version can't answer here: it is no longer stored, or was trained elsewhere. `/retrain restore` lists those that can.",
} as const;
