import { Agent } from 'node:http';
import { lookup as systemLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { S3ControlClient } from '@aws-sdk/client-s3-control';
import { SNSClient } from '@aws-sdk/client-sns';
import { STSClient } from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { onTestFinished } from 'vitest';
import { startFakeAws, type CallerChoice, type FakeAws, type FakeAwsOptions, type World } from './index.js';

/** Starts a fake AWS for one test, which fails at its end when something was written. */
export async function fakeAwsFor(world: World, options?: FakeAwsOptions): Promise<FakeAws> {
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return aws;
}

/** Names below `localhost` are loopback, which not every resolver knows. */
const loopback: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname.endsWith('.localhost') ? 'localhost' : hostname, options, callback);
};

export interface ClientOptions extends CallerChoice {
  /** One, unless a test is about retries. */
  readonly maxAttempts?: number;
  /** Milliseconds until a request is given up. */
  readonly timeout?: number;
  /** Credentials of AssumeRole instead of those that the fake hands out. */
  readonly credentials?: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

/** The AWS SDK's own clients, speaking to the fake as the chosen caller. */
export function sdkClients(aws: FakeAws, options: ClientOptions = {}) {
  const environment = aws.environment(options);
  const timeout = options.timeout ?? 60_000;
  const config = {
    region: environment['AWS_REGION'] ?? '',
    credentials: options.credentials ?? {
      accessKeyId: environment['AWS_ACCESS_KEY_ID'] ?? '',
      secretAccessKey: environment['AWS_SECRET_ACCESS_KEY'] ?? '',
      sessionToken: environment['AWS_SESSION_TOKEN'] ?? '',
    },
    endpoint: aws.endpoint,
    maxAttempts: options.maxAttempts ?? 1,
    requestHandler: new NodeHttpHandler({
      requestTimeout: timeout,
      socketTimeout: timeout,
      throwOnRequestTimeout: true,
      httpAgent: new Agent({ keepAlive: true, lookup: loopback }),
    }),
  };
  const local = `http://localhost:${aws.port}`;
  return {
    account: new AccountClient(config),
    cloudwatch: new CloudWatchClient(config),
    cloudtrail: new CloudTrailClient(config),
    ec2: new EC2Client(config),
    events: new EventBridgeClient(config),
    kms: new KMSClient(config),
    logs: new CloudWatchLogsClient(config),
    organizations: new OrganizationsClient(config),
    s3: new S3Client({ ...config, forcePathStyle: true }),
    /** Puts the bucket before the host. */
    s3VirtualHost: new S3Client({ ...config, endpoint: local, forcePathStyle: false }),
    /** Puts the account before the host, which an address could not bear. */
    s3control: new S3ControlClient({ ...config, endpoint: local }),
    sns: new SNSClient(config),
    sts: new STSClient(config),
  };
}
