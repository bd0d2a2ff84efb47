import { describe, expect, it } from "vitest";
import { ConfigError, readConfig } from "../../../src/config.js";
import { secretsOf } from "../../../src/safety/secrets.js";

describe("the address of the store", () => {
  it.each([
    "postgres://attune:p%40ss%3A%2F@localhost:5432/attune",
    "postgresql://attune@10.0.0.1/attune?sslmode=require",
  ])("may be a database of PostgreSQL: %s", (STORE_URL) => {
    expect(readConfig({ STORE_URL }).storeUrl).toBe(STORE_URL);
  });

  it.each([
    "postgres://attune:hidden-password@localhost:5432",
    "postgres://attune:hidden-password@localhost:5432/",
    "postgres://attune:hidden-password@local host/attune",
    "postgres://attune:hidden-password%@localhost/attune",
    "postgres:///attune",
    "mysql://attune:hidden-password@localhost/attune",
  ])("has to name a host and a database, and is not repeated: %s", (STORE_URL) => {
    let said = "";
    try {
      readConfig({ STORE_URL });
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      said = (error as Error).message;
    }
    expect(said).toMatch(/STORE_URL should .*postgres:\/\/user:password@host:5432\/attune/);
    expect(said).not.toContain("hidden-password");
  });

  it("has a password that is never logged", () => {
    const { storeUrl } = readConfig({ STORE_URL: "postgres://a:p%40ssword-1@h/attune" });
    expect(secretsOf({ storeUrl })).toEqual(["p@ssword-1"]);
  });
});
