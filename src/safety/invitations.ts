/**
 * Addresses that would take a reader into a server, or give an application or a stranger a way in.
 * Addresses are parsed as a browser does, so that ports, escapes and dots hide nothing.
 */
import { foldedText } from "./folded-text.js";

const MARK = "[invitation removed]";
/** Everything below these is an invitation or a gift. */
const INVITING_HOSTS = [
  "discord.gg",
  "discord.gift",
  "discord.new",
  "discord.me",
  "discord.io",
  "discord.li",
  "discord.link",
  "dsc.gg",
  "invite.gg",
  "watchanimeattheoffice.com",
];
const DISCORD_HOSTS = ["discord.com", "discordapp.com", "discord.co"];
const INVITING_PATHS = new Set(
  "invite invites oauth2 template templates gift gifts ra activate billing servers discovery application-directory guild-discovery events".split(
    " ",
  ),
);
/** What may stand before such a path: the API, its version, a language. */
const PATH_START = /^(?:api|v\d{1,3}|[a-z]{2}(?:-[a-z\d]{2,4})?)$/;
/** Where one is led on to, in a query or behind a number sign. */
const LED_ON = /\/(?:invites?|oauth2\/authorize|template|gifts?)[/?]/i;

const ADDRESS = /https?:[^\s<>"]+/gi;
/** Discord's own scheme opens what is behind it at once. */
const OWN_SCHEME = /discord:\/{1,3}[^\s<>"]{1,300}/gi;
/** How it is said among those who know. */
const SHORT = /(?<![\p{L}\p{N}])\.gg\/[\w-]{2,100}/giu;
const TRAILING = /[.,;:!?()[\]{}'*_~|`\\]/;
/** A sign that may be escaped, marked or set apart, as in "discord . gg \/ abc". */
const JUNK = String.raw`[\s\\*_~|\x60]{0,4}`;
const DOT = String.raw`(?:${JUNK}[[(]?(?:[.。․｡·‧]|%2e)[\])]?${JUNK}|\s{1,2}[[(]?dot[\])]?\s{1,2})`;
const SLASH = `${JUNK}(?:[/⁄∕⧸?#]|%2f)${JUNK}`;
const NAME = ["discord", "dsc", "invite"].map(apart).join("|");
/** Set apart from its name, an ending is mostly the next sentence's first word. */
const HOST = String.raw`(?:(?:${NAME})${DOT}(?:g\s?g|gift|com)|(?:discordapp|discord)\.(?:com?|new|me|io|li|link))`;
const HOSTS = new RegExp(HOST, "giu");
/** Addresses may be written one behind the other. */
const NEXT_ADDRESS = /(?=https?:)/i;
const SPELLED = new RegExp(
  String.raw`^${HOST}\.?(?::\d{0,5})?(?:${SLASH}[^\s<>"/?#]{0,200}){1,8}`,
  "iu",
);
/** More of what follows a host is not looked at. */
const LONGEST_SPELLED = 2_000;

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** `text` with a mark in place of every invitation. Other addresses stay. */
export function withoutInvitations(text: string): string {
  const { text: folded, placeOf } = foldedText(text);
  const found = [...addressesIn(folded), ...spelledIn(folded)];
  let shown = "";
  let at = 0;
  for (const { start, end } of found.sort((first, second) => first.start - second.start)) {
    const [from, to] = [placeOf(start), placeOf(end)];
    if (from >= at) shown += text.slice(at, from) + MARK;
    at = Math.max(at, to);
  }
  return shown + text.slice(at);
}

function addressesIn(text: string): Stretch[] {
  const found: Stretch[] = [];
  for (const { 0: run, index } of text.matchAll(ADDRESS)) {
    let start = index;
    for (const address of run.split(NEXT_ADDRESS)) {
      const bare = withoutTrailing(address);
      if (invites(bare)) found.push({ start, end: start + bare.length });
      start += address.length;
    }
  }
  return found;
}

function spelledIn(text: string): Stretch[] {
  const hosts = [...text.matchAll(HOSTS)].map(({ index }) => index);
  const spelled = hosts.flatMap((start, at) => {
    const end = Math.min(hosts[at + 1] ?? text.length, start + LONGEST_SPELLED);
    const written = SPELLED.exec(text.slice(start, end))?.[0];
    const bare = withoutTrailing(written ?? "");
    return invites(`https://${plain(bare)}`) ? [{ start, end: start + bare.length }] : [];
  });
  const others = [...text.matchAll(SHORT), ...text.matchAll(OWN_SCHEME)]
    .filter(({ 0: run }) => run.startsWith(".") || LED_ON.test(unescaped(run)))
    .map(({ 0: run, index }) => ({ start: index, end: index + withoutTrailing(run).length }));
  return [...spelled, ...others];
}

/** An address that is set apart, in one piece. */
function plain(spelled: string): string {
  return spelled
    .replace(/\s[[(]?dot[\])]?\s/i, ".")
    .replace(/[\s\\*~|`[\]()]/g, "")
    .replace(/^([a-z]{1,20})_/i, "$1")
    .replace(/[。․｡·‧]|%2e/gi, ".")
    .replace(/[⁄∕⧸]|%2f/gi, "/");
}

/** `word` also letter by letter. */
function apart(word: string): string {
  return word.split("").join(String.raw`\s?`);
}

function withoutTrailing(address: string): string {
  let end = address.length;
  while (end > 0 && TRAILING.test(address[end - 1]!)) end--;
  return address.slice(0, end);
}

/** A backslash is a slash to a browser, and an escape to a reader of Markdown. */
function invites(address: string): boolean {
  return (
    leadsInside(address) || (address.includes("\\") && leadsInside(address.replaceAll("\\", "")))
  );
}

function leadsInside(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { hostname, pathname, search, hash } = new URL(address);
  const host = hostname.toLowerCase().replace(/\.$/, "");
  const path = unescaped(unescaped(pathname))
    .toLowerCase()
    .split(/[/\\]/)
    .filter((part) => part !== "");
  if (isBelow(host, INVITING_HOSTS)) return path.length > 0 || hash.length > 1;
  if (!isBelow(host, DISCORD_HOSTS)) return leadsOn(search + hash);
  while (path[0] !== undefined && !INVITING_PATHS.has(path[0]) && PATH_START.test(path[0])) {
    path.shift();
  }
  const [first = "", ...rest] = path;
  if (LED_ON.test(unescaped(unescaped(search + hash)))) return true;
  return INVITING_PATHS.has(first) && (rest.length > 0 || search !== "" || hash !== "");
}

/** Whether the query of another site holds an invitation to lead on to. */
function leadsOn(query: string): boolean {
  const written = unescaped(unescaped(query));
  return written !== query && spelledIn(written).length > 0;
}

function isBelow(host: string, hosts: readonly string[]): boolean {
  return hosts.some((known) => host === known || host.endsWith(`.${known}`));
}

/** Of ASCII alone, which is enough to tell where it leads; no escape is too broken to read the others. */
function unescaped(path: string): string {
  return path.replace(/%([0-7][0-9a-f])/gi, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
