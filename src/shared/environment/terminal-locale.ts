/** The locale of the terminal, from the variables that every program of a system reads for it. */

/** As `de_DE.UTF-8`; undefined where none is set. The first that is set counts, as everywhere. */
export function terminalLocale(environment: NodeJS.ProcessEnv): string | undefined {
  return environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || undefined;
}
