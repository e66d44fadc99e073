/** A command that a runner would obey. */
export interface ObeyedCommand {
  readonly name: string;
  readonly data: string;
}

/**
 * The commands that a runner finds in a log, as its ActionCommandManager does: a line that begins with `::name`, or
 * that holds `##[name]` anywhere; between stop-commands and its token none but the token.
 */
export function obeyedCommands(log: string): ObeyedCommand[] {
  const obeyed: ObeyedCommand[] = [];
  let until: string | undefined;
  for (const line of log.split(/\r\n|\r|\n/)) {
    const [, name, data = ''] =
      /^\s*::([^\s:]+)(?:\s[^]*?)?::(.*)$/.exec(line) ?? /##\[([\w-]+)[^\]]*\](.*)$/.exec(line) ?? [];
    if (name === undefined) continue;
    if (until !== undefined) {
      if (name === until) until = undefined;
      continue;
    }
    if (name === 'stop-commands') until = data;
    else obeyed.push({ name, data });
  }
  return obeyed;
}
