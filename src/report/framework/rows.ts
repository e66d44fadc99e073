import type { Framework, FrameworkControl } from '../../model/framework.js';
import { frameworks } from '../../model/frameworks.js';
import { parseArn } from '../../model/identifiers.js';
import type { Attestation, Evaluation, PolicySummary, Results } from '../../model/results.js';
import { byId, byPlace, byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import { listed } from '../parts/accounts.js';
import { evaluationsByPolicy } from '../parts/outcomes.js';
import { canBeDoneElsewhere, limitsOf, type Limits } from './limits.js';

/**
 * What the run says of a control. `WAIVED`: all that fails is accepted by waivers. `ATTESTED`: another
 * system satisfies it, as someone attests. `NOT_ASKED`: what serves it is not in this run, or not all of it, or not
 * everywhere. `MANUAL`: people have to look. `INHERITED`: AWS does it.
 */
export type ControlVerdict =
  | 'NON_COMPLIANT'
  | 'INSUFFICIENT_DATA'
  | 'WAIVED'
  | 'ATTESTED'
  | 'COMPLIANT'
  | 'NOT_APPLICABLE'
  | 'NOT_ASKED'
  | 'MANUAL'
  | 'INHERITED';

/** How many evaluations came out how; waived ones are counted as that alone. */
export interface ControlCounts {
  readonly compliant: number;
  readonly nonCompliant: number;
  readonly insufficientData: number;
  readonly notApplicable: number;
  readonly waived: number;
}

/** One row of the report: an auditor asks for a control, and gets its verdict and what it rests on. */
export interface ControlRow {
  readonly control: FrameworkControl;
  readonly verdict: ControlVerdict;
  /** Why it has none, or what a reader must know of it. */
  readonly reason?: string;
  readonly policies: readonly PolicySummary[];
  readonly counts: ControlCounts;
  /** Of this control, expired ones too. */
  readonly attestations: readonly Attestation[];
  /** Those that decide the verdict, by account and resource. */
  readonly deciding: readonly Evaluation[];
}

export interface FrameworkRows {
  readonly framework: Framework;
  readonly rows: readonly ControlRow[];
}

/**
 * The frameworks that policies of the run serve, with every control that the catalogue has of them; only one where
 * `only` names it.
 */
export function frameworkRows(results: Results, only?: string): readonly FrameworkRows[] {
  const byPolicy = evaluationsByPolicy(results);
  const isAsked = (id: string) => results.policies.some((it) => it.controls.some(({ framework }) => framework === id));
  const all = [...frameworks, ...ownFrameworks(results.policies)];
  const chosen = all.filter((it) => it.id === only);
  const shown = chosen.length > 0 ? chosen : all.filter((it) => isAsked(it.id));
  return shown.map((framework) => ({
    framework,
    rows: framework.controls.map((control) => {
      const policies = servingIn(framework, control, results);
      const evaluations = evaluationsOf(control, policies, byPolicy);
      const row = rowOf(framework, control, { policies, evaluations }, results);
      return attested(framework, row, evaluations, attestationsOf(framework.id, control, results));
    }),
  }));
}

/** Frameworks of the organization's own: what its policies name and the catalogue does not hold. */
function ownFrameworks(policies: readonly PolicySummary[]): readonly Framework[] {
  const own = new Map<string, Set<string>>();
  for (const { framework, id } of policies.flatMap((it) => it.controls)) {
    if (frameworks.some((it) => it.id === framework)) continue;
    own.set(framework, (own.get(framework) ?? new Set<string>()).add(id));
  }
  const note = 'A framework of your own: the controls that the policies of this run name.';
  return [...own]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([id, controls]) => ({
      id,
      title: id,
      note,
      controls: [...controls].toSorted(byText).map((control) => ({ id: control, title: control })),
    }));
}

type PlainRow = Omit<ControlRow, 'attestations'>;

function attestationsOf(framework: string, { id }: FrameworkControl, { attestations = [] }: Results) {
  return attestations.filter((it) => it.controls.some((of) => of.framework === framework && of.id === id));
}

/**
 * One that holds is the verdict, unless the policies or AWS satisfy the control anyway. It never hides what fails, is
 * waived or is not known, but where another system can do what was looked for.
 */
function attested(
  framework: Framework,
  row: PlainRow,
  evaluations: readonly Evaluation[],
  attestations: readonly Attestation[],
): ControlRow {
  const valid = attestations.filter((it) => !it.isExpired);
  const expired = attestations.filter((it) => it.isExpired);
  const ended = expired.map((it) => `The attestation ${it.id} of ${it.owner} ended on ${it.expires}`);
  const said = valid.map((it) => `${it.statement} (${it.id}, ${it.owner}, until ${it.expires})`);
  const told = row.reason === undefined ? [] : [row.reason];
  const withReasons = (reasons: readonly string[]): ControlRow => ({
    ...row,
    ...(reasons.length === 0 ? {} : { reason: reasons.join('. ') }),
    attestations,
  });
  if (valid.length === 0 || row.verdict === 'COMPLIANT' || row.verdict === 'INHERITED') {
    return withReasons([...told, ...ended]);
  }
  const remaining = evaluations.filter((it) => !canBeDoneElsewhere(framework, it));
  const standing = unmet.find(({ is }) => remaining.some((it) => is(it)));
  if (standing !== undefined) {
    return {
      ...withReasons([...told, ...said.map((it) => `${standing.said}, though it is attested: ${it}`), ...ended]),
      verdict: standing.verdict,
      deciding: remaining.filter((it) => standing.is(it)).toSorted(byPlace),
    };
  }
  const unasked = row.verdict === 'NOT_ASKED' ? told : [];
  return {
    ...row,
    verdict: 'ATTESTED',
    reason: [...said, ...unasked, ...ended].join('. '),
    deciding: [],
    attestations,
  };
}

interface Unmet {
  readonly verdict: ControlVerdict;
  readonly said: string;
  readonly is: (it: Evaluation) => boolean;
}

/** What no attestation makes good by itself, the worst first: it is told beside it. */
const unmet: readonly Unmet[] = [
  {
    verdict: 'NON_COMPLIANT',
    said: 'It fails',
    is: ({ outcome, waiver }) => outcome === 'NON_COMPLIANT' && waiver === undefined,
  },
  { verdict: 'INSUFFICIENT_DATA', said: 'It is not known', is: ({ outcome }) => outcome === 'INSUFFICIENT_DATA' },
  { verdict: 'WAIVED', said: 'It fails and is waived', is: ({ waiver }) => waiver !== undefined },
];

function servingIn({ id }: Framework, control: FrameworkControl, { policies }: Results): readonly PolicySummary[] {
  return policies
    .filter((it) => it.controls.some((its) => its.framework === id && its.id === control.id))
    .toSorted(byId);
}

/** What the policies that serve a control found. */
function evaluationsOf(
  { resources, exceptResources = [] }: FrameworkControl,
  policies: readonly PolicySummary[],
  byPolicy: ReadonlyMap<string, readonly Evaluation[]>,
): readonly Evaluation[] {
  const found = policies.flatMap((it) => byPolicy.get(it.id) ?? []);
  if (resources === undefined && exceptResources.length === 0) return found;
  return found.filter(({ target: { arn } }) => {
    // What could not be listed may be any of them.
    const resource = arn === undefined ? undefined : parseArn(arn)?.resource;
    if (resource === undefined) return true;
    const begins = (start: string): boolean => resource.startsWith(start);
    return (resources === undefined || resources.some(begins)) && !exceptResources.some(begins);
  });
}

function rowOf(
  framework: Framework,
  control: FrameworkControl,
  { policies, evaluations }: Pick<Results, 'policies' | 'evaluations'>,
  results: Results,
): PlainRow {
  const waived = evaluations.filter((it) => it.waiver !== undefined);
  const open = (outcome: ControlVerdict) =>
    evaluations.filter((it) => it.outcome === outcome && it.waiver === undefined);
  const counts: ControlCounts = {
    compliant: open('COMPLIANT').length,
    nonCompliant: open('NON_COMPLIANT').length,
    insufficientData: open('INSUFFICIENT_DATA').length,
    notApplicable: open('NOT_APPLICABLE').length,
    waived: waived.length,
  };
  const limits = limitsOf(framework, control, policies, evaluations, results);
  const { verdict, reason } = limited(verdictOf(control, policies, counts, evaluations), limits);
  const deciding = verdict === 'WAIVED' ? waived : open(verdict);
  return {
    control,
    verdict,
    ...(reason === undefined ? {} : { reason }),
    policies,
    counts,
    deciding: deciding.toSorted(byPlace),
  };
}

interface Said {
  readonly verdict: ControlVerdict;
  readonly reason?: string;
}

/** What was asked in part only is no pass; whatever else was found stands, with what a reader must know of it. */
function limited({ verdict, reason }: Said, { unasked, told, part }: Limits): Said {
  const isHeld = verdict === 'COMPLIANT' || verdict === 'NOT_APPLICABLE';
  const isOpen = unasked.length > 0 && isHeld;
  const holds = isOpen && verdict === 'COMPLIANT' ? ['What was asked of it holds, and not all was asked'] : [];
  const reasons = [
    ...(reason === undefined || isOpen ? [] : [reason]),
    ...holds,
    ...unasked,
    ...told,
    ...(isHeld ? part : []),
  ];
  return { verdict: isOpen ? 'NOT_ASKED' : verdict, ...(reasons.length === 0 ? {} : { reason: reasons.join('. ') }) };
}

function verdictOf(
  { manual, inherited }: FrameworkControl,
  policies: readonly PolicySummary[],
  counts: ControlCounts,
  evaluations: readonly Evaluation[],
): Said {
  if (counts.nonCompliant > 0) return { verdict: 'NON_COMPLIANT' };
  if (counts.insufficientData > 0) return { verdict: 'INSUFFICIENT_DATA' };
  if (counts.waived > 0) return { verdict: 'WAIVED' };
  if (counts.compliant > 0) return { verdict: 'COMPLIANT' };
  if (policies.length > 0) return { verdict: 'NOT_APPLICABLE', reason: whyNotApplicable(evaluations) };
  if (manual !== undefined) return { verdict: 'MANUAL', reason: manual };
  if (inherited !== undefined) return { verdict: 'INHERITED', reason: inherited };
  return { verdict: 'NOT_ASKED', reason: 'The policies that serve it are not in this run' };
}

const shownReasons = 3;

/** That there is nothing, or why it does not apply to what there is: an auditor may see that otherwise. */
function whyNotApplicable(evaluations: readonly Evaluation[]): string {
  if (evaluations.length === 0) return 'There is no resource that it covers';
  const why = evaluations.map(
    (it) => `${it.policyId}: ${it.message.replace(/^Does not apply: /, '').replace(/\.$/, '')}`,
  );
  const each = listed([...new Set(why)].toSorted(byText), shownReasons, 'reason');
  return `It does not apply to ${counted(evaluations.length, 'resource')}. ${each}`;
}

/** What people read for a verdict. */
export const verdictLabels: Readonly<Record<ControlVerdict, string>> = {
  NON_COMPLIANT: 'fail',
  INSUFFICIENT_DATA: 'unknown',
  WAIVED: 'waived',
  ATTESTED: 'attested',
  COMPLIANT: 'pass',
  NOT_APPLICABLE: 'not applicable',
  NOT_ASKED: 'not asked',
  MANUAL: 'by hand',
  INHERITED: 'inherited',
};

/** How many controls have each verdict, in the order of {@link verdictLabels}, without those that none has. */
export function verdictCounts(rows: readonly ControlRow[]): readonly (readonly [label: string, count: number])[] {
  return Object.entries(verdictLabels).flatMap(([verdict, label]) => {
    const count = rows.filter((it) => it.verdict === verdict).length;
    return count === 0 ? [] : [[label, count] as const];
  });
}
