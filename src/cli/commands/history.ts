import { pastFromFiles } from '../../collect/config/files/index.js';
import { historyOf } from '../../evaluate/index.js';
import { UsageError } from '../../model/errors.js';
import type { History } from '../../model/history.js';
import { historyJson, historyText } from '../../report/index.js';
import { exitCodes, failOnOf } from '../exit-codes.js';
import { historyExitCode } from '../history-exit-code.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../load-policies.js';
import { parseTime, parseWindow } from '../parse-time.js';
import { parseScope } from '../source-options.js';
import { columnsOf, wantsColor, type Terminal } from '../terminal.js';
import { version } from '../version.js';
import { checkWritable, writeFileWhole } from '../write-file.js';

/** As commander gives them: each declared in declarations/history.ts. */
interface HistoryOptions extends PolicyOptions {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly filesUntil?: string;
  readonly format: string;
  readonly output?: string;
  readonly failOn: string;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
}

type Write = (history: History, terminal: Terminal) => Iterable<string>;

const formats: Readonly<Record<string, Write>> = {
  text: (history, terminal) => historyText(history, { columns: columnsOf(terminal), color: wantsColor(terminal) }),
  json: (history) => historyJson(history),
};

/** `trailproof history`: when policies held over a window of time, and what began and ended it. */
export async function historyCommand(given: unknown, terminal: Terminal): Promise<number> {
  const options = given as HistoryOptions;
  const now = new Date();
  const window = parseWindow(options.from, options.to, now);
  const failOn = failOnOf(options.failOn);
  const write = formatOf(options.format);
  const scope = parseScope(given);
  const filesUntil = options.filesUntil === undefined ? undefined : parseTime('--files-until', options.filesUntil, now);
  const policies = readPolicies(options, true);
  if (!reportDiagnostics(policies, terminal)) return exitCodes.usage;
  if (options.output !== undefined) await checkWritable(options.output);
  const past = await pastFromFiles(options.source, { version: version(), scope, window, filesUntil });
  const history = await historyOf(past, policies.policies, { version: version(), noted: past.noted });
  await print(write(history, terminal), options, terminal);
  return historyExitCode(history, failOn, options.allowIncomplete === true);
}

async function print(chunks: Iterable<string>, { output, quiet }: HistoryOptions, terminal: Terminal): Promise<void> {
  if (output === undefined) {
    for (const chunk of chunks) terminal.stdout.write(chunk);
    return;
  }
  await writeFileWhole(output, chunks);
  if (quiet !== true) terminal.stderr.write(`Wrote ${output}\n`);
}

function formatOf(name: string): Write {
  const write = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (write !== undefined) return write;
  throw new UsageError(`There is no format '${name}' of a history.`, `One of ${Object.keys(formats).join(', ')}.`);
}
