/** `/privacy`: what is stored, why, how long, who else sees it, and how to delete it. */
export const PRIVACY = {
  stored: "**What I store about you**, and only after you said yes (`/profile consent`):",
  votes:
    "• which of two of _my_ answers you liked better, as numbers about the answers, and the profile that follows from it: to choose among my answers to you, and to tell the language model how you like them. Until you delete it.",
  answersWhileOpen:
    "• the two answers of a question, so that you can change your vote: while the question is open, for at most {days, plural, one {# day} other {# days}}.",
  answersEncrypted:
    "• the two answers of a question, so that you can change your vote: encrypted, for {days, plural, one {# day} other {# days}}.",
  reasons:
    "• which scales decided the choice of each reply and what was asked for, for “Why this answer?”: for {days, plural, one {# day} other {# days}}.",
  allowed:
    "• what you allow, in which language you use Discord, and how many questions I asked you today.",
  use: "Even without your yes: how much you, the channel and the server have used today, under a scrambled form of the id; for three days.",
  notStored:
    "**What I don't store**: what you write, your name, your attachments. I read a message only to answer it, and forget it an hour after our conversation.",
  seenBy: "**Who else sees your messages**: {service}",
  nobody: "nobody. No language model is set up; my answers come from a ready-made collection.",
  service:
    "the language model `{model}` at `{host}` gets the message that I answer, with its pictures, text files and voice message, and what was said before it in the same conversation, without your name or id. If you have allowed it, a few words on how you like answers go along, such as “Write about 60 words.”, without your id either; `/profile view` shows the very words, `/profile adjust` switches them off.",
  secondService: "If that does not answer, `{model}` at `{host}` gets the same instead.",
  training:
    "**Training**: I use your votes for others only after a second yes, without your id, and combined with the votes of at least four other members. {age}Your messages never train anything.",
  accountAge:
    "Votes of accounts younger than {days, plural, one {# day} other {# days}} wait until the account is old enough. ",
  deletion:
    "**Deletion**: `/profile delete` deletes at once, on this server or everywhere; it works in direct messages too. When I am removed from a server, I delete its data after {days, plural, one {# day} other {# days}}. `/profile export` gives you everything as a file.",
  questions: "Problems and questions: `/report`, or the admins of this server.",
} as const;
