import type { Evaluation, Gap, Results } from '../../model/results.js';
import { byId, byText } from '../../text/order.js';
import { evaluationsByPolicy } from './outcomes.js';

/** Gaps that are the same call failing for the same reason. */
export interface GapGroup {
  readonly call: string;
  readonly reason: Gap['reason'];
  readonly count: number;
  /** Ids of the accounts asked, sorted. */
  readonly accounts: readonly string[];
  /** The message of the first gap in the order of ids, as an example. Raw: it is AWS's own. */
  readonly example: string;
}

/** Sums up gaps by call and reason, the most frequent first. */
export function gapGroups(gaps: readonly Gap[]): readonly GapGroup[] {
  const groups = new Map<string, Gap[]>();
  for (const gap of gaps.toSorted(byId)) {
    const key = `${gap.call}\n${gap.reason}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [gap]);
    else group.push(gap);
  }
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      if (first === undefined) return [];
      const accounts = [...new Set(group.map((it) => it.accountId))].toSorted();
      return [{ call: first.call, reason: first.reason, count: group.length, accounts, example: first.message }];
    })
    .toSorted((a, b) => b.count - a.count || byText(a.call, b.call) || byText(a.reason, b.reason));
}

/** The INSUFFICIENT_DATA evaluations of one policy. */
export interface NotKnown {
  readonly policyId: string;
  readonly targets: number;
  /** Ids of the accounts, sorted. */
  readonly accounts: readonly string[];
  /** What could not be read, as far as the evaluations name it. */
  readonly gaps: readonly GapGroup[];
  /** The message of the first evaluation, for one that names no gap. Raw. */
  readonly example: string;
}

/** What is not known, by policy id. */
export function notKnown(results: Results): readonly NotKnown[] {
  const places = new Map(results.gaps.map((gap, place) => [gap.id, place]));
  const byPolicy = [...evaluationsByPolicy(results)].toSorted(([a], [b]) => byText(a, b));
  return byPolicy.flatMap(([policyId, all]) => {
    const evaluations = all.filter((it) => it.outcome === 'INSUFFICIENT_DATA');
    if (evaluations.length === 0) return [];
    const ids = new Set(evaluations.flatMap((it) => it.gaps));
    return {
      policyId,
      targets: evaluations.length,
      accounts: [...new Set(evaluations.map((it) => it.target.accountId))].toSorted(),
      gaps: gapGroups(inOrder([...ids].flatMap((id) => places.get(id) ?? [])).flatMap((it) => results.gaps[it] ?? [])),
      example: firstOf(evaluations)?.message ?? '',
    };
  });
}

function firstOf(evaluations: readonly Evaluation[]): Evaluation | undefined {
  let first: Evaluation | undefined;
  for (const it of evaluations) {
    if (first === undefined || it.fingerprint < first.fingerprint) first = it;
  }
  return first;
}

/** Results have their gaps by id: by place they are in order, and hundreds of thousands of ids need no comparing. */
function inOrder(places: readonly number[]): readonly number[] {
  return [...Uint32Array.from(places).toSorted()];
}
