import type { FlowLog } from '../model/inventory.js';
import { required } from './malformed-answer.js';
import { defined, optionalText } from './text.js';

/** An item of DescribeFlowLogs, as far as it is used. */
export interface RawFlowLog {
  readonly FlowLogId?: string | undefined;
  readonly ResourceId?: string | undefined;
  readonly TrafficType?: string | undefined;
  readonly FlowLogStatus?: string | undefined;
  readonly DeliverLogsStatus?: string | undefined;
  readonly DeliverLogsErrorMessage?: string | undefined;
  readonly LogDestinationType?: string | undefined;
  readonly LogDestination?: string | undefined;
  readonly LogGroupName?: string | undefined;
}

/** Where a flow log is: a log group that is told by its name alone is there, too. */
interface Home {
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
}

/**
 * A flow log, and what it is of: a VPC, a subnet or a network interface.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_FlowLog.html
 */
export function normalizeFlowLog(raw: RawFlowLog, home: Home): { readonly resourceId: string; readonly it: FlowLog } {
  // EC2 leaves it out of the first kind that there was.
  const destinationType = optionalText(raw.LogDestinationType) ?? 'cloud-watch-logs';
  return {
    resourceId: required(raw.ResourceId, 'ResourceId'),
    it: defined({
      id: required(raw.FlowLogId, 'FlowLogId'),
      trafficType: required(raw.TrafficType, 'TrafficType'),
      status: required(raw.FlowLogStatus, 'FlowLogStatus'),
      deliveryStatus: optionalText(raw.DeliverLogsStatus),
      deliveryError: optionalText(raw.DeliverLogsErrorMessage),
      destinationType,
      destination: destinationOf(raw, home),
    }),
  };
}

/** Behind the ARN of a bucket stand folders, behind that of a log group the sign for all its streams. */
function destinationOf(raw: RawFlowLog, { partition, accountId, region }: Home): string | undefined {
  const arn = optionalText(raw.LogDestination);
  if (arn !== undefined) return arn.replace(/:\*$/, '').replace(/^(arn:[\w-]+:s3:::[^/]+)\/.*$/, '$1');
  const group = optionalText(raw.LogGroupName);
  return group === undefined ? undefined : `arn:${partition}:logs:${region}:${accountId}:log-group:${group}`;
}
