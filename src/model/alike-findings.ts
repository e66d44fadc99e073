import type { FindingGroup } from './finding-groups.js';
import type { Evaluation } from './results.js';

/** Findings that are the same deviation in several accounts, as a module's default is. */
export interface AlikeFindings extends FindingGroup {
  /** The roots of the others: each is to be fixed at its own place, in the same way. */
  readonly alike: readonly Evaluation[];
}

/** The order of texts. */
type Order = (a: string, b: string) => number;

/**
 * Joins findings of one policy and severity that fail for the same assertions with the same values on the same kind of
 * target, in more than one account. What names a resource, an account or a time does not count. The first by fingerprint
 * stands for all; alerts stay one for each place, so that each closes when its place is fixed.
 */
export function joinAlike(groups: readonly FindingGroup[], order: Order): readonly AlikeFindings[] {
  const alike = joinedBefore.get(groups) ?? join(groups, order);
  joinedBefore.set(groups, alike);
  return alike;
}

/** Counts and several reports ask for them. */
const joinedBefore = new WeakMap<readonly FindingGroup[], readonly AlikeFindings[]>();

function join(groups: readonly FindingGroup[], order: Order): readonly AlikeFindings[] {
  const byDeviation = new Map<string, FindingGroup[]>();
  for (const group of groups) {
    const key = deviationOf(group);
    const others = byDeviation.get(key);
    if (others === undefined) byDeviation.set(key, [group]);
    else others.push(group);
  }
  return [...byDeviation.values()].flatMap((all) => {
    const accounts = new Set(all.map(({ root }) => root.target.accountId));
    const isOne = accounts.size > 1 && !accounts.has('unknown');
    return isOne ? joined(all, order) : all.map((group) => ({ ...group, alike: [] }));
  });
}

function joined(all: readonly FindingGroup[], order: Order): readonly AlikeFindings[] {
  const [first, ...others] = all.toSorted((a, b) => order(a.root.fingerprint, b.root.fingerprint));
  if (first === undefined) return [];
  const { root, severity } = first;
  return [{ root, severity, members: all.flatMap(({ members }) => members), alike: others.map((group) => group.root) }];
}

/** Equal for findings that deviate alike. What follows from a finding is another one's cause, so it has to agree, too. */
function deviationOf({ root, members, severity }: FindingGroup): string {
  const { policyId, target, reasons, fix, params, carriedForward } = root;
  const failing = reasons.filter((it) => it.waiver === undefined);
  const ownNames = [target.id, target.arn, target.name, target.accountId].filter((it) => it !== undefined && it !== '');
  const general = (text: string): string => withoutNames(text, ownNames);
  return JSON.stringify([
    policyId,
    target.type,
    severity,
    failing.map(({ assert, unknown, message, because }) => [
      assert,
      unknown ?? false,
      general(message),
      because.map(({ expr, value }) => [general(expr), typeof value === 'string' ? general(value) : value]),
    ]),
    fix ?? '',
    params ?? {},
    carriedForward !== undefined,
    // A finding without reasons, an incident, or one with effects elsewhere is its own.
    failing.length === 0 || root.incident !== undefined || members.some((it) => it !== root) ? root.fingerprint : '',
  ]);
}

/** What is said of any resource, without the names of this one, ARNs, ids of accounts and times. */
function withoutNames(text: string, names: readonly (string | undefined)[]): string {
  return names
    .reduce<string>((rest, name) => (name === undefined ? rest : rest.replaceAll(name, '…')), text)
    .replaceAll(/arn:[^\s,;)\]}]+/g, '…')
    .replaceAll(/(?<!\d)\d{12}(?!\d)/g, '…')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '…');
}
