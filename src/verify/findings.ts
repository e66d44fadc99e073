import type { FindingEffect, VerificationFinding } from '../model/verification.js';
import { byText } from '../text/order.js';

/** What all objects of a finding have in common. */
export type FindingKind = Omit<VerificationFinding, 'count' | 'objects'>;

/** Objects that a finding names; of more it tells the number. */
const mostObjects = 1000;

/** Findings, one for all objects of which the same is to be said. */
export class Findings {
  private readonly groups = new Map<string, { kind: FindingKind; count: number; objects: string[] }>();

  add(kind: FindingKind, key: string): void {
    const id = JSON.stringify(Object.entries(kind).toSorted(([a], [b]) => byText(a, b)));
    let group = this.groups.get(id);
    if (group === undefined) {
      group = { kind: { ...kind }, count: 0, objects: [] };
      this.groups.set(id, group);
    }
    group.count += 1;
    if (group.objects.length < mostObjects) group.objects.push(key);
  }

  /** What tampering there is first, then by place. */
  all(): VerificationFinding[] {
    return [...this.groups.values()]
      .map(({ kind, count, objects }) => Object.assign(kind, { count, objects: objects.toSorted() }))
      .toSorted((a, b) => compare(orderOf(a), orderOf(b)));
  }
}

const rank: Readonly<Record<FindingEffect, string>> = { tampering: '0', incomplete: '1' };

function orderOf(it: VerificationFinding): readonly string[] {
  const { account, region, trail = '', subject, verdict, reason, message, bucket } = it;
  return [rank[it.effect], account, region, trail, subject, verdict, reason, message, bucket];
}

function compare(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index] ?? '';
    if (left !== right) return byText(left, right);
  }
  return 0;
}
