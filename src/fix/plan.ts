import { groupFindings } from '../model/finding-groups.js';
import { isAccountId } from '../model/identifiers.js';
import type { Inventory } from '../model/inventory.js';
import type { Results, Target } from '../model/results.js';
import { byTarget, byText, severityRank } from '../text/order.js';
import { isPlainName } from './command.js';
import { contextOf, hasNoBucket, nameInArn, type FixContext } from './context.js';
import { alarmStep, isAboutAlarms } from './steps/alarm.js';
import { denialsIn, handed, leftToPeople, refusedBucket } from './left-to-people.js';
import { bucketPolicyStep, deliveryStatements, tlsStatement, type NewStatement } from './steps/bucket-policy.js';
import { bucketStep } from './steps/bucket.js';
import { preparationFor } from './steps/destinations.js';
import { organizationTrailSteps } from './steps/organization-trail.js';
import { otherStep } from './steps/others.js';
import { isAboutSelectors, selectorStep } from './steps/selectors.js';
import { startStep, trailEdit, trailStep, type TrailEdit } from './steps/trail.js';
import { stages, type ByHand, type FixPlan, type Open, type Step } from './step.js';

/** Which findings are to be fixed; all of them without a choice. */
export interface Choice {
  readonly accounts?: readonly string[];
  readonly policies?: readonly string[];
}

const inOrder = Object.keys(stages);

/**
 * What is to be done for the findings of a run, in the order in which no step stops a delivery. What cannot be derived from
 * the results, and from the inventory that they were made of, is a placeholder or left to people. Nothing is asked or
 * changed.
 */
export function planFixes(results: Results, inventory: Inventory | undefined, choice: Choice = {}): FixPlan {
  const context = contextOf(results, inventory);
  const opens = openFindings(results, choice);
  const byHand: ByHand[] = [];
  const left: Open[] = [];
  for (const open of opens) {
    const why = notOurs(open);
    if (why === undefined) left.push(open);
    else byHand.push(handed(open, why));
  }
  const steps = eachOnce([...jointSteps(left, context), ...singleSteps(left, context)]);
  const fixed = new Set(steps.flatMap((it) => it.fixes));
  const rest = left.filter((it) => !fixed.has(it));
  byHand.push(...rest.map((it) => leftToPeople(it, context)));
  return {
    steps: steps.toSorted(byStage),
    byHand: byHand.toSorted((a, b) => byTarget(a.open.group.root.target, b.open.group.root.target)),
  };
}

function openFindings(results: Results, { accounts, policies }: Choice): readonly Open[] {
  const byPolicy = new Map(results.policies.map((it) => [it.id, it]));
  return groupFindings(results.evaluations, severityRank)
    .flatMap((group): Open[] => {
      const policy = byPolicy.get(group.root.policyId);
      if (policy === undefined) throw new Error(`The results hold no policy ${group.root.policyId}.`);
      if (accounts?.includes(group.root.target.accountId) === false) return [];
      return policies?.includes(policy.id) === false ? [] : [{ group, policy }];
    })
    .toSorted(
      (a, b) =>
        byTarget(a.group.root.target, b.group.root.target) ||
        severityRank(a.group.severity) - severityRank(b.group.severity) ||
        byText(a.policy.id, b.policy.id),
    );
}

/** Why nothing is to be computed for a finding; undefined: it may be. */
function notOurs({ group, policy }: Open): string | undefined {
  const { target, fix } = group.root;
  if (fix !== undefined) return 'A landing zone manages it, and would undo another change.';
  if (group.root.carriedForward !== undefined) return 'It could not be evaluated again in this run.';
  if (policy.source !== 'builtin') return 'Its policy is your own.';
  if (!isAccountId(target.accountId)) return 'The account that owns it is not known.';
  if (![target.id, target.region, target.arn ?? '-'].every(isPlainName)) {
    return 'It has a name that AWS does not give: look at it before a command is given it.';
  }
  return undefined;
}

/** Steps that several findings share, since their calls replace what others set. */
function jointSteps(opens: readonly Open[], context: FixContext): readonly Step[] {
  return [...trailSteps(opens, context), ...policySteps(opens, context), ...eventSelectorSteps(opens, context)];
}

function trailSteps(opens: readonly Open[], context: FixContext): readonly Step[] {
  const trails = groupedBy(
    opens.filter((it) => it.policy.target === 'trail'),
    (it) => it.group.root.target.id,
  );
  return trails.flatMap(([arn, ofTrail]): Step[] => {
    const [first] = ofTrail;
    const name = nameInArn(arn, 'trail/');
    if (first === undefined || name === undefined || hasNoBucket(arn, context)) return [];
    const { accountId, region } = first.group.root.target;
    const { made, key, logs } = preparationFor({ arn, name, accountId, region }, context);
    const edits = ofTrail.flatMap((open): TrailEdit[] => {
      const edit = trailEdit(open, made);
      return edit === undefined ? [] : [{ open, ...edit }];
    });
    if (edits.length === 0) return [];
    const of = (id: string) => edits.map((it) => it.open).filter((it) => it.policy.id === id);
    const encrypted = of('trail-encrypts-with-kms');
    const sent = of('trail-sends-to-cloudwatch-logs');
    const before = [
      ...(encrypted.length === 0 ? [] : [key(encrypted)].filter((it) => it !== undefined)),
      ...(sent.length === 0 ? [] : [logs(sent)]),
    ];
    return before.concat(trailStep(arn, edits, context, { accountId, region }));
  });
}

function policySteps(opens: readonly Open[], context: FixContext): readonly Step[] {
  const changes = opens.flatMap((open): PolicyChange[] => {
    const { target } = open.group.root;
    if (open.policy.id === 'trail-delivers-without-error') {
      const bucket = refusedBucket(open, context);
      const trail = context.trail(target.id);
      // Beside a denial that stays, another Allow changes nothing.
      if (bucket === undefined || trail === undefined || denialsIn(bucket, context).length > 0) return [];
      return deliveryStatements(trail, context).map((statement) => ({ bucket, open, statement }));
    }
    const bucket = bucketName(target);
    if (bucket === undefined) return [];
    if (open.policy.id === 'log-bucket-trusts-only-cloudtrail') return [{ bucket, open }];
    if (open.policy.id !== 'log-bucket-requires-tls') return [];
    return [{ bucket, open, statement: tlsStatement(bucket, context.partition) }];
  });
  return groupedBy(changes, (it) => it.bucket).flatMap(([name, all]) => {
    const owner = context.bucket(name)?.owner;
    if (owner?.state !== 'known' || !isPlainName(name)) return [];
    const { accountId, region } = owner.value;
    const added = all.flatMap(({ open, statement }) => (statement === undefined ? [] : [{ open, statement }]));
    const tooWide = all.flatMap(({ open, statement }) => (statement === undefined ? [open] : []));
    const step = bucketPolicyStep({ name, accountId, region }, { added, tooWide }, context);
    return step === undefined ? [] : [step];
  });
}

/** Without a statement: those that are there let too many in. */
interface PolicyChange extends Partial<Pick<NewStatement, 'statement'>> {
  readonly bucket: string;
  readonly open: Open;
}

function eventSelectorSteps(opens: readonly Open[], context: FixContext): readonly Step[] {
  return groupedBy(opens.filter(isAboutSelectors), (it) => it.group.root.target.accountId).flatMap(([, ofAccount]) => {
    const all = selectorStep(ofAccount, context);
    if (all !== undefined) return [all];
    // Where not all of it can be had in one call, management events come first.
    const first = selectorStep(
      ofAccount.filter((it) => it.policy.id === 'account-records-management-events'),
      context,
    );
    return first === undefined ? [] : [first];
  });
}

function singleSteps(opens: readonly Open[], context: FixContext): readonly Step[] {
  return opens.flatMap((open): readonly Step[] => {
    const { target } = open.group.root;
    if (open.policy.id === 'trail-is-logging') return [startStep(open, context)];
    if (open.policy.id === 'organization-trail-covers-every-account')
      return organizationTrailSteps(open, context) ?? [];
    if (isAboutAlarms(open)) return [alarmStep(open, context)].filter((it) => it !== undefined);
    const name = bucketName(target);
    const bucket =
      name === undefined
        ? undefined
        : bucketStep(open, { name, accountId: target.accountId, region: target.region }, context);
    return [bucket ?? otherStep(open, context)].filter((it) => it !== undefined);
  });
}

/** What several findings need in the same way is done once. */
function eachOnce(steps: readonly Step[]): readonly Step[] {
  return groupedBy(steps, ({ stage, accountId, region, commands }) =>
    JSON.stringify([stage, accountId, region, commands]),
  ).flatMap(([, [first, ...others]]) =>
    first === undefined ? [] : [{ ...first, fixes: [first, ...others].flatMap((it) => it.fixes) }],
  );
}

function bucketName({ type, arn, id }: Target): string | undefined {
  return type === 'log-bucket' ? nameInArn(arn ?? id, '') : undefined;
}

function groupedBy<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups].toSorted(([a], [b]) => byText(a, b));
}

function byStage(a: Step, b: Step): number {
  return (
    inOrder.indexOf(a.stage) - inOrder.indexOf(b.stage) ||
    byText(a.accountId, b.accountId) ||
    byText(a.region, b.region) ||
    byText(a.what, b.what)
  );
}
