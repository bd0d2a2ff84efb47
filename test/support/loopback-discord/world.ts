/** What the loopback Discord knows: users, servers, channels, messages, reactions. Plain state. */
import type { ComponentRow } from "./interaction-answers.js";
import { snowflake } from "./snowflakes.js";

export interface User {
  readonly id: string;
  readonly username: string;
  readonly bot: boolean;
}

export interface Channel {
  readonly id: string;
  /** Undefined for a direct message channel. */
  readonly guildId: string | undefined;
  readonly name: string;
  readonly recipient?: User;
  /** Of a direct message or a group that the bot is not part of. */
  readonly people?: readonly User[];
  /** True where the bot is not: people take it along as their own app, and no request reaches the channel. */
  readonly beyond?: true;
  /** The channel that a thread belongs to. */
  readonly parentId?: string;
  /** Discord's number for the kind of channel; that of a text channel where not given. */
  readonly type?: number;
  /** What is different here for a role or a user. */
  overwrites?: readonly Overwrite[];
}

export interface Overwrite {
  readonly id: string;
  /** 0 for a role, 1 for a user. */
  readonly type: 0 | 1;
  readonly allow: string;
  readonly deny: string;
}

export interface Guild {
  readonly id: string;
  readonly name: string;
  readonly ownerId: string;
  /** The role that Discord made for the bot when it joined, and one of the members'. */
  readonly botRoleId: string;
  readonly memberRoleId: string;
  /** The bot's on the whole server, where they are not those of everybody. */
  botPermissions?: string;
}

export interface TeamMember {
  readonly user: User;
  readonly role: "admin" | "developer" | "read_only";
  /** False while they are invited. */
  readonly accepted: boolean;
}

export interface Team {
  readonly owner: User;
  readonly members: readonly TeamMember[];
}

export interface Attachment {
  readonly id: string;
  readonly name: string;
  /** The alternative text. */
  readonly description: string | undefined;
  readonly bytes: Uint8Array;
  readonly contentType?: string;
  /** Of a recording, in seconds. */
  readonly seconds?: number;
  /** Of a picture: its width and height. */
  readonly pixels?: readonly [width: number, height: number];
  /** Where it is said to be; at the loopback server where not given. */
  readonly url?: string;
  /** Where its address leads instead of to the file. */
  readonly redirect?: string;
}

/** What a message holds besides words and files. */
export interface MessageExtras {
  readonly stickers?: readonly string[];
  readonly poll?: { readonly question: string; readonly answers: readonly string[] };
  /** What is forwarded, as Discord copies it at that time. */
  readonly snapshot?: {
    readonly content: string;
    readonly attachments?: readonly Attachment[];
    readonly stickers?: readonly string[];
    readonly flags?: number;
  };
  /** The ids of the roles that are mentioned. */
  readonly roles?: readonly string[];
}

export interface Embed {
  readonly title?: string;
  readonly description?: string;
  readonly fields?: readonly { readonly name: string; readonly value: string }[];
  readonly footer?: { readonly text: string };
}

export interface StoredMessage {
  readonly id: string;
  readonly channelId: string;
  readonly author: User;
  content: string;
  embeds: Embed[];
  components: ComponentRow[];
  attachments: readonly Attachment[];
  flags: number;
  readonly mentions: readonly User[];
  readonly mentionsEveryone: boolean;
  readonly repliesTo: string | undefined;
  /** What is forwarded; its channel may be another. */
  readonly forwards: StoredMessage | undefined;
  readonly extras: MessageExtras;
  /** The call of a command that it answers. */
  readonly interaction: { readonly id: string; readonly user: User } | undefined;
  /** Of a thread's first message: the message that the thread is made from. */
  readonly starter: StoredMessage | undefined;
  /** As the sender gave it. */
  readonly allowedMentions: unknown;
  editedAt: string | undefined;
  /** By emoji, the users in the order of their reactions. */
  readonly reactions: Map<string, string[]>;
  /** The same of super reactions. */
  readonly superReactions: Map<string, string[]>;
}

export class World {
  readonly bot: User = { id: snowflake(), username: "attune", bot: true };
  readonly users = new Map<string, User>([[this.bot.id, this.bot]]);
  readonly guilds = new Map<string, Guild>();
  readonly channels = new Map<string, Channel>();
  /** In the order of sending. */
  readonly messages = new Map<string, StoredMessage>();
  /** What the bot has sent, by the nonce that it came with. */
  readonly nonces = new Map<string, StoredMessage>();
  /** Ids of the users who may manage every server. */
  readonly managers = new Set<string>();
  /** The preferred locales of some servers, by their id. */
  readonly guildLocales = new Map<string, string>();
  /** Ids of the users who have installed the application for themselves. */
  readonly installed = new Set<string>();
  /** Ids of the users who are on no server that the bot is on. */
  readonly strangers = new Set<string>();
  /** Ids of the channels in which nobody may use external apps publicly, and may attach files. */
  readonly withoutExternalApps = new Set<string>();
  readonly withoutFiles = new Set<string>();
  commands: Record<string, unknown>[] = [];
  /** Who has made the application. */
  readonly developer: User;
  /** What its developer has switched in the Developer Portal. */
  portal: Record<string, unknown> = {};
  /** How many more times the bot may start today. */
  startsLeft = 1000;
  /** The team that the application belongs to, where it is not the developer's alone. */
  team: Team | undefined;

  constructor() {
    this.developer = this.addUser("developer");
  }

  addUser(username: string): User {
    const user = { id: snowflake(), username, bot: false };
    this.users.set(user.id, user);
    return user;
  }

  removeGuild(guildId: string): void {
    this.guilds.delete(guildId);
    for (const { id, guildId: own } of this.channels.values()) {
      if (own === guildId) this.channels.delete(id);
    }
  }

  /** With its threads and all their messages. */
  removeChannel(channelId: string): void {
    for (const { id, parentId } of this.channels.values()) {
      if (id !== channelId && parentId !== channelId) continue;
      this.channels.delete(id);
      for (const message of this.messagesIn(id)) this.messages.delete(message.id);
    }
  }

  addGuild(name: string, id: string = snowflake()): Guild {
    const guild = {
      id,
      name,
      ownerId: this.addUser("owner").id,
      botRoleId: snowflake(),
      memberRoleId: snowflake(),
    };
    this.guilds.set(guild.id, guild);
    return guild;
  }

  addChannel(guildId: string | undefined, name: string, recipient?: User, type?: number): Channel {
    const channel = {
      id: snowflake(),
      guildId,
      name,
      ...(recipient && { recipient }),
      ...(type !== undefined && { type }),
    };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** A channel of a server that the bot is not on. */
  addForeignChannel(name: string): Channel {
    const channel: Channel = { id: snowflake(), guildId: snowflake(), name, beyond: true };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** Direct messages between people: of two, or a group. */
  addPrivateChannel(...people: readonly User[]): Channel {
    const name = people.map(({ username }) => username).join(", ");
    const channel: Channel = { id: snowflake(), guildId: undefined, name, people, beyond: true };
    this.channels.set(channel.id, channel);
    return channel;
  }

  /** A thread that is made from a message has its id, and begins with a message that refers to it. */
  addThread(parent: Channel, name: string, starter?: StoredMessage): Channel {
    const id = starter?.id ?? snowflake();
    const thread = { id, guildId: parent.guildId, name, parentId: parent.id };
    this.channels.set(thread.id, thread);
    if (starter) this.addMessage({ channelId: id, author: starter.author, content: "", starter });
    return thread;
  }

  addMessage(
    message: Pick<StoredMessage, "channelId" | "author" | "content"> & Partial<StoredMessage>,
  ): StoredMessage {
    const stored: StoredMessage = {
      id: snowflake(),
      embeds: [],
      components: [],
      attachments: [],
      flags: 0,
      mentions: [],
      mentionsEveryone: false,
      repliesTo: undefined,
      forwards: undefined,
      extras: {},
      interaction: undefined,
      starter: undefined,
      allowedMentions: undefined,
      editedAt: undefined,
      reactions: new Map(),
      superReactions: new Map(),
      ...message,
    };
    this.messages.set(stored.id, stored);
    return stored;
  }

  /** The messages of a channel, oldest first. */
  messagesIn(channelId: string): StoredMessage[] {
    return [...this.messages.values()]
      .filter((message) => message.channelId === channelId)
      .sort((first, second) => (BigInt(first.id) < BigInt(second.id) ? -1 : 1));
  }
}
