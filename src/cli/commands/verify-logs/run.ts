import type { Verification, VerificationOutcome } from '../../../model/verification.js';
import { UsageError } from '../../../model/errors.js';
import {
  jsonLines,
  verificationJson,
  verificationHtml,
  verificationMarkdown,
  verificationStatement,
  verificationText,
} from '../../../report/index.js';
import {
  keysToSave,
  planLogs,
  recordOf,
  verifyLogs,
  type VerifiedObject,
  type VerifyOptions,
} from '../../../verify/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import { columnsOf, wantsColor, type Terminal } from '../../process/terminal.js';
import { version } from '../../process/version.js';
import { checkWritable, fileOf, writeFileWhole } from '../../process/write-file.js';
import { optionsForCopy } from './copy.js';
import { refuseBesidePlan, type VerifyLogsFlags } from './flags.js';
import { withLive } from './live.js';
import { planText } from './plan-text.js';
import { writeLines } from '../../process/write-lines.js';

type Write = (verification: Verification, terminal: Terminal) => Iterable<string>;

const formats: Readonly<Record<string, Write>> = {
  text: (it, terminal) => verificationText(it, { columns: columnsOf(terminal), color: wantsColor(terminal) }),
  markdown: (it) => verificationMarkdown(it),
  html: verificationHtml,
  json: (it) => verificationJson(it),
};

/** `trailproof verify-logs`: whether the log files are as CloudTrail delivered them, and none is missing. */
export async function verifyLogsCommand(given: unknown, terminal: Terminal): Promise<number> {
  const all = given as VerifyLogsFlags;
  const flags = { ...all, output: fileOf(all.output) };
  const write = formatOf(flags.format);
  refuseBesidePlan(flags);
  for (const file of [flags.output, flags.saveKeys, flags.checkpoint, flags.statement])
    if (file !== undefined) await checkWritable(file);
  if (flags.plan === true) {
    const plan = await opened(flags, terminal, async (options, requests) => ({
      plan: await planLogs(options),
      listed: requests().byOperation['s3:ListObjectsV2'] ?? 0,
    }));
    writeLines(terminal.stdout, planText(plan.plan, plan.listed));
    return exitCodes.ok;
  }
  const startedAt = new Date().toISOString();
  const { run, record, keys } = await opened(flags, terminal, async (options, requests): Promise<Done> => {
    const told = flags.verbose === true ? { ...options, onObject: toStderr(terminal) } : options;
    const verified = await verifyLogs(told);
    const finishedAt = new Date().toISOString();
    return {
      run: { startedAt, finishedAt, source: flags.source, interrupted: false, requests: requests() },
      record: recordOf(verified, options),
      keys: keysToSave(verified, options, version()),
    };
  });
  const verification: Verification = {
    schemaVersion: '1',
    tool: { name: 'Trailproof', version: version() },
    run,
    record,
  };
  await save(flags.saveKeys, keys, flags, terminal);
  await save(flags.statement, verificationStatement(verification), flags, terminal);
  await print(write(verification, terminal), flags, terminal);
  return exitCodeOf(record.outcome, flags.allowIncomplete === true);
}

/** Opens the source for as long as the work goes on. */
async function opened<T>(
  flags: VerifyLogsFlags,
  terminal: Terminal,
  work: (options: VerifyOptions, requests: () => Requests) => Promise<T>,
): Promise<T> {
  if (flags.source === 'live') return await withLive(flags, terminal, work);
  return await work(await optionsForCopy(flags, terminal), () => noRequests);
}

type Requests = Verification['run']['requests'];

const noRequests: Requests = { total: 0, byOperation: {} };

interface Done extends Pick<Verification, 'run' | 'record'> {
  readonly keys: object;
}

function exitCodeOf(outcome: VerificationOutcome, allowsIncomplete: boolean): number {
  switch (outcome) {
    case 'verified': {
      return exitCodes.ok;
    }
    case 'tampered': {
      return exitCodes.findings;
    }
    case 'incomplete': {
      return allowsIncomplete ? exitCodes.ok : exitCodes.incomplete;
    }
  }
}

function toStderr({ stderr }: Terminal): (object: VerifiedObject) => void {
  return ({ verdict, subject, bucket, key, message, isBackfill }: VerifiedObject) => {
    const what = subject === 'digest' ? (isBackfill ? 'backfill digest file' : 'digest file') : 'log file';
    const why = message === undefined ? '' : `: ${message}`;
    writeLines(stderr, [`${verdict}  ${what}  s3://${bucket}/${key}${why}`]);
  };
}

async function save(
  file: string | undefined,
  document: object,
  { quiet }: VerifyLogsFlags,
  { stderr }: Terminal,
): Promise<void> {
  if (file === undefined) return;
  await writeFileWhole(file, [`${jsonLines(document).join('\n')}\n`]);
  if (quiet !== true) writeLines(stderr, [`Wrote ${file}`]);
}

async function print(chunks: Iterable<string>, { output, quiet }: VerifyLogsFlags, terminal: Terminal): Promise<void> {
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
  throw new UsageError(`There is no format '${name}' for verify-logs.`, `One of ${Object.keys(formats).join(', ')}.`);
}
