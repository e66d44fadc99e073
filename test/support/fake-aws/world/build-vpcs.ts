import type { FlowLog, Vpc } from '@aws-sdk/client-ec2';
import type { WorldVpc } from './resources.js';

/** What a test states of a VPC: members as DescribeVpcs names them, and its flow logs. */
export interface VpcParts extends Partial<Pick<Vpc, 'VpcId' | 'OwnerId' | 'IsDefault'>> {
  readonly accountId: string;
  readonly region?: string;
  readonly flowLogs?: readonly FlowLog[];
}

/** A VPC without flow logs. */
export function aVpc({ accountId, region = 'eu-central-1', flowLogs = [], ...parts }: VpcParts): WorldVpc {
  const vpc = {
    VpcId: `vpc-${accountId.slice(0, 8)}`,
    OwnerId: accountId,
    IsDefault: false,
    State: 'available' as const,
  };
  const whole = { ...vpc, ...parts };
  return { accountId, region, vpc: whole, flowLogs: flowLogs.map((it) => ({ ResourceId: whole.VpcId, ...it })) };
}

/** A flow log of all traffic that delivers to this ARN: a log group, bucket or stream. */
export function aFlowLog(LogDestination: string, parts: Partial<FlowLog> = {}): FlowLog {
  const LogDestinationType = LogDestination.includes(':s3:::')
    ? ('s3' as const)
    : LogDestination.includes(':logs:')
      ? ('cloud-watch-logs' as const)
      : ('kinesis-data-firehose' as const);
  return {
    FlowLogId: 'fl-1a2b3c4d',
    FlowLogStatus: 'ACTIVE',
    TrafficType: 'ALL',
    DeliverLogsStatus: 'SUCCESS',
    LogDestinationType,
    LogDestination,
    ...parts,
  };
}
