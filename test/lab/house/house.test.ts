import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { drawHouse } from "../../../src/lab/house/draw-house.js";
import { readImports, roomOf, withoutDetours } from "../../../src/lab/house/imports.js";

describe("the map of the house", () => {
  it("shows the code as it is: run `npm run house` where this fails", async () => {
    const imports = await readImports(process.cwd());
    expect(imports.get("src/lab")).toContain("src/compose.ts");
    expect(readFileSync("docs/house.svg", "utf8")).toBe(await drawHouse(imports));
  });

  it("asks what a new room is for", async () => {
    const imports = new Map([["src/cellar", new Set(["models/algebra"])]]);
    await expect(drawHouse(imports)).rejects.toThrow(/src\/cellar is new: say/);
  });
});

describe("an import", () => {
  it("belongs to the room of its file", () => {
    expect(roomOf("src/store/schema.ts")).toBe("src/store");
    expect(roomOf("src/discord/gateway/bot.ts")).toBe("src/discord");
    expect(roomOf("models/algebra/random.ts")).toBe("models/algebra");
    expect(roomOf("commands/profile/view.ts")).toBe("commands");
    expect(roomOf("src/main.ts")).toBe("src/main.ts");
    expect(roomOf("node_modules/zod/index.js")).toBeUndefined();
    expect(roomOf("src/setup/start.mjs")).toBeUndefined();
  });

  it("is not drawn where it follows from others", () => {
    const imports = new Map([
      ["a", new Set(["b", "c", "d"])],
      ["b", new Set(["c"])],
      ["c", new Set(["d"])],
      ["d", new Set<string>()],
    ]);
    expect(withoutDetours(imports)).toEqual(
      new Map([
        ["a", new Set(["b"])],
        ["b", new Set(["c"])],
        ["c", new Set(["d"])],
        ["d", new Set()],
      ]),
    );
  });
});
