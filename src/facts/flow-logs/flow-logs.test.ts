import { expect, test } from 'vitest';
import { aFlowLog } from '../../../test/support/inventory-builders.js';
import type { FlowLog } from '../../model/inventory.js';
import { absent, known, unknown } from '../../model/known.js';
import { flowLogKeptDays, flowLogProblem, flowLogWorks } from './index.js';

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

const toGroup = { destinationType: 'cloud-watch-logs', destinationFound: known(true) };

test.each<[string, FlowLog, object]>([
  ['a bucket keeps by its own rules', aFlowLog(), { state: 'known', value: undefined }],
  [
    'a log group for as long as it says',
    aFlowLog({ ...toGroup, destinationLogGroup: { logGroupClass: 'STANDARD', retentionInDays: 30 } }),
    { state: 'known', value: 30 },
  ],
  [
    'a log group for ever where it says nothing',
    aFlowLog({ ...toGroup, destinationLogGroup: { logGroupClass: 'INFREQUENT_ACCESS' } }),
    { state: 'known', value: undefined },
  ],
  [
    'one of the class DELIVERY for a day',
    aFlowLog({ ...toGroup, destinationLogGroup: { logGroupClass: 'DELIVERY', retentionInDays: 400 } }),
    { state: 'known', value: 1 },
  ],
  [
    'of a class that is newer nothing is known',
    aFlowLog({ ...toGroup, destinationLogGroup: { logGroupClass: 'NEW', retentionInDays: 400 } }),
    open('no how long the log group keeps records'),
  ],
  ['nor of one that was not read', aFlowLog(toGroup), open('no how long the log group keeps records')],
  ['nor of one that could not be read', aFlowLog({ ...toGroup, destinationFound: unknown('g') }), open('g')],
  [
    'one that is gone keeps nothing, and is told otherwise',
    aFlowLog({ ...toGroup, destinationFound: absent }),
    { state: 'known', value: undefined },
  ],
])('%s', (_, log, expected) => {
  expect(flowLogKeptDays(log, lacking)).toEqual(expected);
});
