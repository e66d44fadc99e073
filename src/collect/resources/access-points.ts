import type { AccessPoint, Bucket, PublicAccessBlock } from '../../model/inventory.js';
import { absent, known, mapKnown, type Known } from '../../model/known.js';
import { mentionsAccessPoints, normalizePublicAccessBlock, required } from '../../normalize/index.js';
import type { Answer } from '../aws/aws-call.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';

/** The Region that answers for the Multi-Region access points of all, and the one partition that has them. */
const multiRegion = { partition: 'aws', region: 'us-west-2' };

/**
 * The access points that lead to a bucket, of the account that owns it: no other account tells its own. Unless a policy
 * asks for them all, they are asked for where the bucket's policy speaks of access points: only then they may decide
 * who gets in.
 *
 * @returns undefined where they need not be asked for
 */
export async function readAccessPoints(
  context: Context,
  session: Session,
  policy: Bucket['policy'],
  place: { readonly name: string; readonly region: string },
): Promise<Answer<readonly AccessPoint[]> | undefined> {
  const isMentioned = policy.state === 'known' && mentionsAccessPoints(policy.value);
  if (!isMentioned && !context.asksEveryAccessPoint) return undefined;
  if (!context.aws.isSelected('s3control:ListAccessPoints')) return undefined;
  const regional = await readRegional(context, session, place);
  if (regional.it.state !== 'known' || context.partition !== multiRegion.partition) return regional;
  const others = await readMultiRegion(context, session, place.name);
  const evidence = { ...regional.evidence, ...others.evidence };
  if (others.it.state !== 'known') return { it: others.it, evidence };
  return { it: known([...regional.it.value, ...others.it.value]), evidence };
}

type Read = Promise<Answer<readonly AccessPoint[]>>;

/** An access point, and what tells of it. */
interface Found {
  readonly point: AccessPoint;
  readonly evidence: Answer<never>['evidence'];
}

function joined(found: readonly Found[], evidence: Answer<never>['evidence']): Answer<readonly AccessPoint[]> {
  const all = found.map((it) => it.evidence);
  return { it: known(found.map((it) => it.point)), evidence: Object.assign({}, evidence, ...all) };
}

async function readRegional(
  context: Context,
  session: Session,
  { name: bucket, region }: { readonly name: string; readonly region: string },
): Read {
  const { aws } = context;
  const { accountId } = session;
  const input = { AccountId: accountId, Bucket: bucket };
  const listed = await aws.askAll(
    session,
    's3control:ListAccessPoints',
    input,
    { region, resource: bucket },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      // Without access points the list is there, and empty.
      items: (output) =>
        required(output.AccessPointList, 'AccessPointList').map((it) => ({
          name: required(it.Name, 'AccessPointList.Name'),
          arn: required(it.AccessPointArn, 'AccessPointList.AccessPointArn'),
          networkOrigin: required(it.NetworkOrigin, 'AccessPointList.NetworkOrigin'),
        })),
    },
  );
  if (listed.it.state !== 'known') return { it: listed.it, evidence: listed.evidence };
  return joined(
    await Promise.all(
      listed.it.value.map(async ({ name, arn, networkOrigin }): Promise<Found> => {
        const isOfVpc = networkOrigin === 'VPC';
        // What only a VPC reaches is never public: its settings matter only to who asks for them.
        if (isOfVpc && !context.asksEveryAccessPoint) {
          return { point: { arn, networkOrigin, policyStatus: absent, restrictsPublic: absent }, evidence: {} };
        }
        const asked = { AccountId: accountId, Name: name };
        const [status, block] = await Promise.all([
          isOfVpc
            ? { it: absent, evidence: {} }
            : aws.ask(session, 's3control:GetAccessPointPolicyStatus', asked, { region, resource: arn }, (output) => ({
                isPublic: required(output.PolicyStatus?.IsPublic, 'PolicyStatus.IsPublic'),
              })),
          aws.ask(session, 's3control:GetAccessPoint', asked, { region, resource: arn }, (output) =>
            normalizePublicAccessBlock(output.PublicAccessBlockConfiguration),
          ),
        ]);
        return {
          point: { arn, networkOrigin, policyStatus: status.it, ...blockOf(block.it) },
          evidence: { ...status.evidence, ...block.evidence },
        };
      }),
    ),
    listed.evidence,
  );
}

/** Those that lead to the bucket, among all of the account. */
async function readMultiRegion(context: Context, session: Session, bucket: string): Read {
  const { aws, partition } = context;
  const { accountId } = session;
  const { region } = multiRegion;
  const input = { AccountId: accountId };
  const listed = await aws.askAll(
    session,
    's3control:ListMultiRegionAccessPoints',
    input,
    { region, resource: bucket },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.AccessPoints, 'AccessPoints')
          .filter(({ Regions }) => (Regions ?? []).some((it) => it.Bucket === bucket))
          .map((it) => ({
            name: required(it.Name, 'AccessPoints.Name'),
            arn: `arn:${partition}:s3::${accountId}:accesspoint/${required(it.Alias, 'AccessPoints.Alias')}`,
            block: normalizePublicAccessBlock(it.PublicAccessBlock),
          })),
    },
  );
  if (listed.it.state !== 'known') return { it: listed.it, evidence: listed.evidence };
  return joined(
    await Promise.all(
      listed.it.value.map(async ({ name, arn, block }): Promise<Found> => {
        const status = await aws.ask(
          session,
          's3control:GetMultiRegionAccessPointPolicyStatus',
          { AccountId: accountId, Name: name },
          { region, resource: arn },
          (output) => ({ isPublic: required(output.Established?.IsPublic, 'Established.IsPublic') }),
        );
        return {
          point: { arn, networkOrigin: 'Internet', policyStatus: status.it, ...blockOf(known(block)) },
          evidence: status.evidence,
        };
      }),
    ),
    listed.evidence,
  );
}

function blockOf(block: Known<PublicAccessBlock>): Pick<AccessPoint, 'publicAccessBlock' | 'restrictsPublic'> {
  return { publicAccessBlock: block, restrictsPublic: mapKnown(block, (it) => it.restrictPublicBuckets) };
}
