import { createHash } from 'node:crypto';
import { UsageError } from '../model/errors.js';
import { secondsBetween } from './intervals.js';
import { dayOf } from './run-days.js';
import type { Run } from './run.js';
import { byText } from '../text/order.js';
import { visibleJson } from '../text/printable.js';

/** A finding that was seen for the first time, or no longer. */
interface LedgerFinding {
  readonly fingerprint: string;
  readonly policyId: string;
  readonly target: string;
}

interface FixedFinding extends LedgerFinding {
  /** RFC 3339: the runs that saw it first, and that saw it fixed. */
  readonly opened: string;
  readonly fixed: string;
  /** Between the two. */
  readonly seconds: number;
}

interface RunEntry {
  readonly version: 1;
  readonly kind: 'run';
  readonly at: string;
  readonly day: string;
  readonly complete: boolean;
  readonly why?: string;
  /** Of the results file. */
  readonly sha256: string;
  readonly open: number;
  readonly opened: readonly LedgerFinding[];
  readonly fixed: readonly FixedFinding[];
  /** sha256 of the line before, without its line break; 64 zeros in the first. */
  readonly previous: string;
}

interface MissedEntry {
  readonly version: 1;
  readonly kind: 'missed';
  readonly day: string;
  readonly why: 'no-run';
  readonly previous: string;
}

type Entry = RunEntry | MissedEntry;

/** A run with the hash of its file. */
export interface HashedRun extends Run {
  readonly sha256: string;
}

const beginning = '0'.repeat(64);
const dayLong = 86_400_000;

/**
 * The ledger with the runs that it does not have yet, one entry a line: what each run found and saw fixed, and the days
 * without one. Each entry carries the hash of the one before.
 *
 * @param text the ledger so far; empty for a new one
 * @returns its new text, and runs that are older than its last one and not in it: they can no longer be added
 * @throws UsageError naming the line at which the chain is broken
 */
export function ledgerWith<R extends HashedRun>(
  text: string,
  runs: readonly R[],
  file: string,
): { readonly text: string; readonly added: number; readonly tooOld: readonly R[] } {
  const ledger = new RunLedger(text, file);
  const tooOld: R[] = [];
  for (const run of runs.toSorted((a, b) => byText(a.at, b.at))) {
    if (ledger.has(run)) continue;
    if (ledger.isBefore(run)) tooOld.push(run);
    else ledger.add(run);
  }
  return { text: ledger.text(), added: ledger.added, tooOld };
}

class RunLedger {
  added = 0;
  private readonly lines: string[] = [];
  private readonly hashes = new Set<string>();
  private readonly open = new Map<string, { readonly finding: LedgerFinding; readonly at: string }>();
  private last: RunEntry | undefined;
  private previous = beginning;

  constructor(text: string, file: string) {
    const lines = text === '' ? [] : text.split('\n');
    if (lines.length > 0 && lines.pop() !== '') throw broken(file, lines.length + 1, 'its last line is cut off');
    for (const [index, line] of lines.entries()) {
      const entry = parse(line, file, index + 1);
      if (entry.previous !== this.previous) {
        throw broken(
          file,
          index + 1,
          `it does not carry the hash of ${index === 0 ? 'a beginning' : `line ${index}`}: one of the two was changed, or lines between them are gone`,
        );
      }
      this.take(entry, line);
    }
  }

  has({ sha256 }: HashedRun): boolean {
    return this.hashes.has(sha256);
  }

  isBefore({ at }: HashedRun): boolean {
    return this.last !== undefined && at < this.last.at;
  }

  text(): string {
    return this.lines.map((line) => `${line}\n`).join('');
  }

  add(run: HashedRun): void {
    for (const day of this.daysWithoutRun(run.at)) {
      this.write({ version: 1, kind: 'missed', day, why: 'no-run', previous: this.previous });
    }
    const failing = new Map(run.verdicts.filter(isFinding).map((it) => [it.fingerprint, findingOf(it)]));
    const opened = [...failing.values()].filter((it) => !this.open.has(it.fingerprint)).toSorted(byFingerprint);
    const fixed = this.fixedBy(run);
    this.write({
      version: 1,
      kind: 'run',
      at: run.at,
      day: dayOf(run.at),
      complete: run.incomplete === undefined,
      ...(run.incomplete === undefined ? {} : { why: run.incomplete }),
      sha256: run.sha256,
      open: this.open.size + opened.length - fixed.length,
      opened,
      fixed,
      previous: this.previous,
    });
    this.added += 1;
  }

  /** An incomplete run fixes nothing, and neither does one that did not ask or does not know. */
  private fixedBy(run: HashedRun): FixedFinding[] {
    if (run.incomplete !== undefined) return [];
    const asked = new Set(run.policies.map((it) => it.id));
    const verdicts = new Map(run.verdicts.map((it) => [it.fingerprint, it]));
    return [...this.open.values()]
      .filter(({ finding }) => {
        const now = verdicts.get(finding.fingerprint);
        if (now === undefined) return asked.has(finding.policyId);
        return now.outcome !== 'INSUFFICIENT_DATA' && !isFinding(now);
      })
      .map(({ finding, at }): FixedFinding => {
        const { fingerprint, policyId, target } = finding;
        return { fingerprint, policyId, target, opened: at, fixed: run.at, seconds: secondsBetween(at, run.at) };
      })
      .toSorted(byFingerprint);
  }

  private daysWithoutRun(at: string): string[] {
    if (this.last === undefined) return [];
    const days: string[] = [];
    const until = Date.parse(dayOf(at));
    for (let time = Date.parse(this.last.day) + dayLong; time < until; time += dayLong) {
      days.push(dayOf(new Date(time).toISOString()));
    }
    return days;
  }

  private write(entry: Entry): void {
    this.take(entry, visibleJson(JSON.stringify(entry)));
  }

  private take(entry: Entry, line: string): void {
    this.lines.push(line);
    this.previous = createHash('sha256').update(line).digest('hex');
    if (entry.kind === 'missed') return;
    this.last = entry;
    this.hashes.add(entry.sha256);
    for (const finding of entry.opened) this.open.set(finding.fingerprint, { finding, at: entry.at });
    for (const { fingerprint } of entry.fixed) this.open.delete(fingerprint);
  }
}

type Verdict = Run['verdicts'][number];

function isFinding({ outcome, isWaived }: Verdict): boolean {
  return outcome === 'NON_COMPLIANT' && !isWaived;
}

function findingOf({ fingerprint, policyId, target }: Verdict): LedgerFinding {
  return { fingerprint, policyId, target: target.arn ?? target.id };
}

function byFingerprint(a: LedgerFinding, b: LedgerFinding): number {
  return byText(a.fingerprint, b.fingerprint);
}

function parse(line: string, file: string, number: number): Entry {
  try {
    const entry: unknown = JSON.parse(line);
    if (isEntry(entry)) return entry;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw broken(file, number, 'it is not an entry of a ledger');
}

function isEntry(it: unknown): it is Entry {
  if (typeof it !== 'object' || it === null) return false;
  const isText = (key: string): boolean => typeof Reflect.get(it, key) === 'string';
  if (Reflect.get(it, 'version') !== 1 || !isText('previous') || !isText('day')) return false;
  if (Reflect.get(it, 'kind') === 'missed') return true;
  const hasLists = ['opened', 'fixed'].every((key) => Array.isArray(Reflect.get(it, key)));
  return Reflect.get(it, 'kind') === 'run' && isText('at') && isText('sha256') && hasLists;
}

function broken(file: string, line: number, why: string): UsageError {
  return new UsageError(
    `${file}:${line}: the ledger's chain is broken: ${why}.`,
    'Nothing was added. Restore the ledger from a backup, or start a new one with another --ledger FILE.',
  );
}
