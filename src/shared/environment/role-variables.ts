/** The environment variable of the role: what a process does, where several make up the bot. */
import { z } from "zod";
import { isPostgresUrl } from "./store-url.js";

const ROLES = ["all", "bot", "trainer"] as const;

/** `bot` answers on Discord, `trainer` learns and tidies up, `all` does both. */
export type Role = (typeof ROLES)[number];

/** The part of the configuration's schema that is about roles. */
export const ROLE_VARIABLES = {
  ROLE: z.enum(ROLES, "should be bot, trainer or all").default("all"),
};

interface RoleValues {
  readonly ROLE: Role;
  readonly STORE_URL: string;
  readonly DISCORD_TOKEN?: string | undefined;
}

/** Adds what is wrong with the role beside other variables. */
export function checkRole(values: RoleValues, context: z.RefinementCtx): void {
  const { ROLE: role, STORE_URL: url, DISCORD_TOKEN: token } = values;
  if (role === "all") return;
  if (!isPostgresUrl(url)) {
    const message =
      "should be all while everything is stored in a file of SQLite, which one process alone can use: for several set STORE_URL to a database of PostgreSQL (postgres://user:password@host:5432/attune), which npm run store -- move fills";
    context.addIssue({ code: "custom", path: ["ROLE"], message });
  }
  if (role === "bot" && token === undefined) {
    const message = "needs DISCORD_TOKEN for a bot; a trainer needs none";
    context.addIssue({ code: "custom", path: ["ROLE"], message });
  }
}
