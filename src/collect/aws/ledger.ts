import { hash } from 'node:crypto';
import type { ApiCalls, Evidence, Gap } from '../../model/inventory.js';
import { byRecord, byText } from '../../text/order.js';
import { unknown, type Unknown } from '../../model/known.js';

export interface Asked {
  readonly call: string;
  readonly accountId: string;
  readonly region: string;
  /** The ARN, name or id that was asked about. */
  readonly resource?: string | undefined;
}

/** A configuration item: the type of resource, where it is, and when it was captured. */
export interface RecordedItem {
  readonly item: string;
  readonly accountId: string;
  readonly region: string;
  readonly resource: string;
  /** RFC 3339 */
  readonly at: string;
}

/** What a run writes down: evidence, gaps and the number of requests. Ids follow from what was asked, not from when. */
export class Ledger {
  private readonly evidenceById = new Map<string, Evidence>();
  private readonly gapById = new Map<string, Gap>();
  private readonly requests = new Map<string, number>();
  private denials = 0;

  countRequest(call: string): void {
    this.requests.set(call, (this.requests.get(call) ?? 0) + 1);
  }

  countDenial(): void {
    this.denials += 1;
  }

  addEvidence(asked: Asked, at: Date, requestId: string | undefined): string {
    const id = idOf(asked);
    if (!this.evidenceById.has(id)) {
      this.evidenceById.set(id, {
        id,
        ...withResource(asked),
        at: at.toISOString(),
        ...(requestId === undefined ? {} : { requestId }),
      });
    }
    return id;
  }

  /** A configuration item as evidence: it says of itself when AWS Config captured it. */
  addItem(item: RecordedItem): string {
    const id = idOf({ ...item, call: item.item }, item.at);
    this.evidenceById.set(id, { id, ...item });
    return id;
  }

  addGap(asked: Asked, failure: Pick<Gap, 'reason' | 'message'>, at: Date): Unknown {
    const id = idOf(asked, failure.reason);
    if (!this.gapById.has(id)) {
      const { reason, message } = failure;
      this.gapById.set(id, { id, ...withResource(asked), reason, message, at: at.toISOString() });
    }
    return unknown(id);
  }

  /** The gap that an unknown value refers to. */
  gap(it: Unknown): Gap {
    const gap = this.gapById.get(it.gap);
    if (gap === undefined) throw new Error(`Gap ${it.gap} was never written down.`);
    return gap;
  }

  get total(): number {
    return [...this.requests.values()].reduce((sum, count) => sum + count, 0);
  }

  apiCalls(): ApiCalls {
    const sorted = [...this.requests].toSorted(([a], [b]) => byText(a, b));
    return { total: this.total, denied: this.denials, byOperation: Object.fromEntries(sorted) };
  }

  evidence(): Evidence[] {
    return [...this.evidenceById.values()].toSorted(byRecord);
  }

  gaps(): Gap[] {
    return [...this.gapById.values()].toSorted(byRecord);
  }
}

/** Of calls that are made before their turn: it counts them where all are counted, and keeps nothing else. */
export class EarlyLedger extends Ledger {
  constructor(private readonly whole: Ledger) {
    super();
  }

  override countRequest(call: string): void {
    this.whole.countRequest(call);
  }

  override countDenial(): void {
    this.whole.countDenial();
  }
}

/** The id of what was asked, as evidence; with the reason of a failure, as a gap. */
export function idOf(asked: Asked, reason = ''): string {
  const preimage = [asked.call, asked.accountId, asked.region, asked.resource ?? '', reason].join('\n');
  return hash('sha256', preimage, 'hex').slice(0, 16);
}

function withResource({ call, accountId, region, resource }: Asked): Omit<Asked, 'resource'> & { resource?: string } {
  return { call, accountId, region, ...(resource === undefined ? {} : { resource }) };
}
