/** From where a picture is read: made smaller by Discord where that helps, else as it was sent. No I/O. */
import type { Attachment } from "discord.js";

/** Models see no more than this of a picture, and each candidate's request carries it. */
const LARGEST_SIDE = 1_024;
/** Moving pictures, and those that servers of one's own often can't open: Discord makes others of them. */
const MADE_ANOTHER = /^image\/(?:gif|webp|avif|hei[cf])/i;

/**
 * Where to read `attachment`, the best address first. Discord's media host scales and converts, which its
 * clients ask of it as well; where it does not, there is the picture itself.
 */
export function pictureAddresses({
  contentType,
  height,
  proxyURL,
  url,
  width,
}: Pick<Attachment, "contentType" | "height" | "proxyURL" | "url" | "width">): string[] {
  const largest = Math.max(width ?? 0, height ?? 0);
  const becomesAnother = MADE_ANOTHER.test(contentType ?? "");
  if ((largest <= LARGEST_SIDE && !becomesAnother) || !URL.canParse(proxyURL)) return [url];
  const scaled = new URL(proxyURL);
  if (largest > LARGEST_SIDE) {
    const scale = LARGEST_SIDE / largest;
    scaled.searchParams.set("width", String(Math.max(1, Math.round((width ?? 1) * scale))));
    scaled.searchParams.set("height", String(Math.max(1, Math.round((height ?? 1) * scale))));
  }
  if (becomesAnother) scaled.searchParams.set("format", "png");
  return [scaled.href, url];
}
