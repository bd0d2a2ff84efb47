/** The settings of a server in words, for its admin. */
import type { Config } from "../config.js";
import type { SettingsRecord } from "../store/records.js";

export function settingsText(
  settings: SettingsRecord,
  defaults: Pick<Config, "questionsPerDay">,
): string {
  const { channelIds, language, pooledTraining, questionsPerDay, reportChannelId } = settings;
  const channels = channelIds?.map((id) => `<#${id}>`).join(", ") ?? "everywhere";
  const questions = questionsPerDay ?? `${defaults.questionsPerDay} (the default)`;
  const pooling = pooledTraining === false ? "not allowed" : "allowed, for members who said yes";
  const reports = reportChannelId === undefined ? "nowhere" : `<#${reportChannelId}>`;
  return [
    `**Channels** in which I may speak: ${channels}`,
    `**Questions** to a member in a day at most: ${questions}`,
    `**Pooled training** with votes from here: ${pooling}`,
    `**Reports** go to: ${reports}`,
    `**Language** of the questions where there are none in the member's own: ${language ?? "en"}`,
  ].join("\n");
}
