import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DiscordFiles, FileUnreadableError } from "../../src/discord/enclosures/discord-files.js";
import { pictureType, textIn } from "../../src/discord/enclosures/file-bytes.js";
import { pictureAddresses } from "../../src/discord/enclosures/picture-addresses.js";
import { plainWords, quotation } from "../../src/discord/messages/message-parts.js";
import { arbitraryText } from "../support/arbitrary-text.js";

const BEGINNINGS: Readonly<Record<string, string>> = {
  "image/png": "\x89PNG\r\n\x1a\n",
  "image/jpeg": "\xff\xd8\xff\xe0",
  "image/gif": "GIF89a",
  "image/webp": "RIFF\x01\x02\x03\x04WEBP",
};

describe("a file's bytes", () => {
  it("are text exactly where they are UTF-8 without control characters", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
        const clean = text.replace(/\p{Cc}/gu, "");
        fc.pre(!clean.startsWith("\ufeff"));
        expect(textIn(Buffer.from(clean))).toBe(clean);
        expect(textIn(Buffer.from(`${clean}\0`))).toBeUndefined();
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = textIn(bytes);
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
        if (text !== undefined) expect(text).not.toMatch(/[\x00-\x08]/);
      }),
    );
  });

  it("may end in the middle of a character", () => {
    const bytes = Buffer.from("grün 🌿");
    for (let end = 0; end <= bytes.length; end++) {
      expect("grün 🌿").toContain(textIn(bytes.subarray(0, end)));
    }
  });

  it("are text as Windows writes it", () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("grün", "utf16le")]);
    expect(textIn(bytes)).toBe("grün");
    expect(textIn(Buffer.from("\ufeffgrün"))).toBe("grün");
  });

  it("are a picture by how they begin, and nothing else is", () => {
    for (const [type, beginning] of Object.entries(BEGINNINGS)) {
      expect(pictureType(Buffer.from(`${beginning}rest`, "latin1"))).toBe(type);
      expect(pictureType(Buffer.from(beginning.slice(1), "latin1"))).toBeUndefined();
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 20 }), (bytes) => {
        const text = Buffer.from(bytes).toString("latin1");
        fc.pre(!/^(?:\x89PNG|\xff\xd8|GIF8|RIFF)/.test(text));
        expect(pictureType(bytes)).toBeUndefined();
      }),
    );
  });
});

describe("quoted words", () => {
  it("never leave their quotation, whatever they hold", () => {
    fc.assert(
      fc.property(arbitraryText(), (text) => {
        const lines = quotation("File:", plainWords(text)).split(/\r\n|[\n\r\u2028\u2029]/);
        expect(lines[0]).toBe("File:");
        for (const line of lines.slice(1)) expect(line.startsWith("> ")).toBe(true);
      }),
    );
  });
});

describe("where files are read from", () => {
  const files = new DiscordFiles();
  const { signal } = new AbortController();

  it("is Discord's hosts and no other address", async () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.string(),
      fc.constantFrom(
        "http://cdn.discordapp.com/a",
        "https://cdn.discordapp.com:8443/a",
        "https://cdn.discordapp.com@example.com/a",
        "https://example.com/cdn.discordapp.com",
        "https://cdn.discordapp.com.evil.example/a",
        "https://user@cdn.discordapp.com/a",
        "https://169.254.169.254/latest",
        "https://[::1]/a",
        "data:text/plain,x",
      ),
    );
    await fc.assert(
      fc.asyncProperty(address, async (url) => {
        await expect(files.read(url, 10, signal)).rejects.toThrow("not on one of Discord's hosts");
        await expect(files.read(url, 10, signal)).rejects.toBeInstanceOf(FileUnreadableError);
      }),
    );
  });

  it("is a smaller picture on Discord's media host, where there is one", () => {
    const size = fc.option(fc.integer({ min: 1, max: 20_000 }), { nil: null });
    const proxyURL = "https://media.discordapp.net/attachments/1/2/a.png?ex=1&is=2&hm=3&";
    const url = "https://cdn.discordapp.com/attachments/1/2/a.png?ex=1&is=2&hm=3&";
    fc.assert(
      fc.property(size, size, (width, height) => {
        const about = { contentType: "image/png", width, height, url, proxyURL };
        const addresses = pictureAddresses(about).map((one) => new URL(one));
        expect(addresses.at(-1)!.href).toBe(url);
        const scaled = addresses.length > 1 ? addresses[0]!.searchParams : undefined;
        expect(scaled !== undefined).toBe(Math.max(width ?? 0, height ?? 0) > 1_024);
        for (const side of scaled ? ["width", "height"] : []) {
          expect(Number(scaled!.get(side))).toBeGreaterThanOrEqual(1);
          expect(Number(scaled!.get(side))).toBeLessThanOrEqual(1_024);
          expect(scaled!.get("hm")).toBe("3");
        }
      }),
    );
  });
});
