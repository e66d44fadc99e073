import { readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  SelectResourceConfigCommand,
  StartConfigurationRecorderCommand,
  type RecordingGroup,
} from '@aws-sdk/client-config-service';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Results } from '../../src/index.js';
import { aFolder, runCli, type Ran } from '../cli/run-cli.js';
import { itemsOf } from '../support/config-items.js';
import { snapshot, snapshotName } from '../support/delivery-files.js';
import { anInventory, MANAGEMENT, MEMBER } from '../support/inventory-builders.js';
import { buildBucket, type Entrance } from './build-account.js';
import { documentationCredentials, startMoto, type Moto } from './moto.js';

/** To moto, whoever it does not know. */
const account = '123456789012';
const region = 'us-east-1';
const logBucket = 'trail-logs-of-one-account';
const filesBucket = 'recorded-by-config';
const trailArn = `arn:aws:cloudtrail:${region}:${account}:trail/main`;

/**
 * moto speaks DescribeConfigurationRecorders, DescribeConfigurationRecorderStatus, SelectResourceConfig with answers
 * that are set (it does not look at the query), and BatchGetResourceConfig of buckets and Block Public Access in an encoding of its own making. It
 * has neither SelectAggregateResourceConfig nor DescribeConfigurationAggregatorSourcesStatus, so that an aggregator
 * cannot be asked; no items of trails and keys; and of buckets neither versioning, encryption nor Object Lock.
 */
let moto: Moto | undefined;
let missing: string | undefined;

beforeAll(async () => {
  vi.stubEnv('AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED', 'true');
  const started = await startMoto();
  if ('missing' in started) {
    missing = `moto cannot run: ${started.missing}`;
    if (process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);
    return;
  }
  moto = started;
  await build(started);
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await moto?.stop();
});

beforeEach((context) => {
  if (moto === undefined) context.skip(missing ?? 'moto did not start.');
});

const entranceOf = ({ endpoint }: Moto, region_ = region): Entrance => ({
  accountId: account,
  endpoint,
  region: region_,
  credentials: documentationCredentials,
});

async function build(it: Moto): Promise<void> {
  const entrance = entranceOf(it);
  await buildBucket(entrance, logBucket);
  const s3 = new S3Client({ ...entrance, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: filesBucket }));
  const items = itemsOf(anInventory());
  for (const id of [MANAGEMENT, MEMBER]) {
    const Body = snapshot(items.filter((item) => item.awsAccountId === id));
    await s3.send(new PutObjectCommand({ Bucket: filesBucket, Key: snapshotName(id, region), Body }));
  }
  await buildRecorder(entrance, { allSupported: true });
  await buildRecorder(entranceOf(it, 'eu-west-1'), { allSupported: false, resourceTypes: ['AWS::S3::Bucket'] });
  await buildRecorder(entranceOf(it, 'eu-west-2'), { allSupported: true }, false);
  await answerQueries(it);
}

async function buildRecorder(entrance: Entrance, recordingGroup: RecordingGroup, isStarted = true): Promise<void> {
  const config = new ConfigServiceClient(entrance);
  const ConfigurationRecorder = { name: 'default', roleARN: `arn:aws:iam::${account}:role/config`, recordingGroup };
  await config.send(new PutConfigurationRecorderCommand({ ConfigurationRecorder }));
  const DeliveryChannel = { name: 'default', s3BucketName: filesBucket };
  await config.send(new PutDeliveryChannelCommand({ DeliveryChannel }));
  if (isStarted) await config.send(new StartConfigurationRecorderCommand({ ConfigurationRecorderName: 'default' }));
}

/** What is found by the queries of one run, in their order: the trail as its item is, no store, and that there is a bucket. */
async function answerQueries(it: Moto): Promise<void> {
  const row = { accountId: account, awsRegion: region, configurationItemStatus: 'OK' };
  const trail = {
    ...row,
    resourceType: 'AWS::CloudTrail::Trail',
    resourceId: 'main',
    arn: trailArn,
    configurationItemCaptureTime: '2026-11-20T22:00:00.000Z',
    configuration: {
      name: 'main',
      trailARN: trailArn,
      homeRegion: region,
      s3BucketName: logBucket,
      includeGlobalServiceEvents: true,
      isMultiRegionTrail: true,
      isOrganizationTrail: false,
      logFileValidationEnabled: true,
      hasCustomEventSelectors: false,
      hasInsightSelectors: false,
    },
  };
  const bucket = { ...row, resourceType: 'AWS::S3::Bucket', resourceId: logBucket, arn: `arn:aws:s3:::${logBucket}` };
  // Of event data stores there are none.
  for (const rows of [[trail], [], [bucket]]) {
    it.answerQuery({ account, region, rows: rows.map((found) => JSON.stringify(found)) });
  }
  // Answers are set one after the other: when the last one is there, so are these.
  const elsewhere = 'ap-south-1';
  it.answerQuery({ account, region: elsewhere, rows: ['{}'] });
  const config = new ConfigServiceClient(entranceOf(it, elsewhere));
  await vi.waitFor(async () => {
    const { Results: rows } = await config.send(new SelectResourceConfigCommand({ Expression: 'any' }));
    expect(rows).toEqual(['{}']);
  }, 10_000);
}

async function scan(...args: string[]): Promise<Ran & { readonly results: Results }> {
  if (moto === undefined) throw new Error('moto is there only while a test runs.');
  const cwd = aFolder();
  const ran = await runCli(['scan', '--quiet', '--fail-on', 'none', ...args], {
    cwd,
    environment: {
      AWS_ENDPOINT_URL: moto.endpoint,
      AWS_REGION: region,
      AWS_ACCESS_KEY_ID: documentationCredentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: documentationCredentials.secretAccessKey,
      AWS_CONFIG_FILE: devNull,
    },
  });
  expect(ran.stderr).not.toContain('rror:');
  return { ...ran, results: JSON.parse(readFileSync(join(cwd, 'reports/results.json'), 'utf8')) as Results };
}

const outcomes = ({ evaluations }: Results): Record<string, string> =>
  Object.fromEntries(evaluations.map((it) => [`${it.policyId} ${it.target.region}`, it.outcome]));

describe('AWS Config of one account in moto', () => {
  test('the trail, its bucket and the recorders are judged from what moto tells', async () => {
    const { results } = await scan('--source', 'config', '--pack', 'baseline', '--pack', 'config');
    expect(results.gaps.filter((it) => it.reason === 'error').map((it) => it.call)).toEqual(['account:ListRegions']);
    expect(results.run).toMatchObject({ source: 'config' });
    expect(outcomes(results)).toMatchObject({
      [`trail-validates-log-files ${region}`]: 'COMPLIANT',
      [`trail-encrypts-with-kms ${region}`]: 'NON_COMPLIANT',
      [`trail-is-logging ${region}`]: 'INSUFFICIENT_DATA',
      [`log-bucket-is-not-public ${region}`]: 'COMPLIANT',
      [`log-bucket-logs-access ${region}`]: 'COMPLIANT',
      [`log-bucket-is-versioned ${region}`]: 'INSUFFICIENT_DATA',
      [`config-recorder-records-trails ${region}`]: 'COMPLIANT',
      'config-recorder-records-trails eu-west-1': 'NON_COMPLIANT',
      'config-recorder-records-trails eu-west-2': 'NON_COMPLIANT',
      'config-recorder-records-trails eu-central-1': 'NON_COMPLIANT',
      // moto lists no Regions.
      'config-recorder-records-trails unknown': 'INSUFFICIENT_DATA',
    });
    const reasonIn = (place: string): string | undefined =>
      results.evaluations.find((it) => it.target.id === `${account}/${place}`)?.reasons[0]?.assert;
    expect(['eu-west-1', 'eu-west-2', 'eu-central-1'].map(reasonIn)).toEqual(['trails', 'recording', 'exists']);
    expect(results.evidence.flatMap((it) => it.item ?? [])).toEqual(
      expect.arrayContaining(['AWS::CloudTrail::Trail', 'AWS::S3::Bucket']),
    );
  });

  test('its recorders are asked live, too', async () => {
    const { results } = await scan('--source', 'live', '--account', account, '--pack', 'config');
    expect(outcomes(results)).toMatchObject({
      [`config-recorder-records-trails ${region}`]: 'COMPLIANT',
      'config-recorder-records-trails eu-west-2': 'NON_COMPLIANT',
    });
  });

  test('files of AWS Config are read out of a bucket in moto', async () => {
    const { results, status } = await scan('--source', `s3://${filesBucket}/o-exampleorg1/`, '--pack', 'core');
    expect(status).toBe(0);
    expect(results.coverage.accounts).toMatchObject({ listed: 2, evaluated: 2 });
    expect(outcomes(results)).toMatchObject({ 'trail-validates-log-files eu-central-1': 'COMPLIANT' });
    expect(results.coverage.apiCalls.byOperation).toMatchObject({ 's3:HeadBucket': 1, 's3:ListObjectsV2': 1 });
  });
});
