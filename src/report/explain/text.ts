import type { Evaluation, Evidence, Gap, Reason, Results } from '../../model/results.js';
import { accountLabel, describeTarget, moment } from '../parts/describe.js';
import { accountNames } from '../parts/accounts.js';
import { asLogLines } from '../parts/chunks.js';
import type { ReportOptions } from '../options.js';
import { prose, visible } from '../../text/printable.js';
import { block, labelled, margin, padded, pageOf, type Page } from '../text/page.js';
import { outcomeMarks } from '../text/paint.js';

/** What a policy asks, for who reads an explanation. */
export interface ExplainedPolicy {
  readonly id: string;
  readonly title: string;
  readonly when?: string;
  readonly assertions: readonly { readonly id: string; readonly expr: string }[];
}

export const inner = `${margin}  `;
export const labelColumn = 10;
/** More would scroll away what matters. */
const shownEvaluations = 20;
const shownEvidence = 6;

/**
 * Why a policy decided as it did on each of these evaluations: every part of an expression that decided, with its
 * value, and the answers that it rests on.
 *
 * @param evaluations - of this policy, the most important first
 */
export function* explainText(
  policy: ExplainedPolicy,
  evaluations: readonly Evaluation[],
  results: Results,
  options: ReportOptions = {},
): Generator<string> {
  const page = pageOf(options.columns, options.color);
  const names = accountNames(results);
  const lookup: Lookup = {
    page,
    names,
    byFingerprint: new Map(results.evaluations.map((it) => [it.fingerprint, it])),
    evidence: new Map(results.evidence.map((it) => [it.id, it])),
    gaps: new Map(results.gaps.map((it) => [it.id, it])),
  };
  const lines = [
    ...policyLines(page, policy),
    ...evaluations.slice(0, shownEvaluations).flatMap((it) => evaluationLines(it, lookup)),
    ...(evaluations.length > shownEvaluations
      ? ['', `${margin}And ${evaluations.length - shownEvaluations} more; --target shows one of them.`]
      : []),
    ...(evaluations.length === 0 ? ['', `${margin}It has no target here.`] : []),
  ];
  yield* asLogLines(lines);
}

interface Lookup {
  readonly page: Page;
  readonly names: ReadonlyMap<string, string>;
  readonly byFingerprint: ReadonlyMap<string, Evaluation>;
  readonly evidence: ReadonlyMap<string, Evidence>;
  readonly gaps: ReadonlyMap<string, Gap>;
}

function policyLines(page: Page, { id, title, when, assertions }: ExplainedPolicy): string[] {
  return [
    policyHead(page, { id, title }),
    ...(when === undefined ? [] : askedLines(page, 'applies when', when)),
    ...assertions.flatMap((it) => askedLines(page, it.id, it.expr)),
  ];
}

export function policyHead(page: Page, { id, title }: Pick<ExplainedPolicy, 'id' | 'title'>): string {
  return `${page.paint('bold', visible(id))}  ${visible(title)}`;
}

/** A condition with its name above it. */
export function askedLines(page: Page, name: string, expr: string): string[] {
  const lines = expr.trim().split('\n');
  return [`${inner}${page.paint('dim', visible(name))}`, ...lines.map((line) => `${inner}  ${visible(line)}`)];
}

function evaluationLines(it: Evaluation, lookup: Lookup): string[] {
  const { page, names, byFingerprint } = lookup;
  const { sign, look } = outcomeMarks[it.outcome];
  const cause = it.causedBy === undefined ? undefined : byFingerprint.get(it.causedBy);
  return [
    '',
    `${margin}${page.paint(look, `${sign} ${it.outcome}`)}  ${describeTarget(it.target, names)}`,
    ...(it.target.arn === undefined ? [] : block(page, visible(it.target.arn), inner, 'dim')),
    ...(it.outcome === 'COMPLIANT' ? [] : block(page, prose(it.message), inner)),
    ...it.reasons.flatMap((reason) => reasonLines(page, reason)),
    ...(cause === undefined
      ? []
      : labelled(
          page,
          'Cause',
          `${visible(cause.policyId)} on ${describeTarget(cause.target, names)}`,
          inner,
          labelColumn,
        )),
    ...gapLines(it, lookup),
    ...evidenceLines(it, lookup),
  ];
}

/** Each part that decided, and its value behind it, in two columns where they fit. */
function reasonLines(page: Page, { assert, because }: Reason): string[] {
  return partLines(page, assert, because);
}

/** The same under any title. */
export function partLines(page: Page, title: string, because: Reason['because']): string[] {
  const rows = because.map(({ expr, value }) => [visible(expr), visible(String(value))] as const);
  const width = Math.min(60, Math.max(0, ...rows.map(([expr]) => expr.length)));
  const lines = rows.flatMap(([expr, value]) => {
    const isShort = expr.length <= width && width + value.length + 8 <= page.width;
    if (isShort) return `${inner}  ${padded(expr, width)}  ${page.paint('cyan', value)}`;
    return block(page, expr, `${inner}  `).concat(block(page, value, `${inner}    `, 'cyan'));
  });
  return [`${inner}${page.paint('dim', visible(title))}`, ...lines];
}

function gapLines(it: Evaluation, { page, gaps, names }: Lookup): string[] {
  return it.gaps.flatMap((id) => {
    const gap = gaps.get(id);
    if (gap === undefined) return [];
    const where = `${visible(gap.call)} in ${accountLabel(gap.accountId, names)}, ${visible(gap.region)}`;
    return labelled(page, 'Not read', `${where} (${gap.reason}): ${prose(gap.message)}`, inner, labelColumn);
  });
}

function evidenceLines(it: Evaluation, { page, evidence, names }: Lookup): string[] {
  const known = it.evidence.flatMap((id) => evidence.get(id) ?? []);
  const shown = known.slice(0, shownEvidence).map((item) => {
    const place = `${accountLabel(item.accountId, names)}, ${visible(item.region)}`;
    const what = item.call ?? `configuration item ${item.item ?? ''}`;
    return `${visible(what)} in ${place}, ${moment(item.at)}`;
  });
  const more = known.length > shownEvidence ? [`and ${known.length - shownEvidence} more`] : [];
  return [...shown, ...more].flatMap((text, index) =>
    labelled(page, index === 0 ? 'Read' : '', text, inner, labelColumn),
  );
}
