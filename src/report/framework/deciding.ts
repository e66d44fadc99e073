import { byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import type { Evidence, Gap, Results, Target } from '../../model/results.js';
import { gapGroups, type GapGroup } from '../parts/gap-groups.js';
import type { ControlRow } from './rows.js';

/** What one policy decides of a control: on which resources, and what could not be read of them. */
export interface Deciding {
  readonly policyId: string;
  /** `fails on 3 resources`, `is unknown for what is in 1 account` */
  readonly came: string;
  readonly targets: readonly Target[];
  readonly gaps: readonly GapGroup[];
}

/** What evaluations name by id: what was answered, and what was not. */
export interface Answers {
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly gaps: ReadonlyMap<string, Gap>;
}

export function answersOf({ evidence, gaps }: Results): Answers {
  return { evidence: new Map(evidence.map((it) => [it.id, it])), gaps: new Map(gaps.map((it) => [it.id, it])) };
}

/** What fails, is not known or is waived, by policy; empty for every other verdict. */
export function decidingOf({ verdict, deciding }: ControlRow, { gaps }: Answers): readonly Deciding[] {
  if (verdict !== 'NON_COMPLIANT' && verdict !== 'INSUFFICIENT_DATA' && verdict !== 'WAIVED') return [];
  const ids = [...new Set(deciding.map((it) => it.policyId))].toSorted(byText);
  return ids.map((policyId) => {
    const its = deciding.filter((it) => it.policyId === policyId);
    const targets = its.map((it) => it.target);
    const missing = verdict === 'INSUFFICIENT_DATA' ? new Set(its.flatMap((it) => it.gaps)) : [];
    return {
      policyId,
      came: `${verbs[verdict]} ${countsOf(targets)}`,
      targets,
      gaps: gapGroups([...missing].flatMap((id) => gaps.get(id) ?? [])),
    };
  });
}

const verbs = {
  NON_COMPLIANT: 'fails on',
  INSUFFICIENT_DATA: 'is unknown for',
  WAIVED: 'is waived on',
} as const;

/** `2 resources and what else is in 1 account`: an account stands for what could not be listed there. */
function countsOf(targets: readonly Target[]): string {
  const found = targets.filter((it) => !standsForAccount(it));
  const noun = found.every((it) => it.type === 'account') ? 'account' : 'resource';
  const open = new Set(targets.filter(standsForAccount).map((it) => it.accountId)).size;
  const counts = found.length === 0 ? [] : [counted(found.length, noun)];
  if (open > 0) counts.push(`what ${found.length > 0 ? 'else ' : ''}is in ${counted(open, 'account')}`);
  return counts.join(' and ');
}

/** Targets that have no ARN, and are one all the same. */
const withoutArn: ReadonlySet<string> = new Set(['account', 'organization', 'config-recorder']);

/** Whether a target is all of its type that an account may have. */
export function standsForAccount({ type, arn }: Target): boolean {
  return arn === undefined && !withoutArn.has(type);
}

/** The calls and configuration items whose answers decided: `cloudtrail:GetTrailStatus`, by name. */
export function evidenceCalls({ deciding }: ControlRow, { evidence }: Answers): readonly string[] {
  const ids = new Set(deciding.flatMap((it) => it.evidence));
  const calls = [...ids].flatMap((id) => {
    const it = evidence.get(id);
    return it?.call ?? it?.item ?? [];
  });
  return [...new Set(calls)].toSorted(byText);
}

/** `ec2:DescribeVpcs (not-collected)`: what could not be read. */
export function gapName({ call, reason }: GapGroup): string {
  return `${call} (${reason})`;
}
