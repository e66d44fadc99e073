import { CreateFlowLogsCommand, CreateVpcCommand, EC2Client } from '@aws-sdk/client-ec2';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { alarmSubjects, standardPatterns, type AlarmSubject } from '../../src/facts/index.js';
import type { Results } from '../../src/index.js';
import { required } from '../../src/normalize/malformed-answer.js';
import { runCli } from '../cli/run-cli.js';
import { buildBucket, buildKey, buildLogGroup, buildTrail, type Entrance } from './build-account.js';
import { buildAlarm, buildTopic, type AlarmPlan } from './build-alarms.js';
import { buildClassicLoadBalancer, buildLoadBalancer } from './build-load-balancers.js';
import { startCompletedMoto } from './completed-moto.js';
import { documentationCredentials, startMoto } from './moto.js';
import { environmentFor } from './with-moto-organization.js';

const newest = (subject: AlarmSubject): string => standardPatterns[subject].at(-1)?.text ?? '';

const topicArn = (name: string): string => `arn:aws:sns:us-east-1:123456789012:${name}`;

/** What is wrong with the alarms on some subjects, and what the message says of it; all others are as they should be. */
const defects: Readonly<Partial<Record<AlarmSubject, { readonly plan: Partial<AlarmPlan>; readonly says: string }>>> = {
  'root-usage': {
    plan: { pattern: '{ $.userIdentity.type = "Root" && $.sourceIPAddress = "198.51.100.7" }' },
    says: 'root-usage misses',
  },
  'kms-key-deletion': { plan: { alarm: { ActionsEnabled: false } }, says: 'are switched off' },
  'vpc-changes': { plan: { alarm: { Namespace: 'Other' } }, says: 'watches the metric of metric filter vpc-changes' },
  'config-changes': { plan: { alarm: { Threshold: 5 } }, says: 'It takes 5 events in one period.' },
  'network-acl-changes': { plan: { alarm: { TreatMissingData: 'breaching' } }, says: 'does not rise' },
  'route-table-changes': { plan: { alarm: { AlarmActions: [] } }, says: 'has no action' },
  's3-bucket-policy-changes': {
    plan: { alarm: { AlarmActions: [topicArn('severe')] } },
    says: 'each has a filter policy',
  },
};

/** What is as it should be, otherwise than the rest. */
const sound: Readonly<Partial<Record<AlarmSubject, Partial<AlarmPlan>>>> = {
  'security-group-changes': { alarm: { AlarmActions: [topicArn('in-alarm')] } },
};

/**
 * An account with a trail, whose log group has filters, alarms and a topic for each subject, and with load balancers;
 * gives the id of a VPC.
 */
async function buildAccount(entrance: Entrance): Promise<string> {
  const [bucket, logGroup] = ['acme-trail-logs', 'trail'];
  const [keyArn, logGroupArn] = [await buildKey(entrance), await buildLogGroup(entrance, logGroup)];
  await buildTrail(entrance, { name: 'main', bucket, keyArn, logGroupArn });
  await buildBucket(entrance, bucket);
  const topic = await buildTopic(entrance, 'security');
  await buildTopic(entrance, 'severe', true, { FilterPolicy: '{"severity":["high"]}' });
  const inAlarm = { FilterPolicy: '{"NewStateValue":["ALARM"]}', FilterPolicyScope: 'MessageBody' };
  await buildTopic(entrance, 'in-alarm', true, inAlarm);
  for (const subject of alarmSubjects) {
    const plan = { name: subject, pattern: newest(subject), ...(defects[subject]?.plan ?? sound[subject]) };
    await buildAlarm(entrance, logGroup, plan, topic);
  }
  await Promise.all([
    buildLoadBalancer(entrance, 'logged', bucket),
    buildLoadBalancer(entrance, 'silent', undefined),
    buildLoadBalancer(entrance, 'lost', 'acme-logs-that-are-gone'),
    buildClassicLoadBalancer(entrance, 'classic-logged', bucket),
    buildClassicLoadBalancer(entrance, 'classic-silent', undefined),
  ]);
  return await buildVpc(entrance, bucket);
}

/** A VPC whose rejected traffic goes to the bucket; that of the default VPC goes nowhere. */
async function buildVpc(entrance: Entrance, bucket: string): Promise<string> {
  const ec2 = new EC2Client(entrance);
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }));
  const id = required(Vpc?.VpcId, 'VpcId');
  await ec2.send(
    new CreateFlowLogsCommand({
      ResourceType: 'VPC',
      ResourceIds: [id],
      TrafficType: 'REJECT',
      LogDestinationType: 's3',
      LogDestination: `arn:aws:s3:::${bucket}`,
    }),
  );
  return id;
}

describe('an account in moto', () => {
  let stop: (() => Promise<void>) | undefined;
  let results: Results | undefined;
  let vpc: string | undefined;
  let missing: string | undefined;

  beforeAll(async () => {
    const moto = await startMoto();
    if ('missing' in moto) {
      missing = `moto cannot run: ${moto.missing}`;
      if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
      return;
    }
    const completed = await startCompletedMoto(moto.endpoint);
    stop = async () => {
      await completed.stop();
      await moto.stop();
    };
    const { endpoint } = completed;
    const credentials = documentationCredentials;
    vpc = await buildAccount({ accountId: '123456789012', region: 'us-east-1', endpoint, credentials });
    results = await scan(environmentFor(endpoint));
  });

  afterAll(async () => {
    await stop?.();
  });

  beforeEach((context) => {
    if (results === undefined) context.skip(missing ?? 'moto did not start.');
  });

  test.each(alarmSubjects)('alarms-on-%s', (subject) => {
    const found = results?.evaluations.filter((it) => it.policyId === `alarms-on-${subject}`) ?? [];
    const defect = defects[subject];
    const outcome = defect === undefined ? 'COMPLIANT' : 'NON_COMPLIANT';
    expect(found).toMatchObject([{ outcome, message: expect.stringContaining(defect?.says ?? '') }]);
  });

  test('the topics of the alarms have subscribers', () => {
    const found = results?.evaluations.filter((it) => it.policyId === 'topic-has-confirmed-subscribers') ?? [];
    expect(found.map((it) => `${it.outcome} ${it.target.id}`)).toEqual([
      `COMPLIANT ${topicArn('in-alarm')}`,
      `COMPLIANT ${topicArn('security')}`,
      `COMPLIANT ${topicArn('severe')}`,
    ]);
  });

  test('the flow logs of a VPC arrive, and a Region has a default VPC without any', () => {
    const found = results?.evaluations.filter((it) => it.policyId === 'vpcs-have-flow-logs') ?? [];
    const here = found.filter(({ target }) => target.region === 'us-east-1');
    const isOurs = (it: (typeof here)[number]): boolean => it.target.name === vpc;
    expect(here.filter(isOurs).map((it) => it.outcome)).toEqual(['COMPLIANT']);
    expect(here.filter((it) => !isOurs(it)).map((it) => it.outcome)).toEqual(['NON_COMPLIANT']);
  });

  test('load balancers of both generations log, do not, or log to a bucket that is gone', () => {
    const found = results?.evaluations.filter((it) => it.policyId === 'load-balancers-log-requests') ?? [];
    // An account may stand beside them.
    const named = found.filter(({ target }) => target.name !== undefined);
    expect(Object.fromEntries(named.map((it) => [it.target.name, it.outcome]))).toEqual({
      logged: 'COMPLIANT',
      silent: 'NON_COMPLIANT',
      lost: 'NON_COMPLIANT',
      'classic-logged': 'COMPLIANT',
      'classic-silent': 'NON_COMPLIANT',
    });
  });
});

async function scan(environment: Readonly<Record<string, string>>): Promise<Results> {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-moto-'));
  try {
    await runCli(['scan', '--pack', 'alarms', '--pack', 'other-logs', '--quiet'], { cwd: folder, environment });
    return JSON.parse(readFileSync(join(folder, 'reports/results.json'), 'utf8')) as Results;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
