import type { DataResource } from '../../model/inventory.js';
import type { Open } from '../step.js';
import { listParam } from './failing.js';

/** Data or network activity events that a trail is to record, in the words of its selectors. */
export interface WantedData {
  readonly what: string;
  readonly advanced: readonly { readonly Name: string; readonly FieldSelectors: readonly object[] }[];
  /** Undefined where basic selectors cannot say it. */
  readonly basic: DataResource | undefined;
}

const ofS3 = ['account-records-s3-write-events', 'account-records-s3-read-events'];
const ofLambda = 'account-records-lambda-invocations';
const ofDynamoDb = 'account-records-dynamodb-events';
const ofEndpoints = 'account-records-network-activity';
const policies: ReadonlySet<string> = new Set([...ofS3, ofLambda, ofDynamoDb, ofEndpoints]);

export function isAboutData(policyId: string): boolean {
  return policies.has(policyId);
}

/**
 * What the findings of an account want of data events.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_DataResource.html
 *
 * @param bucketArn of the trail's log bucket, which is left out: recording its own deliveries would never end
 */
export function wantedData(opens: readonly Open[], bucketArn: string, partition: string): readonly WantedData[] {
  const has = (id: string): boolean => opens.some((it) => it.policy.id === id);
  const endpoints = opens.find((it) => it.policy.id === ofEndpoints);
  return [
    ...(ofS3.some(has) ? [objects(bucketArn)] : []),
    ...(has(ofLambda) ? [all('Lambda functions', 'AWS::Lambda::Function', `arn:${partition}:lambda`)] : []),
    ...(has(ofDynamoDb) ? [all('DynamoDB tables', 'AWS::DynamoDB::Table', `arn:${partition}:dynamodb`)] : []),
    ...(endpoints === undefined ? [] : [networkActivity(endpoints)]),
  ];
}

function objects(bucketArn: string): WantedData {
  const [category, type] = fieldsOf('AWS::S3::Object');
  const others = { Field: 'resources.ARN', NotStartsWith: [bucketArn] };
  return {
    what: 'S3 object events',
    advanced: [{ Name: 'S3 objects', FieldSelectors: [category, type, others] }],
    // They cannot leave the log bucket out.
    basic: undefined,
  };
}

function all(name: string, type: string, arn: string): WantedData {
  return {
    what: `data events of all ${name}`,
    advanced: [{ Name: name, FieldSelectors: fieldsOf(type) }],
    basic: { type, values: [arn] },
  };
}

function fieldsOf(type: string): readonly [object, object] {
  return [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: [type] },
  ];
}

function networkActivity(open: Open): WantedData {
  const isRefused = (open.group.root.params ?? open.policy.params)['calls'] !== 'all';
  const refused = isRefused ? [{ Field: 'errorCode', Equals: ['VpceAccessDenied'] }] : [];
  const name = isRefused ? 'Refused by endpoints' : 'Calls through endpoints';
  return {
    what: 'network activity events',
    advanced: listParam(open, 'eventSources').map((source) => ({
      Name: `${name}, ${source}`,
      FieldSelectors: [
        { Field: 'eventCategory', Equals: ['NetworkActivity'] },
        { Field: 'eventSource', Equals: [source] },
        ...refused,
      ],
    })),
    basic: undefined,
  };
}
