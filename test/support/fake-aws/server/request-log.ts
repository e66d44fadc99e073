import type { ServiceName } from '../services/call.js';
import { byText } from '../../../../src/text/order.js';

/** A request that came in. */
export interface RecordedCall {
  readonly service: ServiceName;
  readonly operation: string;
  /** Of the caller; `unknown` when the credentials are nobody's. */
  readonly accountId: string;
  readonly region: string;
  readonly userAgent: string;
  /** The ARN that the call is about, where AWS would name it. */
  readonly resource: string | undefined;
  /** `ok`, AWS's error code, or the kind of the fault that cut the call. */
  readonly outcome: string;
  /** Milliseconds since 1970, by the fake's clock. */
  readonly at: number;
}

export type CountKey = 'service' | 'operation' | 'accountId' | 'region' | 'outcome';

/** What came in: counted always, kept call by call unless told otherwise. */
export class RequestLog {
  private readonly kept: RecordedCall[] = [];
  private readonly counts: Readonly<Record<CountKey, Map<string, number>>> = {
    service: new Map(),
    operation: new Map(),
    accountId: new Map(),
    region: new Map(),
    outcome: new Map(),
  };

  constructor(private readonly keeps: 'calls' | 'counts') {}

  add(call: RecordedCall): void {
    if (this.keeps === 'calls') this.kept.push(call);
    count(this.counts.service, call.service);
    count(this.counts.operation, `${call.service}:${call.operation}`);
    count(this.counts.accountId, call.accountId);
    count(this.counts.region, call.region);
    count(this.counts.outcome, call.outcome);
  }

  /** @throws Error when only counts are kept: an empty list would read as "no calls". */
  calls(): readonly RecordedCall[] {
    if (this.keeps === 'counts') throw new Error('The fake AWS was started to keep counts only: use countBy().');
    return [...this.kept];
  }

  /** How many calls, by service, `service:Operation`, calling account, Region or outcome. */
  countBy(key: CountKey): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.counts[key]].toSorted(([a], [b]) => byText(a, b)));
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
