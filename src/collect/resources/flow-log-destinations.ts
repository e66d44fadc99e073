import { parseArn } from '../../model/identifiers.js';
import type { Bucket, FlowLog, LogGroup, Vpc } from '../../model/inventory.js';
import { mapKnown, type Known, type Unknown } from '../../model/known.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';
import { findNamedBucket, type OwnerSearch } from './bucket-owner.js';
import type { ChosenLists } from './chosen.js';
import { readLogGroups } from './log-groups.js';

/** Whether a destination is there, and the evidence of it. */
interface Found {
  readonly it: Known<boolean>;
  readonly evidence: Vpc['evidence'];
}

interface Asked {
  readonly arn: string;
  readonly type: string;
  /** Of the VPCs that send there. */
  readonly accountId: string;
  readonly region: string;
}

/**
 * What accounts have, its VPCs with, for each of their flow logs, whether its log group or bucket is there: each is asked for once, and not
 * again where trails send there, too.
 */
export async function withDestinations(
  context: Context,
  lists: ChosenLists,
  read: { readonly buckets: readonly Bucket[]; readonly logGroups: readonly LogGroup[] },
  search: OwnerSearch,
): Promise<ChosenLists> {
  const { vpcs } = lists;
  if (vpcs === undefined) return lists;
  const alreadyFound = foundBefore(read);
  const asked = new Map<string, Asked>();
  for (const { flowLogs, accountId, region } of vpcs) {
    for (const { destination: arn, destinationType: type } of flowLogs.state === 'known' ? flowLogs.value : []) {
      if (arn !== undefined && !asked.has(arn)) asked.set(arn, { arn, type, accountId, region });
    }
  }
  const all = [...asked.values()].toSorted((a, b) => byText(a.arn, b.arn));
  const found = new Map(
    await context.limit(
      all,
      async (it) => [it.arn, alreadyFound.get(it.arn) ?? (await findDestination(context, it, search))] as const,
    ),
  );
  return { ...lists, vpcs: vpcs.map((vpc) => withFound(vpc, found)) };
}

function foundBefore({ buckets, logGroups }: Parameters<typeof withDestinations>[2]): ReadonlyMap<string, Found> {
  return new Map(
    [
      ...buckets.map(({ arn, owner: it, evidence }) => ({
        arn,
        it,
        evidence,
        calls: ['s3:HeadBucket', 's3:ListBuckets'],
      })),
      ...logGroups.map(({ arn, details: it, evidence }) => ({ arn, it, evidence, calls: ['logs:DescribeLogGroups'] })),
    ].map(({ arn, it, evidence, calls }) => {
      const ofCalls = Object.entries(evidence).filter(([call]) => calls.includes(call));
      return [arn, { it: mapKnown<unknown, boolean>(it, () => true), evidence: Object.fromEntries(ofCalls) }] as const;
    }),
  );
}

function withFound(vpc: Vpc, found: ReadonlyMap<string, Found>): Vpc {
  const answers: Found[] = [];
  const flowLogs = mapKnown(vpc.flowLogs, (all) =>
    all.map((log): FlowLog => {
      const answer = log.destination === undefined ? undefined : found.get(log.destination);
      if (answer === undefined) return log;
      answers.push(answer);
      return { ...log, destinationFound: answer.it };
    }),
  );
  return { ...vpc, flowLogs, evidence: Object.assign({ ...vpc.evidence }, ...answers.map(({ evidence }) => evidence)) };
}

async function findDestination(context: Context, asked: Asked, search: OwnerSearch): Promise<Found> {
  switch (asked.type) {
    case 'cloud-watch-logs':
      return await findLogGroup(context, asked, search);
    case 's3':
      return await findBucket(context, asked, search);
    default:
      return {
        it: notAsked(
          context,
          asked,
          'unsupported',
          `Whether ${asked.arn} exists is not asked: Trailproof does not read it.`,
        ),
        evidence: {},
      };
  }
}

async function findLogGroup(context: Context, asked: Asked, { organizationAccounts }: OwnerSearch): Promise<Found> {
  const owner = parseArn(asked.arn)?.accountId ?? '';
  // No account outside of the organization is ever entered.
  if (!organizationAccounts.has(owner)) {
    const message = `Log group ${asked.arn} is not of an account of the organization: whether it exists is not asked.`;
    return { it: notAsked(context, asked, 'not-collected', message), evidence: {} };
  }
  const [group] = await readLogGroups(context, [asked.arn]);
  if (group === undefined) throw new Error('One log group was asked for.');
  return { it: mapKnown(group.details, () => true), evidence: group.evidence };
}

async function findBucket(context: Context, { arn, accountId, region }: Asked, search: OwnerSearch): Promise<Found> {
  const name = arn.replace(/^arn:[\w-]+:s3:::/, '');
  const { owner, evidence } = await findNamedBucket(context, name, { accountId, region }, search);
  return { it: mapKnown(owner, () => true), evidence };
}

function notAsked(
  { aws: { settings } }: Context,
  { arn, type, accountId, region }: Asked,
  reason: 'unsupported' | 'not-collected',
  message: string,
): Unknown {
  const call = type === 'cloud-watch-logs' ? 'logs:DescribeLogGroups' : 'ec2:DescribeFlowLogs';
  const asked = { call, accountId, region, resource: arn };
  return settings.ledger.addGap(asked, { reason, message }, new Date(settings.clock.now()));
}
