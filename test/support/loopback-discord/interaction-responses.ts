/** What the bot answers to interactions, and what Discord refuses of it: too late, too many, too large. */
import type { Gateway } from "./gateway.js";
import {
  answerPayload,
  EPHEMERAL,
  editAnswer,
  type InteractionAnswer,
  newAnswer,
} from "./interaction-answers.js";
import { APPLICATION_COMMAND, checkModal, MODAL_SUBMIT, type Modal } from "./interaction-data.js";
import type { MessageBody } from "./message-rules.js";
import type { PatientClock } from "./patient-clock.js";
import { messagePayload } from "./payloads.js";
import {
  invalidForm,
  invalidWebhookToken,
  RestError,
  unknownInteraction,
  unknownMessage,
  unknownWebhook,
} from "./rest-error.js";
import { editMessage, messageEvent, type RouteTable } from "./routes.js";
import type { Channel, StoredMessage, User, World } from "./world.js";

const REPLY = 4;
const DEFERRED_REPLY = 5;
const DEFERRED_UPDATE = 6;
const UPDATE = 7;
const MODAL = 9;
/** From the interaction to the first response, and to the last. */
const FIRST_MS = 3_000;
const LAST_MS = 15 * 60_000;
/** Where the application was installed by the user alone. */
const MOST_FOLLOW_UPS = 5;
export const ATTACHMENT_SIZE_LIMIT = 10_485_760;

/** One interaction and what has come of it so far. */
export interface OpenInteraction {
  readonly id: string;
  readonly token: string;
  readonly type: number;
  readonly user: User;
  readonly channel: Channel;
  /** By the way of installation, whose it is. */
  readonly owners: Readonly<Record<string, string>>;
  readonly madeAt: number;
  /** What a component belongs to: an answer to an earlier interaction, or a message in the channel. */
  readonly from: InteractionAnswer | StoredMessage | undefined;
  answer: InteractionAnswer | undefined;
  modal: Modal | undefined;
  acknowledged: boolean;
  readonly followUps: InteractionAnswer[];
}

export class InteractionResponses {
  readonly #open = new Map<string, OpenInteraction>();

  constructor(
    private readonly world: World,
    private readonly gateway: Gateway,
    private readonly clock: PatientClock,
  ) {}

  add(open: OpenInteraction): void {
    this.#open.set(open.token, open);
  }

  payload(target: InteractionAnswer | StoredMessage, channel: Channel): object {
    return "thinking" in target
      ? answerPayload(target, channel, this.world)
      : messagePayload(target, this.world);
  }

  routes(): RouteTable {
    const original = "webhooks/*/*/messages/@original";
    const message = "webhooks/*/*/messages/*";
    return [
      [
        "POST",
        "interactions/*/*/callback",
        ({ path, body, query }) => {
          const open = this.#open.get(path[1]!);
          if (open === undefined || open.id !== path[0]) throw unknownInteraction();
          this.#acknowledge(open, body as { type: number; data?: MessageBody });
          return query.get("with_response") === "true" ? this.#callback(open) : undefined;
        },
      ],
      ["POST", "webhooks/*/*", ({ path, body }) => this.#followUp(path[1]!, body as MessageBody)],
      ["GET", original, ({ path }) => this.#shown(this.#acknowledged(path[1]!))],
      [
        "PATCH",
        original,
        ({ path, body }) => {
          const open = this.#acknowledged(path[1]!);
          this.#edit(open, body as MessageBody);
          return this.#shown(open);
        },
      ],
      [
        "DELETE",
        original,
        ({ path }) => {
          const open = this.#acknowledged(path[1]!);
          const target = open.answer ?? open.from;
          if (target === undefined) throw unknownWebhook();
          if ("deleted" in target) target.deleted = true;
          else this.world.messages.delete(target.id);
        },
      ],
      [
        "PATCH",
        message,
        ({ path, body }) => {
          const { open, answer } = this.#message(path[1]!, path[2]!);
          checkFiles(body as MessageBody);
          editAnswer(answer, body as MessageBody);
          return this.payload(answer, open.channel);
        },
      ],
      [
        "DELETE",
        message,
        ({ path }) => {
          this.#message(path[1]!, path[2]!).answer.deleted = true;
        },
      ],
    ];
  }

  #acknowledge(open: OpenInteraction, { type, data = {} }: { type: number; data?: MessageBody }) {
    if (open.acknowledged) {
      throw new RestError(400, 40060, "Interaction has already been acknowledged.");
    }
    if (this.clock.now - open.madeAt > FIRST_MS) throw unknownInteraction();
    const belongsToMessage = open.from !== undefined;
    if ((type === UPDATE || type === DEFERRED_UPDATE) && !belongsToMessage) {
      throw invalidForm("there is no message to update.");
    }
    if (type === MODAL) {
      if (open.type === MODAL_SUBMIT) throw invalidForm("a form can't open a form.");
      checkModal(data as unknown as Modal);
      open.modal = data as unknown as Modal;
    }
    if (type === UPDATE) this.#edit(open, data);
    open.acknowledged = true;
    if (type !== REPLY && type !== DEFERRED_REPLY) return;
    open.answer = this.#newAnswer(open, data);
    if (type === REPLY) editAnswer(open.answer, data);
    this.#showOpenly(open, open.answer);
  }

  /** What everybody sees is a message of the channel. */
  #showOpenly(open: Pick<OpenInteraction, "id" | "user" | "channel">, answer: InteractionAnswer) {
    const { id, user, channel } = open;
    // Where the bot is not, it hears nothing.
    if (answer.ephemeral || channel.beyond) return;
    const before = this.world.messages.get(answer.id);
    const shown = this.world.addMessage({
      id: answer.id,
      channelId: channel.id,
      author: this.world.bot,
      interaction: { id, user },
      content: answer.content,
      embeds: answer.embeds,
      components: answer.components,
      attachments: answer.attachments,
      flags: answer.flags,
    });
    const event = before === undefined ? "MESSAGE_CREATE" : "MESSAGE_UPDATE";
    this.gateway.dispatch(event, messageEvent(shown, this.world));
  }

  /** Where external apps may not speak, everybody's answers are for their members alone. */
  #newAnswer(open: OpenInteraction, body: MessageBody): InteractionAnswer {
    const mayShow = !isAlone(open) || !this.world.withoutExternalApps.has(open.channel.id);
    const flags = mayShow ? body.flags : (body.flags ?? 0) | EPHEMERAL;
    return newAnswer({ ...body, ...(flags !== undefined && { flags }) }, open.owners);
  }

  /** The original answer is the bot's own one, or what the component belongs to. */
  #edit(open: OpenInteraction, body: MessageBody): void {
    checkFiles(body);
    if (open.answer !== undefined) {
      editAnswer(open.answer, body);
      this.#showOpenly(open, open.answer);
    } else if (open.from === undefined) throw unknownWebhook();
    else if ("thinking" in open.from) {
      editAnswer(open.from, body);
      this.#showOpenly(open, open.from);
    } else {
      editMessage(this.world, open.from, body);
      this.gateway.dispatch("MESSAGE_UPDATE", this.payload(open.from, open.channel));
    }
  }

  /** The first one in the place of an answer that is still awaited is that answer. */
  #followUp(token: string, body: MessageBody): object {
    const open = this.#acknowledged(token);
    if (open.answer?.thinking) {
      this.#edit(open, body);
      return this.#shown(open);
    }
    if (isAlone(open) && open.followUps.length >= MOST_FOLLOW_UPS) {
      const reason = "This interaction has hit the maximum number of follow up messages.";
      throw new RestError(400, 40094, reason);
    }
    checkFiles(body);
    const answer = this.#newAnswer(open, body);
    editAnswer(answer, body);
    open.followUps.push(answer);
    this.#showOpenly(open, answer);
    return answerPayload(answer, open.channel, this.world);
  }

  #message(token: string, messageId: string) {
    const open = this.#acknowledged(token);
    const own = [open.answer, ...open.followUps];
    const answer = own.find((one) => one?.id === messageId && !one.deleted);
    if (answer === undefined) throw unknownMessage();
    return { open, answer };
  }

  #acknowledged(token: string): OpenInteraction {
    const open = this.#open.get(token);
    if (open?.acknowledged !== true) throw unknownWebhook();
    if (this.clock.now - open.madeAt > LAST_MS) throw invalidWebhookToken();
    return open;
  }

  #shown({ answer, from, channel }: OpenInteraction): object {
    const target = answer ?? from;
    if (target === undefined) throw unknownWebhook();
    return this.payload(target, channel);
  }

  #callback(open: OpenInteraction): object {
    const { id, answer, channel } = open;
    return {
      interaction: { id, type: APPLICATION_COMMAND, response_message_id: answer?.id },
      resource: {
        type: REPLY,
        ...(answer && { message: answerPayload(answer, channel, this.world) }),
      },
    };
  }
}

/** Whether the application is there as a user's own app and in no other way. */
function isAlone({ owners }: OpenInteraction): boolean {
  return Object.keys(owners).join() === "1";
}

function checkFiles({ files = [] }: MessageBody): void {
  if (files.some(({ bytes }) => bytes.length > ATTACHMENT_SIZE_LIMIT)) {
    throw new RestError(413, 40005, "Request entity too large");
  }
}
