/**
 * Addresses that would take a reader into a server, or give an application or a stranger a way in.
 * Addresses are parsed as a browser does, so that ports, escapes and dots hide nothing.
 */

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
];
const DISCORD_HOSTS = ["discord.com", "discordapp.com"];
const INVITING_PATHS = new Set(
  "invite invites oauth2 template templates gift gifts ra activate".split(" "),
);
/** What may stand before such a path: the API, its version, a language. */
const PATH_START = /^(?:api|v\d{1,3}|[a-z]{2}-[a-z]{2})$/;

const ADDRESS = /https?:[^\s<>"]+/gi;
const TRAILING = /[.,;:!?()[\]{}'*_~|`\\]/;
/** A sign that may be escaped or set apart, as in "discord . gg \/ abc". */
const DOT = String.raw`[\s\\]{0,3}[.。．․｡]\s{0,2}`;
const SLASH = String.raw`[\s\\]{0,3}[/／⁄∕?#]\s{0,2}`;
const HOST = `(?:discord(?:app)?|dsc|invite)${DOT}(?:com|gg|gift|new|me|io|li|link)`;
/** Addresses may be written one behind the other. */
const NEXT_HOST = new RegExp(`(?=${HOST})`, "iu");
const NEXT_ADDRESS = /(?=https?:)/i;
const SPELLED = new RegExp(
  String.raw`${HOST}\.?(?::\d{0,5})?(?:${SLASH}[^\s<>"/?#]{0,200}){1,8}`,
  "giu",
);

/** `text` with a mark in place of every invitation. Other addresses stay. */
export function withoutInvitations(text: string): string {
  return text
    .replace(ADDRESS, (found) => found.split(NEXT_ADDRESS).map(withoutInvitation).join(""))
    .split(NEXT_HOST)
    .map((part) => part.replace(SPELLED, spelled))
    .join("");
}

function withoutInvitation(address: string): string {
  const bare = withoutTrailing(address);
  return invites(bare) ? MARK + address.slice(bare.length) : address;
}

function spelled(found: string): string {
  const bare = withoutTrailing(found);
  const address = bare
    .replace(/[\s\\]/g, "")
    .replace(/[。．․｡]/g, ".")
    .replace(/[／⁄∕]/g, "/");
  return invites(`https://${address}`) ? MARK + found.slice(bare.length) : found;
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
  if (isBelow(host, INVITING_HOSTS)) return path.length > 0;
  if (!isBelow(host, DISCORD_HOSTS)) return false;
  while (path[0] !== undefined && PATH_START.test(path[0])) path.shift();
  const [first = "", ...rest] = path;
  return INVITING_PATHS.has(first) && (rest.length > 0 || search !== "" || hash !== "");
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
