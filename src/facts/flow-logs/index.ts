import type { FlowLog } from '../../model/inventory.js';
import { logGroupKeeps } from '../log-group-keeping.js';
import { allHold, doubt, fromKnown, sure } from '../three-valued.js';
import type { Tri } from '../values.js';

/** Notes what EC2 did not tell, by the name of the member; gives the gap's id. */
type NoteLacking = (member: string) => string;

/**
 * Whether the records of a flow log arrive: it is active, its delivery does not fail, and its log group or bucket is
 * there. What EC2 did not tell, or nobody could ask, is unknown.
 */
export function flowLogWorks(log: FlowLog, lacking: NoteLacking): Tri<boolean> {
  const { status, deliveryStatus, destinationFound } = log;
  return allHold([
    sure(status === 'ACTIVE'),
    deliveryStatus === undefined ? doubt([lacking('DeliverLogsStatus')]) : sure(deliveryStatus === 'SUCCESS'),
    destinationFound === undefined
      ? doubt([lacking('LogDestination')])
      : fromKnown(destinationFound, false, (found) => found),
  ]);
}

/** For how many days the log group of a flow log keeps records; undefined: for ever, or it sends to none. */
export function flowLogKeptDays(log: FlowLog, lacking: NoteLacking): Tri<number | undefined> {
  const { destinationType, destinationFound, destinationLogGroup } = log;
  if (destinationType !== 'cloud-watch-logs') return sure(undefined);
  return logGroupKeeps(destinationFound, destinationLogGroup, () => lacking('how long the log group keeps records'));
}

/** Why its records certainly do not arrive, in a sentence; undefined: they do, or it is not known. */
export function flowLogProblem(log: FlowLog): string | undefined {
  const { id, status, deliveryStatus, deliveryError, destinationFound, destination } = log;
  if (status !== 'ACTIVE') return `Flow log ${id} is ${status}.`;
  if (destinationFound?.state === 'absent') return `Flow log ${id} sends to ${destination}, which does not exist.`;
  if (deliveryStatus === undefined || deliveryStatus === 'SUCCESS') return undefined;
  return `Flow log ${id} does not deliver${deliveryError === undefined ? '' : `: ${deliveryError}`}.`;
}
