import { describe, expect, test } from 'vitest';
import { MalformedAnswer, normalizeFlowLog } from './index.js';

const home = { partition: 'aws', accountId: '111122223333', region: 'eu-central-1' };

/** As the documentation of DescribeFlowLogs has it. */
const raw = {
  FlowLogId: 'fl-aabbccdd112233445',
  ResourceId: 'vpc-123456789012abc12',
  FlowLogStatus: 'ACTIVE',
  TrafficType: 'ALL',
  DeliverLogsStatus: 'SUCCESS',
  LogDestinationType: 's3',
  LogDestination: 'arn:aws:s3:::flow-logs',
};

function destinationOf(parts: Partial<typeof raw> & { LogGroupName?: string }): string | undefined {
  return normalizeFlowLog({ ...raw, ...parts }, home).it.destination;
}

test('a flow log, and what it is of', () => {
  expect(normalizeFlowLog(raw, home)).toEqual({
    resourceId: 'vpc-123456789012abc12',
    it: {
      id: 'fl-aabbccdd112233445',
      trafficType: 'ALL',
      status: 'ACTIVE',
      deliveryStatus: 'SUCCESS',
      destinationType: 's3',
      destination: 'arn:aws:s3:::flow-logs',
    },
  });
});

describe('where it sends to', () => {
  test.each([
    ['arn:aws:s3:::flow-logs/vpc/', 'arn:aws:s3:::flow-logs'],
    ['arn:aws-us-gov:s3:::flow-logs/a/b', 'arn:aws-us-gov:s3:::flow-logs'],
    [
      'arn:aws:logs:eu-central-1:111122223333:log-group:/vpc/flow:*',
      'arn:aws:logs:eu-central-1:111122223333:log-group:/vpc/flow',
    ],
  ])('%s', (LogDestination, destination) => {
    expect(destinationOf({ LogDestination })).toBe(destination);
  });

  test('a log group that is told by its name alone is in the account and Region of the VPC', () => {
    const { LogDestination: _, LogDestinationType: __, ...named } = raw;
    expect(normalizeFlowLog({ ...named, LogGroupName: 'flow' }, home).it).toMatchObject({
      destinationType: 'cloud-watch-logs',
      destination: 'arn:aws:logs:eu-central-1:111122223333:log-group:flow',
    });
  });

  test('nothing is told', () => {
    expect(destinationOf({ LogDestination: '' })).toBeUndefined();
  });
});

test.each(['FlowLogId', 'ResourceId', 'FlowLogStatus', 'TrafficType'] as const)(
  'without %s it is malformed',
  (member) => {
    const { [member]: _, ...rest } = raw;
    expect(() => normalizeFlowLog(rest, home)).toThrow(MalformedAnswer);
  },
);
