import { byText } from '../text/order.js';
import type { JudgedChain } from './gaps.js';
import type { Place } from './places.js';
import { holds, type Span } from './spans.js';
import { hour, minute } from './timestamps.js';

/** A call that this tool made itself, of which CloudTrail must have an event. */
export interface OwnCall {
  readonly requestId: string;
  /** `sts:AssumeRole` */
  readonly call: string;
  readonly account: string;
  readonly region: string;
  readonly at: number;
}

/** What became of the own calls of an account in a Region. */
export interface OwnCallProof {
  readonly account: string;
  readonly region: string;
  /**
   * `missing`: the log files of the time are all there and valid, and hold none of the calls. `unknown`: they are not.
   */
  readonly state: 'found' | 'missing' | 'not-due' | 'unknown';
  readonly calls: number;
  readonly found: number;
  /** A log file that holds one of them. */
  readonly object?: string;
}

/** What looks into the log files that are verified anyway. */
export interface LogInspector {
  /** Looks into one log file. What it finds counts only when the file turns out to be valid. */
  inspect(place: Pick<Place, 'bucket' | 'account' | 'region'>, key: string): Inspection;
}

interface Inspection {
  readonly take: (part: Uint8Array) => void;
  readonly valid: () => void;
}

/** CloudTrail delivers events within about a quarter of an hour, and never promises how soon. */
const deliveredWithin = 30 * minute;

/** Events tell the request by an id that AWS gives it: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html */
const requestIds = /"requestID"\s*:\s*"([^"\\]{1,200})"/g;
const longestMatch = 256;

/** Looks for own calls in log files. */
export class OwnCallSearch implements LogInspector {
  private readonly wanted: ReadonlyMap<string, OwnCall>;
  private readonly found = new Map<string, string>();

  constructor(private readonly calls: readonly OwnCall[]) {
    this.wanted = new Map(calls.map((it) => [it.requestId, it]));
  }

  inspect({ bucket, account, region }: Pick<Place, 'bucket' | 'account' | 'region'>, key: string): Inspection {
    const seen: string[] = [];
    let rest = '';
    return {
      take: (part) => {
        const text = rest + Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1');
        for (const [, id = ''] of text.matchAll(requestIds)) {
          const call = this.wanted.get(id);
          if (call !== undefined && call.account === account && call.region === region) seen.push(id);
        }
        rest = text.slice(-longestMatch);
      },
      valid: () => {
        for (const id of seen) if (!this.found.has(id)) this.found.set(id, `s3://${bucket}/${key}`);
      },
    };
  }

  /** The time whose log files must hold the calls; undefined where there are none. */
  window(): Span | undefined {
    if (this.calls.length === 0) return undefined;
    const times = this.calls.map((it) => it.at);
    return { from: Math.min(...times) - minute, to: Math.max(...times) + deliveredWithin };
  }

  accounts(): string[] {
    return [...new Set(this.calls.map((it) => it.account))].toSorted();
  }

  regions(): string[] {
    return [...new Set(this.calls.map((it) => it.region))].toSorted();
  }

  /** By account and Region. */
  proofs(chains: readonly JudgedChain[], now: number, grace: number): OwnCallProof[] {
    const groups = new Map<string, OwnCall[]>();
    for (const call of this.calls) {
      const key = `${call.account}/${call.region}`;
      groups.set(key, [...(groups.get(key) ?? []), call]);
    }
    return [...groups].toSorted(([a], [b]) => byText(a, b)).map(([, calls]) => this.proof(calls, chains, now - grace));
  }

  private proof(calls: readonly OwnCall[], chains: readonly JudgedChain[], dueUntil: number): OwnCallProof {
    const [{ account, region }] = calls as readonly [OwnCall, ...OwnCall[]]; // a group has at least one
    const objects = calls.map((it) => this.found.get(it.requestId)).filter((it) => it !== undefined);
    const [object] = objects.toSorted();
    const base = { account, region, calls: calls.length, found: objects.length };
    if (object !== undefined) return { ...base, state: 'found', object };
    const due = calls.filter((it) => it.at + deliveredWithin + hour <= dueUntil);
    if (due.length === 0) return { ...base, state: 'not-due' };
    const own = chains.filter(({ chain }) => chain.id.account === account && chain.id.region === region);
    // Any of several trails may be the one that records the call.
    const isWhole = due.some(({ at }) => own.every((it) => isCovered(it, { from: at, to: at + deliveredWithin })));
    return { ...base, state: isWhole && own.length > 0 ? 'missing' : 'unknown' };
  }
}

/** All log files of the time are there, and were read. */
function isCovered({ chain }: JudgedChain, span: Span): boolean {
  const { missing, unreadable, invalid, notRead } = chain.logFiles;
  return holds(chain.covered, span) && missing + unreadable + invalid + notRead === 0;
}
