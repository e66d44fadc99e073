import { gunzipSync } from 'node:zlib';
import { explainEvent, namedConditions } from '../../../activity/index.js';
import { stopped } from '../../../expression/index.js';
import { UsageError } from '../../../model/errors.js';
import type { EventRecord } from '../../../model/log-events.js';
import { paramsObject, recordsIn } from '../../../policy/index.js';
import { explainEventsText, jsonLines } from '../../../report/index.js';
import { readBytes, refuseDuplicateKeys } from '../../../storage/index.js';
import { policyNamed } from '../../policies/find-policy.js';
import { readPolicies, reportDiagnostics, type PolicyOptions } from '../../policies/load-policies.js';
import { exitCodes } from '../../process/exit-codes.js';
import { columnsOf, wantsColor, type Terminal } from '../../process/terminal.js';
import { writeLines } from '../../process/write-lines.js';
import { flagOf, type FlagsGiven } from '../../source/flags-given.js';

interface EventOptions extends PolicyOptions, FlagsGiven {
  readonly event: string;
  readonly json?: true;
}

/** `trailproof explain POLICY --event FILE`: why a policy speaks of events, or does not. */
export async function explainEvents(id: string, given: EventOptions, terminal: Terminal): Promise<number> {
  refuseUseless(given);
  const loaded = readPolicies(given, true);
  if (!reportDiagnostics(loaded, terminal)) return exitCodes.usage;
  const named = policyNamed(id, loaded);
  // With the values that packs set.
  const policy = loaded.policies.find((it) => it.id === named.id) ?? named;
  const { activity, document } = policy;
  if (activity === undefined) {
    throw new UsageError(
      `${id} judges a state, not events: --event has no effect.`,
      'Leave it out, and name what is read, as in --source FILE.',
    );
  }
  const params = paramsObject(policy.params);
  const records = await recordsOf(given.event);
  const events = records.map((it, index) => {
    try {
      return explainEvent(activity, params, it);
    } catch (error) {
      throw stopped(error, id, `event ${index + 1} of ${records.length}`);
    }
  });
  if (given.json === true) {
    writeLines(terminal.stdout, jsonLines(events));
    return exitCodes.ok;
  }
  const assertions = namedConditions(activity).map(([name, { source }]) => ({ id: name, expr: source }));
  const look = { columns: columnsOf(terminal), color: wantsColor(terminal) };
  for (const text of explainEventsText({ id, title: document.title, assertions }, events, look)) {
    terminal.stdout.write(text);
  }
  return exitCodes.ok;
}

/** Records are read from the file, and nothing else is. */
const useful: ReadonlySet<string> = new Set(['event', 'pack', 'policies', 'json', 'quiet']);

function refuseUseless({ flagsGiven = [] }: FlagsGiven): void {
  const wrong = flagsGiven.find((it) => !useful.has(it));
  if (wrong === undefined) return;
  throw new UsageError(`${flagOf(wrong)} has no effect with --event: records are read from the file.`, 'Leave it out.');
}

const help = 'Name a log file of CloudTrail, gzipped or not, a list of records, one record, or one a line.';

async function recordsOf(file: string): Promise<readonly EventRecord[]> {
  let records: readonly EventRecord[] | undefined;
  try {
    const bytes = await readBytes(file);
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const text = (isPacked ? gunzipSync(bytes, { maxOutputLength: mostBytes }) : bytes).toString('utf8');
    records = recordsIn(text);
    // Of a value behind a name that occurs twice nobody knows what it says.
    if (records !== undefined) refuseDuplicateKeys(text, file);
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new UsageError(`--event '${file}' cannot be read: ${error.message}`, help, { cause: error });
  }
  if (records?.some(isOfCloudTrail) === true) return records;
  throw new UsageError(`--event '${file}' holds no records of CloudTrail.`, help);
}

function isOfCloudTrail(record: EventRecord): boolean {
  return ['eventSource', 'eventName', 'eventID'].some((it) => Object.hasOwn(record, it));
}

const mostBytes = 256 * 1024 * 1024;
