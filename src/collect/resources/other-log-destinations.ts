import { parseArn } from '../../model/identifiers.js';
import type { Bucket, FlowLog, LoadBalancer, LogGroup, LogGroupDetails, Vpc } from '../../model/inventory.js';
import { mapKnown, type Known, type Unknown } from '../../model/known.js';
import { namesOf, type ResourceOf } from '../../model/resource-kinds.js';
import { byText } from '../../text/order.js';
import type { Context } from '../run/context.js';
import type { OwnerSearch } from './bucket-owner.js';
import type { ChosenLists } from './chosen.js';
import { deliveriesIn, mapDeliveries, readDeliveryDestinations, withResource } from './delivery-destinations.js';
import { readLogGroups } from './log-groups.js';
import type { OwnerFinder } from './other-log-buckets.js';

/** Whether a destination is there, and the evidence of it. */
interface Found {
  readonly it: Known<boolean>;
  readonly evidence: Vpc['evidence'];
  /** of a log group that is there */
  readonly logGroup?: LogGroupDetails;
}

interface Asked {
  readonly arn: string;
  readonly type: string;
  /** Of what sends there. */
  readonly accountId: string;
  readonly region: string;
}

/**
 * What accounts have, with whether the log group or bucket of each flow log is there, and the bucket of each load
 * balancer and distribution: each is asked for once, and not again where trails send there, too.
 */
export async function withDestinations(
  context: Context,
  lists: ChosenLists,
  read: { readonly buckets: readonly Bucket[]; readonly logGroups: readonly LogGroup[] },
  { organizationAccounts }: Pick<OwnerSearch, 'organizationAccounts'>,
  findOwner: OwnerFinder,
): Promise<ChosenLists> {
  const { vpcs = [] } = lists;
  const resolved = await readDeliveryDestinations(
    context,
    [...(lists.loadBalancers ?? []), ...(lists.distributions ?? [])].flatMap((it) =>
      deliveriesIn(it.deliveryTargets).map(({ through }) => through),
    ),
    organizationAccounts,
  );
  const loadBalancers = (lists.loadBalancers ?? []).map((it) => withResources(it, resolved));
  const distributions = (lists.distributions ?? []).map((it) => withResources(it, resolved));
  const alreadyFound = foundBefore(read);
  const asked = new Map<string, Asked>();
  const ask = (it: Asked): void => {
    if (!asked.has(it.arn)) asked.set(it.arn, it);
  };
  const askDeliveries = ({ deliveryTargets, accountId }: Delivers, region: string): void => {
    for (const { type, destination: arn } of deliveriesIn(deliveryTargets)) {
      if (arn !== undefined) ask({ arn, type: destinationTypes[type] ?? type, accountId, region });
    }
  };
  for (const { flowLogs, accountId, region } of vpcs) {
    for (const { destination: arn, destinationType: type } of flowLogs.state === 'known' ? flowLogs.value : []) {
      if (arn !== undefined) ask({ arn, type, accountId, region });
    }
  }
  for (const it of loadBalancers) {
    const arn = loggingBucketArn('load-balancer', it);
    if (arn !== undefined) ask({ arn, type: 's3', accountId: it.accountId, region: it.region });
    askDeliveries(it, it.region);
  }
  for (const it of distributions) {
    const arn = loggingBucketArn('distribution', it);
    if (arn !== undefined) ask({ arn, type: 's3', accountId: it.accountId, region: context.region });
    askDeliveries(it, context.region);
  }
  const all = [...asked.values()].toSorted((a, b) => byText(a.arn, b.arn));
  const found = new Map(
    await context.limit(
      all,
      async (it) =>
        [
          it.arn,
          alreadyFound.get(it.arn) ?? (await findDestination(context, it, organizationAccounts, findOwner)),
        ] as const,
    ),
  );
  const ofBucket = <K extends LogsToBucket>(kind: K, it: ResourceOf<K>): Found | undefined => {
    const arn = loggingBucketArn(kind, it);
    return arn === undefined ? undefined : found.get(arn);
  };
  return {
    ...lists,
    ...(lists.vpcs === undefined ? {} : { vpcs: vpcs.map((vpc) => withFound(vpc, found)) }),
    ...(lists.loadBalancers === undefined
      ? {}
      : {
          loadBalancers: loadBalancers.map((it) =>
            allFound(changed(it, bucketFound(it, ofBucket('load-balancer', it))), found),
          ),
        }),
    ...(lists.distributions === undefined
      ? {}
      : {
          distributions: distributions.map((it) =>
            allFound(changed(it, bucketFound(it, ofBucket('distribution', it))), found),
          ),
        }),
  };
}

function foundBefore({ buckets, logGroups }: Parameters<typeof withDestinations>[2]): ReadonlyMap<string, Found> {
  const by = (evidence: Vpc['evidence'], ...calls: readonly string[]): Vpc['evidence'] =>
    Object.fromEntries(Object.entries(evidence).filter(([call]) => calls.includes(call)));
  return new Map<string, Found>([
    ...buckets.map(({ arn, owner, evidence }): [string, Found] => [
      arn,
      { it: mapKnown(owner, () => true), evidence: by(evidence, 's3:HeadBucket', 's3:ListBuckets') },
    ]),
    ...logGroups.map((it): [string, Found] => [it.arn, foundGroup(it, by(it.evidence, 'logs:DescribeLogGroups'))]),
  ]);
}

function foundGroup({ details }: LogGroup, evidence: Vpc['evidence']): Found {
  const logGroup = details.state === 'known' ? { logGroup: details.value } : {};
  return { it: mapKnown(details, () => true), evidence, ...logGroup };
}

function withFound(vpc: Vpc, found: ReadonlyMap<string, Found>): Vpc {
  const answers: Found[] = [];
  const flowLogs = mapKnown(vpc.flowLogs, (all) =>
    all.map((log): FlowLog => {
      const answer = log.destination === undefined ? undefined : found.get(log.destination);
      if (answer === undefined) return log;
      answers.push(answer);
      return { ...log, ...ofDestination(answer) };
    }),
  );
  return { ...vpc, flowLogs, evidence: Object.assign({ ...vpc.evidence }, ...answers.map(({ evidence }) => evidence)) };
}

/** What is kept of a destination with what sends there. */
function ofDestination({
  it: destinationFound,
  logGroup,
}: Found): Pick<FlowLog, 'destinationFound' | 'destinationLogGroup'> {
  return { destinationFound, ...(logGroup === undefined ? {} : { destinationLogGroup: logGroup }) };
}

/** What CloudWatch Logs may deliver the logs of. */
type Delivers = Pick<LoadBalancer, 'accountId' | 'deliveryTargets' | 'evidence'>;

/** Destinations as deliveries name them, in the words of flow logs. */
const destinationTypes: Readonly<Record<string, string>> = { S3: 's3', CWL: 'cloud-watch-logs' };

function withResources<T extends Delivers>(it: T, resolved: Awaited<ReturnType<typeof readDeliveryDestinations>>): T {
  const evidence = deliveriesIn(it.deliveryTargets).map(({ through }) => resolved.get(through)?.evidence);
  return changed(it, {
    ...mapDeliveries(it.deliveryTargets, (target) => withResource(target, resolved.get(target.through))),
    evidence: Object.assign({ ...it.evidence }, ...evidence),
  });
}

/** The same with whether what is delivered to is there. */
function allFound<T extends Delivers>(it: T, found: ReadonlyMap<string, Found>): T {
  const answers = deliveriesIn(it.deliveryTargets).map(({ destination = '' }) => found.get(destination));
  return changed(it, {
    ...mapDeliveries(it.deliveryTargets, (target) => {
      const answer = target.destination === undefined ? undefined : found.get(target.destination);
      return answer === undefined ? target : { ...target, ...ofDestination(answer) };
    }),
    evidence: Object.assign({ ...it.evidence }, ...answers.map((answer) => answer?.evidence)),
  });
}

type LogsToBucket = 'load-balancer' | 'distribution';

function loggingBucketArn<K extends LogsToBucket>(kind: K, it: ResourceOf<K>): string | undefined {
  const [name] = namesOf(kind, it, 'other-log-bucket');
  return name?.state === 'known' ? name.value : undefined;
}

function changed<T extends object, P extends object>(it: T, parts: P): T & P {
  return { ...it, ...parts };
}

/** What changes of a resource when its bucket was asked for. */
function bucketFound<L extends object>(
  { logging, evidence }: { readonly logging: Known<L>; readonly evidence: Vpc['evidence'] },
  answer: Found | undefined,
): { readonly logging: Known<L & { readonly bucketFound?: Known<boolean> }>; readonly evidence: Vpc['evidence'] } {
  if (answer === undefined) return { logging, evidence };
  return {
    logging: mapKnown(logging, (it) => ({ ...it, bucketFound: answer.it })),
    evidence: { ...evidence, ...answer.evidence },
  };
}

async function findDestination(
  context: Context,
  asked: Asked,
  organizationAccounts: ReadonlySet<string>,
  findOwner: OwnerFinder,
): Promise<Found> {
  switch (asked.type) {
    case 'cloud-watch-logs':
      return await findLogGroup(context, asked, organizationAccounts);
    case 's3':
      return await findBucket(asked, findOwner);
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

async function findLogGroup(context: Context, asked: Asked, organizationAccounts: ReadonlySet<string>): Promise<Found> {
  const owner = parseArn(asked.arn)?.accountId ?? '';
  // No account outside of the organization is ever entered.
  if (!organizationAccounts.has(owner)) {
    const message = `Log group ${asked.arn} is not of an account of the organization: whether it exists is not asked.`;
    return { it: notAsked(context, asked, 'not-collected', message), evidence: {} };
  }
  const [group] = await readLogGroups(context, [asked.arn]);
  if (group === undefined) throw new Error('One log group was asked for.');
  return foundGroup(group, group.evidence);
}

async function findBucket({ arn, accountId, region }: Asked, findOwner: OwnerFinder): Promise<Found> {
  const name = arn.replace(/^arn:[\w-]+:s3:::/, '');
  const { owner, evidence } = await findOwner(name, { accountId, region });
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
