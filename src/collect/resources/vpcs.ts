import type { Account, FlowLog, Vpc } from '../../model/inventory.js';
import { mapKnown } from '../../model/known.js';
import { normalizeFlowLog, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { type InRegion, type Owned, ownedInRegions } from './in-each-region.js';

/**
 * The VPCs that an account owns in each enabled Region, with their flow logs: one call, two where there is a VPC. A VPC
 * that is shared with the account is its owner's.
 */
export async function readVpcs(context: Context, session: Session, regions: Account['regions']): Promise<Owned<Vpc>> {
  return await ownedInRegions(context, regions, async (region) => await readRegion(context, session, region));
}

async function readRegion(context: Context, session: Session, region: string): Promise<InRegion<Vpc>> {
  const { accountId } = session;
  const input = { MaxResults: 1000 };
  const list = await context.aws.askAll(
    session,
    'ec2:DescribeVpcs',
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output) =>
        required(output.Vpcs, 'Vpcs').map((it) => ({
          name: required(it.VpcId, 'VpcId'),
          ownerId: required(it.OwnerId, 'OwnerId'),
          isDefault: required(it.IsDefault, 'IsDefault'),
        })),
    },
  );
  const own = (list.it.state === 'known' ? list.it.value : list.partial).filter((it) => it.ownerId === accountId);
  if (own.length === 0) return { list: list.it, found: [] };
  const logs = await readFlowLogs(context, session, region);
  const evidence = { ...list.evidence, ...logs.evidence };
  const found = own.map(({ name, isDefault }) => ({
    arn: `arn:${context.partition}:ec2:${region}:${accountId}:vpc/${name}`,
    name,
    accountId,
    region,
    isDefault,
    flowLogs: mapKnown(logs.it, (all) => all.filter(({ resourceId }) => resourceId === name).map(({ it }) => it)),
    evidence,
  }));
  return { list: list.it, found };
}

async function readFlowLogs(context: Context, session: Session, region: string) {
  const home = { partition: context.partition, accountId: session.accountId, region };
  const input = { MaxResults: 1000 };
  return await context.aws.askAll(
    session,
    'ec2:DescribeFlowLogs',
    input,
    { region },
    {
      token: (output) => output.NextToken,
      next: (NextToken) => ({ ...input, NextToken }),
      items: (output): { readonly resourceId: string; readonly it: FlowLog }[] =>
        required(output.FlowLogs, 'FlowLogs').map((it) => normalizeFlowLog(it, home)),
    },
  );
}
