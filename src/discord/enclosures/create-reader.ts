/** The reader of what comes with messages, with what the configured server can do. */
import type { Services } from "../../compose.js";
import { Transcriptions } from "../../conversation/model-server/transcriptions.js";
import type { Log } from "../../shared/log.js";
import { DiscordFiles } from "./discord-files.js";
import { EnclosureReader } from "./enclosure-reader.js";

export function createEnclosureReader(
  { config, limits, servers, spending }: Services,
  fileOrigins: readonly string[] | undefined,
  log: Log,
): EnclosureReader {
  const { openai, transcriptionModel } = config;
  const { requestsAtOnce } = config.limits;
  const models = [servers.first, servers.second].flatMap((server) => server?.all() ?? []);
  return new EnclosureReader({
    files: new DiscordFiles(fileOrigins),
    reads: config.readAttachments,
    // Which of them answers depends on the place; one that sees nothing says so then.
    seesPictures: () => models.some(({ takesPictures }) => takesPictures),
    transcriptions:
      openai === undefined || transcriptionModel === undefined
        ? undefined
        : new Transcriptions(
            openai,
            transcriptionModel,
            spending.chat,
            { requestsAtOnce },
            spending.hold,
          ),
    maySpend: (asker) => limits.outOfTokens(asker) === undefined,
    log,
  });
}
