/** What members can do with commands, menus, buttons and forms, as interactions. */
import type { CommandOption } from "../support/loopback-discord/interaction-data.js";
import { type Act, captured, type GatewayEvent } from "./events.js";
import type { FuzzWorld } from "./fuzz-world.js";

const STRING = 3;
const INTEGER = 4;
const BOOLEAN = 5;
const CHANNEL = 7;

/** `/profile view` and `/status` draw a picture each time, and so come less often. */
const COMMANDS: readonly (readonly [name: string, subcommand?: string])[] = [
  ...["calibrate", "undo", "pause", "start", "consent", "reset", "export", "delete"].map(
    (subcommand) => ["profile", subcommand] as const,
  ),
  ["privacy"],
  ["ask"],
  ["report"],
  ...["view", "channels", "questions", "pooling", "report", "language"].map(
    (subcommand) => ["settings", subcommand] as const,
  ),
  ...["status", "restore"].map((subcommand) => ["retrain", subcommand] as const),
  ["profile", "no-such-subcommand"],
  ["no-such-command"],
];
const DRAWING = [["profile", "view"], ["status"], ["profile", "adjust"]] as const;
/** One in so many of the commands draws. */
const RARELY = 25;
const MENUS = [
  "Ask about this",
  "Why this answer?",
  "Answer without my profile",
  "Report this answer",
  "constructor",
];
const CHOICES = ["a", "b", "tie", "neither", "c", "", "undefined", "constructor"];

type Template = (world: FuzzWorld, act: Act) => GatewayEvent;

function command(world: FuzzWorld, { sender, text, pick }: Act): GatewayEvent {
  const list = pick % RARELY === 0 ? DRAWING : COMMANDS;
  const [name, subcommand] = list[Math.floor(pick / RARELY) % list.length]!;
  const options: CommandOption[] = [
    ["where", STRING, pick % 2 === 0 ? "here" : text],
    ["per-day", INTEGER, pick - 5],
    ["allowed", BOOLEAN, pick % 2 === 0],
    ["language", STRING, text],
    ["question", STRING, text],
    ["private", BOOLEAN, pick % 2 === 0],
    ["channel", CHANNEL, world.other],
  ];
  return captured(world, () =>
    world.discord.interactions.command(sender, world.channel, name, subcommand, options),
  );
}

function menu(world: FuzzWorld, { sender, pick }: Act): GatewayEvent {
  const messages = [...world.discord.world.messages.values()];
  const message = messages[pick % messages.length]!;
  const name = MENUS[pick % MENUS.length]!;
  return captured(world, () =>
    world.discord.interactions.contextMenu(sender, world.channel, name, message),
  );
}

/** Ids of buttons that there are, for whoever presses them and with whatever in them. */
function buttonId(world: FuzzWorld, { text, pick }: Act): string {
  const choice = CHOICES[pick % CHOICES.length]!;
  const someBallot = [...world.ballots.values()][pick % world.ballots.size]!.id;
  const ids = [
    `ballot:${choice}`,
    `ballot:${choice}`,
    `ballot:back:${someBallot}:${choice}`,
    `ballot:back:${text}:${choice}`,
    `consent:yes:${world.victim.id}`,
    `consent:no:${world.victim.id}`,
    "consent:yes",
    "consent:no",
    "consent:pool-yes",
    "consent:pool-no",
    `consent:${text}`,
    "calibrate:start",
    "calibrate:stop",
    `calibrate:1:${choice}`,
    `calibrate:${pick}:${choice}`,
    `calibrate:${text}:skip`,
    "profile:reset",
    "profile:delete-here",
    "profile:delete-everywhere",
    "profile:keep",
    `profile:${text}`,
    `why:${someBallot}`,
    `why:${text}`,
    "settings:everywhere",
    `ask:vote:${choice}`,
    "ask:on",
    "ask:back",
    `ask:${text}`,
    text,
  ];
  return ids[Math.floor(pick / CHOICES.length) % ids.length]!.slice(0, 100);
}

function press(world: FuzzWorld, act: Act): GatewayEvent {
  const ballots = [...world.ballots.values()];
  const from = ballots[act.pick % ballots.length]!;
  const id = buttonId(world, act);
  return captured(world, () =>
    world.discord.interactions.press(act.sender, world.channel, from, id),
  );
}

function select(world: FuzzWorld, { sender, text, pick }: Act): GatewayEvent {
  const [from] = [...world.ballots.values()];
  const menus: [string, readonly (string | FuzzWorld["channel"])[]][] = [
    ["settings:channels", [world.channel]],
    ["settings:channels", [text]],
    ["retrain:restore", [pick % 2 === 0 ? "starter" : text]],
    ["profile:nudge", [`${text}:0:high`]],
    ["profile:nudge", pick % 2 === 0 ? [] : ["starter:__proto__:low"]],
    [text, [text]],
  ];
  const [id, values] = menus[pick % menus.length]!;
  return captured(world, () =>
    world.discord.interactions.select(sender, world.channel, from!, id, values),
  );
}

function submit(world: FuzzWorld, { sender, text, pick }: Act): GatewayEvent {
  const [someBallot] = [...world.ballots.values()];
  const forms: readonly [customId: string, field: string][] = [
    ["report", "problem"],
    [`report:${text}:${world.channel.id}`, "problem"],
    [`ask:on:${someBallot?.id}`, "question"],
    [`ask:about:${someBallot?.id}`, "question"],
    ["ask:on", text],
    [`ask:about:${text}`, "question"],
  ];
  const [customId, field] = forms[pick % forms.length]!;
  const modal = {
    custom_id: customId,
    title: "A form",
    components: [{ type: 18, component: { type: 4, custom_id: field } }],
  };
  return captured(world, () =>
    world.discord.interactions.submit(sender, world.channel, modal, { [field]: text }),
  );
}

export const INTERACTIONS: readonly Template[] = [
  command,
  menu,
  press,
  press,
  press,
  select,
  submit,
];
