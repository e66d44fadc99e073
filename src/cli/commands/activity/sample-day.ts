import type { CoverageCell, EventBatch, EventCoverage, EventRecord, EventSource } from '../../../model/log-events.js';

/** The day that the sample is of, and when its logs were read. */
export const sampleWindow = { from: '2026-11-20T00:00:00.000Z', to: '2026-11-21T00:00:00.000Z' };
export const sampleReadAt = '2026-11-21T06:00:00.000Z';

const payments = '111122223333';
const webShop = '444455556666';
const regions = ['eu-central-1', 'us-east-1'];

interface Planted {
  readonly at: string;
  readonly account?: string;
  readonly region?: string;
  readonly source: string;
  readonly name: string;
  readonly from?: string;
  readonly identity?: EventRecord;
  readonly more?: EventRecord;
}

function roleOf(account: string, role: string, session: string): EventRecord {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${session}`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/${session}`,
    accountId: account,
    accessKeyId: 'ASIAEXAMPLE',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLE',
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
    },
  };
}

const root: EventRecord = { type: 'Root', accountId: payments, arn: `arn:aws:iam::${payments}:root` };
const guessed = (second: number): Planted => ({
  at: `03:12:${String(second).padStart(2, '0')}`,
  source: 'signin',
  name: 'ConsoleLogin',
  from: '198.51.100.99',
  identity: { type: 'IAMUser', accountId: payments, userName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
  more: {
    eventType: 'AwsConsoleSignIn',
    errorMessage: 'No username found in supplied account',
    responseElements: { ConsoleLogin: 'Failure' },
  },
});

const planted: readonly Planted[] = [
  ...[2, 9, 15, 24, 31, 40, 52].map(guessed),
  { at: '08:01:10', source: 'ec2', name: 'DescribeInstances', more: { readOnly: true } },
  { at: '08:05:42', source: 's3', name: 'ListBuckets', region: 'us-east-1', more: { readOnly: true } },
  { at: '10:17:00', source: 'iam', name: 'ListUsers', from: '203.0.113.7', identity: root, more: { readOnly: true } },
  { at: '10:18:30', source: 'iam', name: 'CreateAccessKey', from: '203.0.113.7', identity: root },
  {
    at: '13:40:05',
    account: webShop,
    region: 'eu-central-1',
    source: 'cloudtrail',
    name: 'StopLogging',
    from: '203.0.113.7',
    identity: roleOf(webShop, 'Deploy', 'ci-4711'),
    more: { requestParameters: { name: 'web-shop' } },
  },
  {
    at: '15:02:44',
    account: webShop,
    region: 'eu-central-1',
    source: 'cloudtrail',
    name: 'StartLogging',
    identity: roleOf(webShop, 'Admin', 'alice'),
    more: { requestParameters: { name: 'web-shop' } },
  },
  {
    at: '13:44:31',
    account: webShop,
    region: 'eu-central-1',
    source: 'ec2',
    name: 'AuthorizeSecurityGroupIngress',
    from: '203.0.113.7',
    identity: roleOf(webShop, 'Deploy', 'ci-4711'),
    more: {
      requestParameters: {
        groupId: 'sg-0a1b2c3d4e5f60718',
        ipPermissions: {
          items: [{ ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] } }],
        },
      },
    },
  },
];

function recordOf({ at, account = payments, region, source, name, from, identity, more }: Planted, index: number) {
  const isGlobal = source === 'iam' || source === 'signin';
  return {
    eventVersion: '1.11',
    userIdentity: identity ?? roleOf(account, 'Developer', 'bob'),
    eventTime: `2026-11-20T${at}Z`,
    eventSource: `${source}.amazonaws.com`,
    eventName: name,
    awsRegion: region ?? (isGlobal ? 'us-east-1' : 'eu-central-1'),
    sourceIPAddress: from ?? '192.0.2.10',
    userAgent: 'aws-cli/2.31.0',
    requestParameters: null,
    responseElements: null,
    eventID: `5a3b1e00-0000-4000-8000-${String(index).padStart(12, '0')}`,
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: 'Management',
    ...more,
  };
}

/** Two accounts, a day, and a few incidents; of one account the log files of two hours are missing. */
export function sampleDay(): EventSource {
  return {
    async *read(): AsyncGenerator<EventBatch, void, undefined> {
      await Promise.resolve();
      for (const [index, it] of planted.entries()) {
        const record = recordOf(it, index);
        const { recipientAccountId: account, awsRegion } = record;
        const hour = it.at.slice(0, 2);
        const name = `${account}_CloudTrail_${awsRegion}_20261120T${hour}55Z_SAMPLE`;
        const object = `AWSLogs/${account}/CloudTrail/${awsRegion}/2026/11/20/${name}.json.gz`;
        yield { origin: { object }, records: [record] };
      }
    },
    coverage: sampleCoverage,
  };
}

const missing: ReadonlySet<string> = new Set(['2026-11-20T04', '2026-11-20T05']);

function sampleCoverage(): EventCoverage {
  const hours = Array.from({ length: 24 }, (_, hour) => `2026-11-20T${String(hour).padStart(2, '0')}`);
  const stateOf = (account: string, region: string, hour: string): CoverageCell['state'] =>
    account === webShop && region === 'us-east-1' && missing.has(hour) ? 'silent' : 'present';
  const cells = [payments, webShop].flatMap((account) =>
    regions.flatMap((region) =>
      hours.map((hour): CoverageCell => ({ account, region, hour, state: stateOf(account, region, hour) })),
    ),
  );
  return { ...sampleWindow, cells, gaps: [] };
}
