/** What a command, a button or a form is answered when it can't do its work. */
export const INTERACTIONS = {
  notAllowed:
    "Discord does not let me do that here. It may be my permissions in this channel, or the rules for messages (AutoMod): an admin can look.",
  notSaved:
    "I can't save anything at the moment, so this was not saved. Please try again in a few minutes.",
  unknown:
    "I don't know that button or command, or it is out of date. Please call the command again.",
  serversOnly: "That works only on a server, not in direct messages.",
  notOnServer: "I am not on this server, so there is nothing here that I can change.",
  managersOnly: "That is for those who may manage this server: it needs Manage Server.",
  ownersOnly:
    "That acts on every server that I am on, so it belongs to those who run me: the owner or the team of the application.",
} as const;
