import { LookupEventsCommand, type LookupEventsCommandInput } from '@aws-sdk/client-cloudtrail';
import { expect, test } from 'vitest';
import { aRecord } from '../event-logs.js';
import { anAccount, aWorld, managementAccountId, type FakeAwsOptions } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const now = Date.parse('2026-11-21T00:00:00Z');
const region = 'us-east-1';
const record = (number: number, members = {}) => ({ record: aRecord(number, { awsRegion: region, ...members }) });
const world = aWorld({
  accounts: [anAccount({ id: managementAccountId })],
  eventHistory: {
    [managementAccountId]: {
      [region]: [
        ...Array.from({ length: 60 }, (_, index) => record(index)),
        record(60, { eventTime: '2026-08-01T00:00:00Z' }),
        record(61, { managementEvent: false }),
      ],
    },
  },
});

async function lookUp(input: LookupEventsCommandInput, options: FakeAwsOptions = {}, times = 1) {
  const aws = await fakeAwsFor(world, { now: () => now, ...options });
  const { cloudtrail } = sdkClients(aws, { accountId: managementAccountId, region });
  const send = async () => await cloudtrail.send(new LookupEventsCommand(input));
  for (let it = 1; it < times; it += 1) await send();
  return {
    ...(await send()),
    send: async (next: LookupEventsCommandInput) => await cloudtrail.send(new LookupEventsCommand(next)),
  };
}

test('gives 50 management events of 90 days a page', async () => {
  const first = await lookUp({});
  expect(first.Events).toHaveLength(50);
  const second = await first.send({ NextToken: first.NextToken });
  expect(second.Events).toHaveLength(10);
  expect(second.NextToken).toBeUndefined();
});

test.each([
  [{ MaxResults: 51 }, 'InvalidMaxResultsException'],
  [{ NextToken: 'bm9uZQ' }, 'InvalidNextTokenException'],
  [{ StartTime: new Date(now), EndTime: new Date(now - 1000) }, 'InvalidTimeRangeException'],
  [
    {
      LookupAttributes: [
        { AttributeKey: 'EventName', AttributeValue: 'A' },
        { AttributeKey: 'EventName', AttributeValue: 'B' },
      ],
    },
    'InvalidLookupAttributesException',
  ],
] as const)('refuses %j with %s', async (input, name) => {
  // The SDK takes no readonly lists.
  await expect(lookUp(input as unknown as LookupEventsCommandInput)).rejects.toThrow(expect.objectContaining({ name }));
});

test('a token goes with its own parameters only', async () => {
  const first = await lookUp({});
  await expect(first.send({ NextToken: first.NextToken, MaxResults: 10 })).rejects.toThrow(
    expect.objectContaining({ name: 'InvalidNextTokenException' }),
  );
});

test('more than two a second are throttled', async () => {
  await expect(lookUp({}, { quotas: { cloudtrail: true } }, 4)).rejects.toThrow(/[Rr]ate|[Tt]hrottl/);
});
