import type { Evaluation, Results, Waiver, WaiverRemark, WaiverState } from '../../model/results.js';
import type { Causes } from './findings.js';
import { byPlace, byText } from '../../text/order.js';

/** One waiver, what it accepts in this run, and what is to be known of it. */
export interface WaiverGroup {
  readonly id: string;
  readonly waiver: Waiver | WaiverState;
  /** Evaluations that it accepts as a whole; by account, target and policy. */
  readonly whole: readonly Evaluation[];
  /** Findings of which it accepts some assertions. */
  readonly partly: readonly Evaluation[];
  /** How many evaluations are accepted since they follow from these. */
  readonly following: number;
  readonly remarks: readonly WaiverRemark[];
}

/** The waivers of the results by id: those that accept something, and those that were given and do not. */
export function waiverGroups(results: Results, causes: Causes): readonly WaiverGroup[] {
  const given = new Map((results.waivers ?? []).map((it) => [it.id, it]));
  const accepted = new Map<string, Causes['accepted'][number][]>();
  for (const it of causes.accepted) {
    const group = accepted.get(it.waiver.id);
    if (group === undefined) accepted.set(it.waiver.id, [it]);
    else group.push(it);
  }
  return [...new Set([...given.keys(), ...accepted.keys()])].toSorted(byText).flatMap((id) => {
    const group = accepted.get(id) ?? [];
    const waiver = given.get(id) ?? group[0]?.waiver;
    if (waiver === undefined) return [];
    return [
      {
        id,
        waiver,
        whole: group.flatMap(({ evaluation, follows }) => (follows ? [] : [evaluation])).toSorted(byPlace),
        partly: results.evaluations.filter((it) => isPartly(it, id)).toSorted(byPlace),
        following: group.filter((it) => it.follows).length,
        remarks: given.get(id)?.remarks ?? [],
      },
    ];
  });
}

function isPartly({ waiver, reasons }: Evaluation, id: string): boolean {
  return waiver === undefined && reasons.some((it) => it.waiver === id);
}

/** Those that accept something in this run. */
export function isAccepting({ whole, partly, following }: WaiverGroup): boolean {
  return whole.length + partly.length + following > 0;
}

/** The assertions of a finding that a waiver accepts. Raw. */
export function assertionsOf({ reasons }: Evaluation, id: string): readonly string[] {
  return reasons.filter((it) => it.waiver === id).map((it) => it.assert);
}

/** `waivers.yaml:12`; undefined where the results do not say. Raw. */
export function placeOf({ file, line }: Waiver | WaiverState, at = line): string | undefined {
  return file === undefined ? undefined : at === undefined ? file : `${file}:${at}`;
}

/** What is to be known of a waiver, and where. */
export interface PlacedRemark extends WaiverRemark {
  readonly id: string;
  /** Raw. */
  readonly place: string;
}

const remarkOrder: readonly WaiverRemark['severity'][] = ['error', 'warning', 'notice'];

/** All that is to be known of waivers, the gravest first. */
export function remarksOf(groups: readonly WaiverGroup[]): readonly PlacedRemark[] {
  return groups
    .flatMap(({ id, waiver, remarks }) =>
      remarks.map((remark): PlacedRemark => Object.assign({ id, place: placeOf(waiver, remark.line) ?? id }, remark)),
    )
    .toSorted((a, b) => remarkOrder.indexOf(a.severity) - remarkOrder.indexOf(b.severity));
}
