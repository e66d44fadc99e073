import type { AccessPoint, Bucket } from '../model/inventory.js';
import { isObject } from '../model/is-object.js';
import { isPublicByText } from './public-policy.js';
import { statementsOf, texts } from './public-statements.js';
import { allHold, doubt, fromKnown, not, someHold, sure } from './three-valued.js';
import { byText } from '../text/order.js';
import { matchesWildcards } from '../text/wildcards.js';
import type { Tri } from './values.js';

/** What is asked of the world about access points. */
export interface AccessPointNotes {
  /** Notes the gap that the owner's access points were not read, and returns its id. */
  readonly unread: () => string;
  /** Notes the gap that access points of other accounts may lead to the bucket: only these accounts may list them. */
  readonly ofOthers: () => string;
}

/**
 * A statement that lets everyone in who comes through certain access points. S3 does not take it for public: what the
 * policies of the access points allow decides.
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-points-policies.html
 */
interface Delegation {
  /** Undefined: access points of any account. */
  readonly accounts: readonly string[] | undefined;
  /** ARNs, with wildcards; undefined: any. */
  readonly arns: readonly string[] | undefined;
}

const accountKey = 's3:dataaccesspointaccount';
const arnKey = 's3:dataaccesspointarn';
const originKey = 's3:accesspointnetworkorigin';

/** Whether access points open the bucket to everyone, or to any AWS account. */
export function isOpenThroughAccessPoints(bucket: Bucket, notes: AccessPointNotes): Tri<boolean> {
  const delegations = fromKnown(bucket.policy, [], delegationsOf);
  if (delegations.state === 'unknown') return delegations;
  return someHold(delegations.value.map((it) => isOpenBy(it, bucket, notes)));
}

/** ARNs of the access points that certainly do, sorted. */
export function openAccessPoints(bucket: Bucket, notes: AccessPointNotes): readonly string[] {
  const { policy, accessPoints } = bucket;
  if (policy.state !== 'known' || accessPoints?.state !== 'known') return [];
  const delegations = delegationsOf(policy.value);
  return accessPoints.value
    .filter((point) => delegations.some(({ arns }) => holds(allHold([isMeant(arns, point, notes), isOpen(point)]))))
    .map(({ arn }) => arn)
    .toSorted(byText);
}

function holds(it: Tri<boolean>): boolean {
  return it.state === 'known' && it.value;
}

function isOpenBy({ accounts, arns }: Delegation, bucket: Bucket, notes: AccessPointNotes): Tri<boolean> {
  const { owner, accessPoints } = bucket;
  if (owner.state === 'unknown') return doubt([owner.gap]);
  if (owner.state === 'absent') return sure(false);
  const isOwners = accounts !== undefined && accounts.every((it) => it === owner.value.accountId);
  const points = accessPoints === undefined ? doubt([notes.unread()]) : fromKnown(accessPoints, [], (all) => all);
  const own =
    points.state === 'unknown'
      ? points
      : someHold(points.value.map((point) => allHold([isMeant(arns, point, notes), isOpen(point)])));
  return isOwners ? own : someHold([own, doubt([notes.ofOthers()])]);
}

/** Access points of a VPC are never public to S3, and a public policy lets no one in where the access point blocks it. */
function isOpen({ networkOrigin, policyStatus, restrictsPublic }: AccessPoint): Tri<boolean> {
  if (networkOrigin === 'VPC') return sure(false);
  const isPublic = fromKnown(policyStatus, false, (it) => it.isPublic);
  return allHold([isPublic, not(fromKnown(restrictsPublic, false, (it) => it))]);
}

function isMeant(patterns: readonly string[] | undefined, { arn }: AccessPoint, notes: AccessPointNotes): Tri<boolean> {
  if (patterns === undefined) return sure(true);
  return someHold(
    patterns.map((pattern): Tri<boolean> => {
      // Of an ARN's six parts none has a colon in it: where the pattern has as many, each wildcard stays in its part.
      const isClear = !/[*?]/.test(pattern.slice(0, -1)) || pattern.split(':').length === arn.split(':').length;
      return isClear ? sure(matchesWildcards(pattern, arn)) : doubt([notes.unread()]);
    }),
  );
}

/** The statements of a bucket policy that leave access by everyone to access points. */
export function delegationsOf(policy: string): readonly Delegation[] {
  const statements = statementsOf(policy);
  const denies = statements.filter((it) => isObject(it) && it['Effect'] !== 'Allow');
  return statements.flatMap((statement) => {
    if (!isObject(statement) || statement['Effect'] !== 'Allow' || !isObject(statement['Condition'])) return [];
    const { left, tests } = split(statement['Condition']);
    if (tests.length === 0) return [];
    // Whoever else is let in is named: only everyone is the public.
    const { Condition: _, ...rest } = statement;
    const opened = Object.keys(left).length === 0 ? rest : { ...rest, Condition: left };
    if (isPublicByText(JSON.stringify({ Version: '2012-10-17', Statement: [opened, ...denies] })) === false) return [];
    if (tests.some((it) => it.key === originKey && it.isFixed && it.values.every((value) => value === 'VPC')))
      return [];
    return [delegationBy(tests)];
  });
}

interface ConditionTest {
  readonly key: string;
  readonly values: readonly string[];
  /** It holds for these values alone. */
  readonly isFixed: boolean;
}

/** A condition less what it says of access points, and that. */
function split(condition: Record<string, unknown>): {
  readonly left: Record<string, unknown>;
  readonly tests: readonly ConditionTest[];
} {
  const left: Record<string, unknown> = {};
  const tests: ConditionTest[] = [];
  for (const [operator, test] of Object.entries(condition)) {
    if (!isObject(test)) {
      left[operator] = test;
      continue;
    }
    const kept: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(test)) {
      const name = key.toLowerCase();
      if (name === accountKey || name === arnKey || name === originKey) {
        const isFixed = /^(ForAnyValue:)?(String(Equals|Like|EqualsIgnoreCase)|Arn(Equals|Like))(IfExists)?$/i.test(
          operator,
        );
        tests.push({ key: name, values: texts(value), isFixed });
      } else {
        kept[key] = value;
      }
    }
    if (Object.keys(kept).length > 0) left[operator] = kept;
  }
  return { left, tests };
}

function delegationBy(tests: readonly ConditionTest[]): Delegation {
  const fixed = (key: string) => tests.find((it) => it.key === key && it.isFixed)?.values;
  const arns = fixed(arnKey);
  const named = fixed(accountKey) ?? arns?.map((arn) => arn.split(':')[4] ?? '');
  const isNamed = named !== undefined && named.length > 0 && named.every((it) => /^\d{12}$/.test(it));
  return { accounts: isNamed ? named : undefined, arns };
}
