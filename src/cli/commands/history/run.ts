import { pastFromFiles } from '../../../collect/index.js';
import { historyOf, historyOfRuns } from '../../../history/index.js';
import type { LoadedPolicies } from '../../../policy/index.js';
import { historyHtml, historyJson, historyMarkdown, historyText } from '../../../report/index.js';
import { UsageError } from '../../../model/errors.js';
import type { History } from '../../../model/history.js';
import { exitCodes, failOnOf } from '../../process/exit-codes.js';
import { historyExitCode } from './exit-code.js';
import { lookInto } from './source.js';
import { callsOf, readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { flagOf, type FlagsGiven } from '../../source/flags-given.js';
import { parseTime, parseWindow } from '../../source/parse-time.js';
import { addToLedger } from './ledger-file.js';
import { parseScope, parseSilentAfter, parseSourceOptions, type SourceOptions } from '../../source/source-options.js';
import { columnsOf, wantsColor, type Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { checkWritable, fileOf, writeFileWhole } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';

/** As commander gives them: each declared in declare.ts. */
interface HistoryOptions extends PolicyOptions, FlagsGiven {
  readonly from: string;
  readonly to: string;
  readonly source: string;
  readonly filesUntil?: string;
  readonly silentAfter?: string;
  readonly aggregator?: string;
  readonly ledger?: string;
  readonly format: string;
  readonly output?: string | undefined;
  readonly failOn: string;
  readonly allowIncomplete?: true;
  readonly quiet?: true;
}

type Write = (history: History, terminal: Terminal) => Iterable<string>;

const formats: Readonly<Record<string, Write>> = {
  text: (history, terminal) => historyText(history, { columns: columnsOf(terminal), color: wantsColor(terminal) }),
  markdown: (history) => historyMarkdown(history),
  html: (history) => historyHtml(history),
  json: (history) => historyJson(history),
};

/** `trailproof history`: when policies held over a window of time, and what began and ended it. */
export async function historyCommand(given: unknown, terminal: Terminal): Promise<number> {
  const all = given as HistoryOptions;
  const options = { ...all, output: fileOf(all.output) };
  const now = new Date();
  const window = parseWindow(options.from, options.to, now);
  const failOn = failOnOf(options.failOn);
  const write = formatOf(options.format);
  const scope = parseScope(given);
  const filesUntil = options.filesUntil === undefined ? undefined : parseTime('--files-until', options.filesUntil, now);
  if (options.output !== undefined) await checkWritable(options.output);
  const silentAfterDays = parseSilentAfter(options.silentAfter);
  const history = await read(options, { window, scope, filesUntil, silentAfterDays }, terminal);
  if (history === undefined) return exitCodes.usage;
  await print(write(history, terminal), options, terminal);
  return historyExitCode(history, failOn, options.allowIncomplete === true);
}

interface Asked {
  readonly window: History['window'];
  readonly scope: SourceOptions['scope'];
  readonly filesUntil: string | undefined;
  readonly silentAfterDays: number | undefined;
}

/** Undefined when the policies have errors, which were printed. */
async function read(options: HistoryOptions, asked: Asked, terminal: Terminal): Promise<History | undefined> {
  const { source, ledger } = options;
  if (source === 'config') return await fromConfig(options, asked, terminal);
  if (fromAws.has(source)) {
    throw new UsageError(
      `--source ${source} has no window of time that history reads.`,
      "Use --source config, or give a folder of AWS Config's snapshots and history files, or of earlier results.json.",
    );
  }
  const { accounts, excludedAccounts } = asked.scope;
  if (ledger !== undefined && accounts.length + excludedAccounts.length > 0) {
    throw new UsageError(
      '--ledger keeps whole runs: with --account or --exclude-account findings of other accounts would look fixed.',
      'Leave one of them out.',
    );
  }
  const isMeant = (id: string): boolean =>
    (accounts.length === 0 || accounts.includes(id)) && !excludedAccounts.includes(id);
  const found = await lookInto(source, isMeant);
  refuseOfOthers(options, found.kind);
  if (found.kind === 'config') {
    if (ledger === undefined) return await ofConfig(options, asked, terminal);
    throw new UsageError(
      '--ledger works with earlier results only.',
      `${source} holds files of AWS Config: leave it out.`,
    );
  }
  const ofFiles = flagOfFiles(asked);
  if (ofFiles !== undefined) {
    throw new UsageError(
      `${ofFiles} works with files of AWS Config only.`,
      `${source} holds earlier results: leave it out.`,
    );
  }
  const { window } = asked;
  const history = historyOfRuns(found.runs, window, { version: version(), organization: found.organization });
  if (ledger !== undefined) {
    const inWindow = found.runs.filter((it) => it.at >= window.from && it.at < window.to);
    const told = await addToLedger(ledger, inWindow);
    if (options.quiet !== true) writeLines(terminal.stderr, told);
  }
  return history;
}

/** @throws UsageError for a flag that says how AWS is asked, or which policies judge, where neither is done */
function refuseOfOthers({ flagsGiven = [], source }: HistoryOptions, kind: 'config' | 'results'): void {
  const calls = ['region', 'concurrency', 'aggregator'];
  const useless = kind === 'config' ? calls : [...calls, 'pack', 'policies'];
  const wrong = flagsGiven.find((it) => useless.includes(it));
  if (wrong === undefined) return;
  const isOfCalls = calls.includes(wrong);
  throw new UsageError(
    `${flagOf(wrong)} has no effect with --source ${source}: ${isOfCalls ? 'files are read here' : 'earlier results were judged before'}.`,
    'Leave it out.',
  );
}

/** A flag that was given, and says how files of AWS Config are read. */
function flagOfFiles({ filesUntil, silentAfterDays }: Asked): string | undefined {
  if (filesUntil !== undefined) return '--files-until';
  return silentAfterDays === undefined ? undefined : '--silent-after';
}

const fromAws: ReadonlySet<string> = new Set(['live', 'config+live']);

async function fromConfig(options: HistoryOptions, asked: Asked, terminal: Terminal): Promise<History | undefined> {
  const wrong = options.ledger !== undefined ? '--ledger' : flagOfFiles(asked);
  if (wrong !== undefined)
    throw new UsageError(`${wrong} works with a folder only.`, 'Leave it out with --source config.');
  const policies = readPolicies(options, true);
  if (!reportDiagnostics(policies, terminal)) return undefined;
  // The AWS SDK takes half a second to load: who reads files does not wait for it.
  const { readPast } = await import('../../source/collect-from-aws.js');
  const { region, concurrency } = parseSourceOptions(options);
  const choice = {
    scope: asked.scope,
    region,
    concurrency,
    profile: undefined,
    asksRecorders: asksRecorders(policies),
  };
  const past = await readPast(options.aggregator, asked.window, choice, terminal);
  return await historyOf(past, policies.policies, { version: version(), noted: past.noted });
}

async function ofConfig(options: HistoryOptions, asked: Asked, terminal: Terminal): Promise<History | undefined> {
  const policies = readPolicies(options, true);
  if (!reportDiagnostics(policies, terminal)) return undefined;
  const past = await pastFromFiles(options.source, {
    version: version(),
    asksRecorders: asksRecorders(policies),
    ...asked,
  });
  return await historyOf(past, policies.policies, { version: version(), noted: past.noted });
}

function asksRecorders({ policies }: LoadedPolicies): boolean {
  return callsOf(policies).has('config:DescribeConfigurationRecorders');
}

async function print(chunks: Iterable<string>, { output, quiet }: HistoryOptions, terminal: Terminal): Promise<void> {
  if (output === undefined) {
    for (const chunk of chunks) terminal.stdout.write(chunk);
    return;
  }
  await writeFileWhole(output, chunks);
  if (quiet !== true) writeLines(terminal.stderr, [`Wrote ${output}`]);
}

function formatOf(name: string): Write {
  const write = Object.hasOwn(formats, name) ? formats[name] : undefined;
  if (write !== undefined) return write;
  throw new UsageError(`There is no format '${name}' for a history.`, `One of ${Object.keys(formats).join(', ')}.`);
}
