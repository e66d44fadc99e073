import { ViewList, type Value, type ViewObject } from '../expression/index.js';
import { flowLogKeptDays, flowLogProblem, flowLogWorks } from '../facts/index.js';
import type { FlowLog, Vpc } from '../model/inventory.js';
import { fromTri, orAbsent, required } from './convert.js';
import { derived, evidenceOf, fields, observed } from './fields.js';
import { PartObject, type Field, type Shape, type Values } from './object.js';
import type { World } from './world.js';

const listed = (show: (vpc: Vpc) => Value): Field<Vpc> => observed(['ec2:DescribeVpcs'], show);

const flowLogCalls = ['ec2:DescribeFlowLogs', 'logs:DescribeLogGroups', 's3:HeadBucket', 's3:ListBuckets'];

export const vpcShape: Shape<Vpc> = {
  type: 'Vpc',
  label: (vpc) => vpc.arn,
  cause: (vpc, field) => ({ targetType: 'vpc', id: vpc.arn, field }),
  fields: fields<Vpc>({
    arn: listed((vpc) => vpc.arn),
    name: listed((vpc) => vpc.name),
    accountId: listed((vpc) => vpc.accountId),
    region: listed((vpc) => vpc.region),
    isDefault: listed((vpc) => vpc.isDefault),
    flowLogs: derived(
      (vpc) => [evidenceOf(vpc, flowLogCalls)],
      (vpc, world, self) =>
        required(vpc.flowLogs, new ViewList([]), (all) => new ViewList(all.map((log) => shown(log, vpc, world, self)))),
    ),
  }),
};

function shown(log: FlowLog, { accountId, region }: Vpc, world: World, owner: ViewObject): ViewObject {
  const call = 'ec2:DescribeFlowLogs';
  const lacking = (member: string): string => {
    const message = `AWS's answer to ${call} lacked ${member} of flow log ${log.id}, or it was not looked up.`;
    return world.note({ call, accountId, region, resource: log.id, reason: 'error', message });
  };
  const values: Values = {
    id: log.id,
    trafficType: log.trafficType,
    flowLogStatus: log.status,
    deliverLogsStatus: orAbsent(log.deliveryStatus),
    logDestinationType: log.destinationType,
    logDestination: orAbsent(log.destination),
    works: fromTri(flowLogWorks(log, lacking), (it) => it),
    keptDays: fromTri(flowLogKeptDays(log, lacking), orAbsent),
    problem: orAbsent(flowLogProblem(log)),
  };
  return new PartObject('FlowLog', values, owner, 'flowLogs');
}
