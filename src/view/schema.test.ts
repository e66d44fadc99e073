import {
  ABSENT,
  isViewMap,
  isViewObject,
  Timestamp,
  Unknown,
  ViewList,
  type Value,
  type ViewObject,
} from '../expression/index.js';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import {
  aBucket,
  aKey,
  aLogGroup,
  aRecorder,
  aRole,
  allManagementEvents,
  aDistribution,
  aLoadBalancer,
  anAccount,
  anEventDataStore,
  anInventory,
  anObservation,
  anOrganization,
  aFlowLog,
  aTopic,
  aTrail,
  anEventBus,
  aSecurityHub,
  aVpc,
  keyArn,
  known,
  MANAGEMENT,
  MEMBER,
  nothingBlocked,
  topicArn,
} from '../../test/support/inventory-builders.js';
import type { AdvancedEventSelector } from '../model/inventory.js';
import type { TargetType } from '../model/results.js';
import { buildView } from './index.js';

interface Property {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly items?: Property;
  readonly additionalProperties?: Property;
  readonly 'x-open-enum'?: boolean;
  readonly 'x-source'?: readonly { readonly call: string }[];
  readonly 'x-derived'?: { readonly source?: readonly { readonly call: string }[] };
}
interface Schema {
  readonly 'x-targets': Readonly<Record<string, { readonly name: string; readonly type: string }>>;
  readonly $defs: Readonly<
    Record<string, { readonly required: readonly string[]; readonly properties: Readonly<Record<string, Property>> }>
  >;
}
// The schema is part of this package, and its dialect has a test of its own.
const schema = JSON.parse(readFileSync(new URL('../../schema/view.v1.json', import.meta.url), 'utf8')) as Schema;

const calls = [
  ...new Set(
    Object.values(schema.$defs).flatMap(({ properties }) =>
      Object.values(properties).flatMap((it) =>
        [...(it['x-source'] ?? []), ...(it['x-derived']?.source ?? [])].map(({ call }) => call),
      ),
    ),
  ),
];
/** Every call left evidence, whose id is the call. */
const evidence = Object.fromEntries(calls.map((call) => [call, call]));

const condition = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
const s3: AdvancedEventSelector = {
  name: 'S3',
  fieldSelectors: [
    { ...condition, field: 'eventCategory', equals: ['Data'] },
    { ...condition, field: 'resources.type', equals: ['AWS::S3::Object'] },
  ],
};

const publicBucket = aBucket({
  evidence,
  publicAccessBlock: { state: 'absent' },
  objectOwnership: known('ObjectWriter'),
  acl: known([
    { grantee: 'http://acs.amazonaws.com/groups/global/AllUsers', granteeType: 'Group', permission: 'READ' },
  ]),
  lifecycleRules: known([
    {
      id: 'r',
      isEnabled: true,
      prefix: '',
      expirationDays: 30,
      noncurrentDays: 30,
      transitions: [{ storageClass: 'GLACIER_IR', days: 7 }],
      requiresTags: false,
    },
  ]),
  accessPoints: known([
    {
      arn: `arn:aws:s3:eu-central-1:${MEMBER}:accesspoint/audit`,
      networkOrigin: 'Internet',
      policyStatus: { state: 'absent' },
      restrictsPublic: known(true),
      publicAccessBlock: known({
        blockPublicAcls: true,
        ignorePublicAcls: true,
        blockPublicPolicy: true,
        restrictPublicBuckets: true,
      }),
    },
  ]),
  replication: known([
    {
      isEnabled: true,
      prefix: '',
      requiresTags: false,
      destinationBucketArn: 'arn:aws:s3:::replica',
      destinationAccountId: MEMBER,
    },
  ]),
});

const metric = { namespace: 'CloudTrail', name: 'root' };
const watchedLogGroup = {
  ...aLogGroup({ evidence, details: { kmsKeyId: keyArn(), retentionInDays: 365 } }),
  metricFilters: known([
    { name: 'root', pattern: '', metrics: [{ ...metric, value: '1', dimensions: [] }], applyOnTransformedLogs: false },
  ]),
};
const alarm = {
  arn: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:root',
  name: 'root',
  actionsEnabled: true,
  alarmActions: [],
  metric: { ...metric, statistic: 'Sum', dimensions: {} },
  comparisonOperator: 'GreaterThanOrEqualToThreshold',
  evaluationPeriods: 1,
};

/** An inventory in which each optional part of the View is there somewhere. */
const rich = anInventory({
  organization: anOrganization({ evidence }),
  accounts: [
    anAccount({
      id: MANAGEMENT,
      evidence,
      eventDataStores: known([]),
      publicAccessBlock: known(nothingBlocked),
      recorders: [],
      fullAccess: {
        policies: [
          {
            arn: 'arn:aws:iam::aws:policy/AdministratorAccess',
            entities: known({ roles: ['Keeper'], users: [], groups: ['admins'] }),
            evidence,
          },
        ],
        groups: [{ name: 'admins', users: known(['ann']), evidence }],
      },
      trailRights: {
        rights: known({
          documents: [
            { name: 'stop', document: '{"Statement":[{"Effect":"Allow","Action":"cloudtrail:*","Resource":"*"}]}' },
          ],
          principals: [{ arn: `arn:aws:iam::${MANAGEMENT}:role/R`, id: 'AROAR', policies: ['stop'], tags: {} }],
        }),
        evidence,
      },
    }),
    anAccount({
      id: MEMBER,
      evidence,
      observedTrails: [anObservation({ evidence })],
      recorders: [
        aRecorder('eu-central-1', {}, { evidence, lastEvent: known({ status: 'Failure', errorCode: 'AccessDenied' }) }),
      ],
    }),
  ],
  trails: [
    aTrail({
      evidence,
      description: { s3KeyPrefix: 'o-example123', recursiveLogging: true, snsTopicArn: topicArn() },
      status: { latestDeliveryError: 'AccessDenied', latestDeliveryTime: '2026-11-01T00:00:00Z' },
      eventSelectors: {
        ...allManagementEvents,
        basic: [
          {
            readWriteType: 'All',
            includeManagementEvents: true,
            excludeManagementEventSources: ['kms.amazonaws.com'],
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::data/'] }],
          },
        ],
      },
      insightSelectors: known([{ insightType: 'ApiCallRateInsight', eventCategories: ['Management'] }]),
      logVerification: {
        from: '2026-11-19T00:00:00Z',
        to: '2026-11-20T00:00:00Z',
        asOf: '2026-11-20T06:00:00Z',
        tampering: 0,
        isComplete: true,
        isPart: false,
        accounts: 2,
        regions: 17,
        message: 'Every digest file and log file is there and valid.',
      },
    }),
    aTrail({ name: 'own', accountId: MEMBER, evidence, eventSelectors: { basic: [], advanced: [s3] } }),
  ],
  eventDataStores: [anEventDataStore({ evidence, details: { kmsKeyId: keyArn() } })],
  buckets: [publicBucket],
  keys: [aKey({ evidence })],
  logGroups: [watchedLogGroup],
  alarms: [
    {
      accountId: watchedLogGroup.accountId,
      region: watchedLogGroup.region,
      alarms: known({ metricAlarms: [alarm], compositeAlarms: [] }),
      evidence,
    },
  ],
  distributions: [
    aDistribution({
      evidence,
      deliveries: known(['a1b2c3d4']),
      deliveryTargets: known([
        {
          id: 'a1b2c3d4',
          type: 'CWL',
          through: 'arn:aws:logs:us-east-1:444455556666:delivery-destination:access',
          destination: 'arn:aws:logs:us-east-1:444455556666:log-group:access',
          destinationFound: known(true),
          destinationLogGroup: { logGroupClass: 'STANDARD', retentionInDays: 30 },
        },
      ]),
    }),
  ],
  loadBalancers: [aLoadBalancer({ evidence })],
  otherLogBuckets: [publicBucket],
  eventBuses: [anEventBus({ evidence })],
  securityHubs: [aSecurityHub({ evidence })],
  vpcs: [
    aVpc({
      evidence,
      flowLogs: known([aFlowLog(), aFlowLog({ deliveryStatus: 'FAILED', deliveryError: 'Access error' })]),
    }),
  ],
  roles: [aRole({ evidence }), aRole({ evidence, accountId: MEMBER })],
  topics: [aTopic({ evidence, attributes: { kmsMasterKeyId: 'alias/aws/sns' } })],
});

/** Every object that can be reached from the targets, at most some of each type. */
function reachable(): ReadonlyMap<string, readonly ViewObject[]> {
  const view = buildView(rich);
  const found = new Map<string, ViewObject[]>();
  const queue: Value[] = Object.keys(schema['x-targets']).flatMap((type) =>
    // The keys of x-targets are the types of targets.
    view.targets(type as TargetType).map(({ object }) => object),
  );
  for (const value of queue) {
    if (value instanceof ViewList) queue.push(...value.members, ...value.doubtful.map((it) => it.value));
    else if (typeof value === 'object' && isViewMap(value))
      queue.push(value.get('AWS::S3::Object'), value.get('s3.amazonaws.com'));
    else if (typeof value === 'object' && isViewObject(value)) {
      const same = found.get(value.type) ?? [];
      if (same.length >= 4 || same.includes(value)) continue;
      found.set(value.type, [...same, value]);
      for (const name of Object.keys(schema.$defs[value.type]?.properties ?? {})) queue.push(value.get(name));
    }
  }
  return found;
}

const objects = reachable();
const properties = Object.entries(schema.$defs).flatMap(([type, { required, properties: all }]) =>
  Object.entries(all).map(([name, property]) => ({
    path: `${type}.${name}`,
    type,
    name,
    property,
    isRequired: required.includes(name),
  })),
);

function fits(value: Value, property: Property): boolean {
  if (value instanceof Unknown) return true;
  if (property.$ref !== undefined)
    return typeof value === 'object' && isViewObject(value) && value.type === property.$ref.slice('#/$defs/'.length);
  if (property.enum !== undefined)
    return typeof value === 'string' && (property['x-open-enum'] === true || property.enum.includes(value));
  switch (property.type) {
    case 'array': {
      const { items = {} } = property;
      return value instanceof ViewList && value.members.every((it) => fits(it, items));
    }
    case 'object': {
      return (
        typeof value === 'object' &&
        isViewMap(value) &&
        fits(value.get('AWS::S3::Object'), property.additionalProperties ?? {})
      );
    }
    case 'integer': {
      return Number.isInteger(value);
    }
    case 'string': {
      return property.format === 'date-time' ? value instanceof Timestamp : typeof value === 'string';
    }
    default: {
      return typeof value === property.type;
    }
  }
}

test('every type of the schema is shown somewhere', () => {
  expect([...objects.keys()].toSorted()).toEqual(Object.keys(schema.$defs).toSorted());
});

describe('the View is as its schema says', () => {
  test.each(properties)('$path', ({ type, name, property, isRequired }) => {
    const values = (objects.get(type) ?? []).map((object) => object.get(name));
    expect(values.length).toBeGreaterThan(0);
    for (const value of values) expect((!isRequired && value === ABSENT) || fits(value, property)).toBe(true);
  });

  test.each([...objects].flatMap(([type, [object]]) => (object === undefined ? [] : [{ type, object }])))(
    '$type has no other fields',
    ({ object }) => {
      expect(() => object.get('constructor')).toThrow('has no field constructor');
    },
  );
});

describe('the evidence is that of the calls in the schema', () => {
  const whole = new Set([
    'Organization',
    'Account',
    'Region',
    'Trail',
    'EventDataStore',
    'Bucket',
    'Key',
    'LogGroup',
    'Topic',
    'Recorder',
    'Vpc',
    'Distribution',
  ]);
  const observed = properties.filter(({ type, property }) => whole.has(type) && property['x-source'] !== undefined);
  test.each(observed)('$path', ({ type, name, property }) => {
    const expected = new Set(property['x-source']?.map(({ call }) => call));
    for (const object of objects.get(type) ?? []) expect(new Set(object.evidence(name))).toEqual(expected);
  });

  const derived = properties.filter(({ type, property }) => whole.has(type) && property['x-derived'] !== undefined);
  test.each(derived)('$path', ({ type, name, property }) => {
    const shown = (objects.get(type) ?? []).flatMap((object) => object.evidence(name));
    expect(shown).toEqual(expect.arrayContaining(property['x-derived']?.source?.map(({ call }) => call) ?? []));
    expect(shown.length).toBeGreaterThan(0);
  });
});

test.each(Object.entries(schema['x-targets']))(
  'a %s goes by the name that the schema gives it',
  (type, { name, type: object }) => {
    const view = buildView(rich);
    // The keys of x-targets are the types of targets.
    const [target] = view.targets(type as TargetType);
    const value = target === undefined ? undefined : view.scope(target).get(name);
    expect(value).toBe(target?.object);
    expect(target?.object.type).toBe(object);
  },
);
