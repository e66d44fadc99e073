import { expect, test } from 'vitest';
import { aFlowLog } from '../../../test/support/inventory-builders.js';
import type { FlowLog } from '../../model/inventory.js';
import { absent, unknown } from '../../model/known.js';
import { flowLogProblem, flowLogWorks } from './index.js';

function without(member: keyof FlowLog, parts: Partial<FlowLog> = {}): FlowLog {
  const { [member]: _, ...rest } = aFlowLog(parts);
  return rest as FlowLog; // the members that the tests leave out are optional
}

const lacking = (member: string): string => `no ${member}`;
const yes = { state: 'known', value: true };
const no = { state: 'known', value: false };
const open = (...gaps: readonly string[]) => ({ state: 'unknown', gaps });

const cases: readonly (readonly [string, FlowLog, object, string | undefined])[] = [
  ['one that is active and delivers', aFlowLog(), yes, undefined],
  ['one that is not active', aFlowLog({ status: 'INACTIVE' }), no, 'Flow log fl-1a2b3c4d is INACTIVE.'],
  [
    'one whose delivery fails',
    aFlowLog({ deliveryStatus: 'FAILED', deliveryError: 'Access error' }),
    no,
    'Flow log fl-1a2b3c4d does not deliver: Access error.',
  ],
  [
    'one whose delivery fails for no reason that is told',
    aFlowLog({ deliveryStatus: 'FAILED' }),
    no,
    'Flow log fl-1a2b3c4d does not deliver.',
  ],
  [
    'one whose bucket is gone',
    aFlowLog({ destinationFound: absent }),
    no,
    'Flow log fl-1a2b3c4d sends to arn:aws:s3:::flow-logs, which does not exist.',
  ],
  ['one whose delivery is not told', without('deliveryStatus'), open('no DeliverLogsStatus'), undefined],
  ['one whose bucket nobody looked up', without('destinationFound'), open('no LogDestination'), undefined],
  [
    'one whose bucket could not be looked up',
    aFlowLog({ destinationFound: unknown('refused') }),
    open('refused'),
    undefined,
  ],
  [
    'what fails for certain decides, whatever else is not known',
    aFlowLog({ deliveryStatus: 'FAILED', destinationFound: unknown('refused') }),
    no,
    'Flow log fl-1a2b3c4d does not deliver.',
  ],
  [
    'what is gone for certain decides, too',
    without('deliveryStatus', { destinationFound: absent }),
    no,
    'Flow log fl-1a2b3c4d sends to arn:aws:s3:::flow-logs, which does not exist.',
  ],
];

test.each(cases)('%s', (_, log, works, problem) => {
  expect(flowLogWorks(log, lacking)).toEqual(works);
  expect(flowLogProblem(log)).toBe(problem);
});
