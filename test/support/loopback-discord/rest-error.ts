/** An answer that refuses a request, with Discord's own code. */
export class RestError extends Error {
  override readonly name = "RestError";

  constructor(
    readonly status: number,
    readonly code: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export const unknownMessage = () => new RestError(404, 10008, "Unknown Message");
export const unknownChannel = () => new RestError(404, 10003, "Unknown Channel");
export const missingAccess = () => new RestError(403, 50001, "Missing Access");
export const unknownMember = () => new RestError(404, 10007, "Unknown Member");
export const invalidWebhookToken = () => new RestError(401, 50027, "Invalid Webhook Token");
export const unknownInteraction = () => new RestError(404, 10062, "Unknown interaction");
export const unknownWebhook = () => new RestError(404, 10015, "Unknown Webhook");
export const invalidForm = (problem: string) =>
  new RestError(400, 50035, `Invalid Form Body: ${problem}`);
