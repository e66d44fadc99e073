import { hash } from 'node:crypto';
import type { Gap } from '../model/inventory.js';
import { byId } from '../text/order.js';

/** Gaps that no call left: what the facts themselves cannot know. Ids follow from what is said, as in a collection. */
export class FactGaps {
  private readonly byId = new Map<string, Gap>();

  /** Notes a gap, once, and returns its id. `about` tells several questions apart that one call leaves open. */
  add(gap: Omit<Gap, 'id'>, about?: string): string {
    const asked = [gap.call, gap.accountId, gap.region, gap.resource ?? '', gap.reason];
    const preimage = [...asked, ...(about === undefined ? [] : [about])].join('\n');
    const id = hash('sha256', preimage, 'hex').slice(0, 16);
    if (!this.byId.has(id)) this.byId.set(id, { id, ...gap });
    return id;
  }

  find(id: string): Gap | undefined {
    return this.byId.get(id);
  }

  /** Sorted by id. */
  all(): readonly Gap[] {
    return [...this.byId.values()].toSorted(byId);
  }
}

/** Takes note of a reason that a fact found for something unknown, and gives its id. */
export type GapSink = Pick<FactGaps, 'add'>;
