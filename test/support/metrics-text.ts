/** Reads what Prometheus reads: the text format of metrics. */

/** The value of a series, as `attune_votes_total{change="cast"}`; undefined where it is not there. */
export function seriesValue(text: string, series: string): number | undefined {
  const line = text.split("\n").find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

/** Every metric by name, with its type. */
export function metricTypes(text: string): Map<string, string> {
  return new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name!, type!]),
  );
}
