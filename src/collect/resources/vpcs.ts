import type { Account, FlowLog, Vpc } from '../../model/inventory.js';
import { alwaysEnabledRegions } from '../../model/identifiers.js';
import { known, mapKnown, type Known, type Unknown } from '../../model/known.js';
import { normalizeFlowLog, required } from '../../normalize/index.js';
import type { Session } from '../aws/session.js';
import type { Context } from '../run/context.js';
import { enabledRegions } from './regions.js';

export interface OwnedVpcs {
  /** Their ARNs; unknown when a Region could not be asked: then there may be more than were found. */
  readonly arns: Known<readonly string[]>;
  readonly found: readonly Vpc[];
}

/**
 * The VPCs that an account owns in each enabled Region, with their flow logs: one call, two where there is a VPC. A VPC
 * that is shared with the account is its owner's.
 */
export async function readVpcs(context: Context, session: Session, regions: Account['regions']): Promise<OwnedVpcs> {
  const enabled = enabledRegions(regions) ?? alwaysEnabledRegions(context.partition);
  const read = await Promise.all(enabled.map((region) => readRegion(context, session, region)));
  const found = read.flatMap((it) => it.found);
  const gap = [regions, ...read.map((it) => it.list)].find((it): it is Unknown => it.state === 'unknown');
  return { arns: gap ?? known(found.map(({ arn }) => arn).toSorted()), found };
}

interface InRegion {
  readonly list: Known<unknown>;
  readonly found: readonly Vpc[];
}

async function readRegion(context: Context, session: Session, region: string): Promise<InRegion> {
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
