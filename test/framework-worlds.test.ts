import { describe, expect, test } from 'vitest';
import { evaluate } from '../src/evaluate/index.js';
import { loadPolicies } from '../src/index.js';
import type { Inventory, LoadBalancer } from '../src/model/inventory.js';
import { frameworkRows } from '../src/report/framework/rows.js';
import {
  aBucket,
  allManagementEvents,
  absent,
  aKey,
  aLoadBalancer,
  anAccount,
  anInventory,
  anOrganization,
  aTrail,
  known,
  MANAGEMENT,
  MEMBER,
  ORGANIZATION,
  REGION,
  type TrailParts,
} from './support/inventory-builders.js';

const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };

const packs = new Map<string, ReturnType<typeof loadPolicies>['policies']>();

function packOf(framework: string) {
  const policies = packs.get(framework) ?? loadPolicies({ packs: [framework] }).policies;
  packs.set(framework, policies);
  return policies;
}

/** What the pack of a framework says of one of its controls. */
function rowOf(framework: string, control: string, inventory: Inventory) {
  const serving = packOf(framework).filter((it) => it.document.controls?.[framework]?.includes(control) === true);
  const [shown] = frameworkRows(evaluate(inventory, serving, run), framework);
  const row = shown?.rows.find((it) => it.control.id === control);
  if (row === undefined) throw new Error(`There is no row for ${control}.`);
  return row;
}

const verdictOf = (framework: string, control: string, inventory: Inventory): string =>
  rowOf(framework, control, inventory).verdict;

describe('who may change a log bucket', () => {
  const allowing = (principal: unknown, action: string, more: object = {}): Inventory => {
    const Resource = ['arn:aws:s3:::trail-logs', 'arn:aws:s3:::trail-logs/*'];
    const Statement = [{ Effect: 'Allow', Principal: principal, Action: action, Resource, ...more }];
    return anInventory({ buckets: [aBucket({ policy: known(JSON.stringify({ Version: '2012-10-17', Statement })) })] });
  };
  const inOrganization = { Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } };

  // https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-6
  test.each([
    's3:DeleteBucketPolicy',
    's3:PutBucketAcl',
    's3:PutBucketPolicy',
    's3:PutEncryptionConfiguration',
    's3:PutObjectAcl',
  ])('another account may %s', (action) => {
    expect(verdictOf('security-hub', 'S3.6', allowing({ AWS: '999999999999' }, action))).toBe('NON_COMPLIANT');
    expect(verdictOf('aws-fsbp', 'S3.6', allowing({ AWS: MEMBER }, action))).toBe('NON_COMPLIANT');
    expect(verdictOf('security-hub', 'S3.6', allowing('*', action, inOrganization))).toBe('NON_COMPLIANT');
    expect(verdictOf('security-hub', 'S3.6', allowing({ AWS: MANAGEMENT }, action))).toBe('COMPLIANT');
  });
});

describe('trails of each Region', () => {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  const s3Objects = {
    basic: [],
    advanced: [
      {
        fieldSelectors: [
          { field: 'eventCategory', ...none, equals: ['Data'] },
          { field: 'resources.type', ...none, equals: ['AWS::S3::Object'] },
        ],
      },
    ],
  };
  const own = (name: string, homeRegion: string, isMultiRegionTrail: boolean, parts: TrailParts = {}) =>
    aTrail({ name, homeRegion, description: { isOrganizationTrail: false, isMultiRegionTrail }, ...parts });
  const inEach = [own('a', REGION, false), own('b', 'us-east-1', false)];
  const alone = (trails: Inventory['trails']): Inventory =>
    anInventory({ organization: null, accounts: [anAccount({ id: MANAGEMENT })], trails });

  test('beside a multi-Region trail of data events, or of reads alone, are no multi-Region trail of management events', () => {
    const world = alone([own('data', REGION, true, { eventSelectors: s3Objects }), ...inEach]);
    const basic = allManagementEvents.basic.map((it) => Object.assign({}, it, { readWriteType: 'ReadOnly' as const }));
    const reads = { basic, advanced: [] };
    const ofReads = alone([own('reads', REGION, true, { eventSelectors: reads }), ...inEach]);
    expect(verdictOf('security-hub', 'CloudTrail.1', ofReads)).toBe('NON_COMPLIANT');
    for (const [framework, control] of [
      ['security-hub', 'CloudTrail.1'],
      ['aws-fsbp', 'CloudTrail.1'],
      ['aws-config-rules', 'multi-region-cloudtrail-enabled'],
      ['cis-1.2', '2.1'],
      ['cis-5.0', '3.1'],
    ] as const) {
      expect([framework, verdictOf(framework, control, world)]).toEqual([framework, 'NON_COMPLIANT']);
    }
  });

  // https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html#s3-22
  test('that record all S3 objects are no multi-Region trail that does', () => {
    const [s3Selector] = s3Objects.advanced;
    const management = { fieldSelectors: [{ field: 'eventCategory', ...none, equals: ['Management'] }] };
    const eventSelectors = { basic: [], advanced: [management, ...(s3Selector === undefined ? [] : [s3Selector])] };
    const beside = alone([own('main', REGION, true), ...inEach.map((it) => aTrail({ ...it, eventSelectors }))]);
    const inOne = alone([own('main', REGION, true, { eventSelectors })]);
    for (const [framework, control] of [
      ['security-hub', 'S3.22'],
      ['security-hub', 'S3.23'],
      ['aws-config-rules', 'cloudtrail-all-write-s3-data-event-check'],
      ['cis-1.4', '3.11'],
      ['cis-7.0', '4.8'],
    ] as const) {
      expect([control, verdictOf(framework, control, beside)]).toEqual([control, 'NON_COMPLIANT']);
      expect([control, verdictOf(framework, control, inOne)]).toEqual([control, 'COMPLIANT']);
    }
  });

  test('are no security trail, which is multi-Region', () => {
    const rule = 'cloudtrail-security-trail-enabled';
    expect(verdictOf('aws-config-rules', rule, alone(inEach))).toBe('NON_COMPLIANT');
    expect(verdictOf('aws-config-rules', rule, alone([own('all', REGION, true)]))).toBe('COMPLIANT');
  });
});

describe('what AWS asks of settings is asked as AWS does', () => {
  test('any default retention of Object Lock is one', () => {
    const locked = (days: number) =>
      anInventory({ buckets: [aBucket({ objectLock: known({ enabled: true, mode: 'GOVERNANCE', days }) })] });
    expect(verdictOf('security-hub', 'S3.15', locked(1))).toBe('COMPLIANT');
    expect(verdictOf('aws-config-rules', 's3-bucket-default-lock-enabled', locked(30))).toBe('COMPLIANT');
    expect(verdictOf('pci-dss-4.0.1', '10.5.1', locked(30))).toBe('NON_COMPLIANT');
  });

  test('versioning is on, however long versions are kept', () => {
    const rule = { id: 'old', isEnabled: true, prefix: '', requiresTags: false, noncurrentDays: 1 };
    const versioned = (status: string) => {
      const versioning = known({ status, mfaDelete: false });
      return anInventory({ buckets: [aBucket({ lifecycleRules: known([rule]), objectLock: absent, versioning })] });
    };
    expect(verdictOf('security-hub', 'S3.14', versioned('Enabled'))).toBe('COMPLIANT');
    expect(verdictOf('aws-config-rules', 's3-bucket-versioning-enabled', versioned('Suspended'))).toBe('NON_COMPLIANT');
    expect(verdictOf('pci-dss-4.0.1', '10.3.4', versioned('Enabled'))).toBe('NON_COMPLIANT');
  });

  // https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html#kms-3
  test('a key is set to be deleted or is not, whether or not it can be used', () => {
    const inState = (keyState: string) => anInventory({ keys: [aKey({ metadata: { keyState } })] });
    for (const framework of ['security-hub', 'aws-fsbp']) {
      expect(verdictOf(framework, 'KMS.3', inState('Disabled'))).toBe('COMPLIANT');
      expect(verdictOf(framework, 'KMS.3', inState('PendingDeletion'))).toBe('NON_COMPLIANT');
      expect(verdictOf(framework, 'KMS.3', inState('PendingReplicaDeletion'))).toBe('NON_COMPLIANT');
    }
  });

  test('a key rotates whatever its period', () => {
    const rotating = (enabled: boolean) =>
      anInventory({ keys: [aKey({ rotation: known({ enabled, periodInDays: 2560 }) })] });
    expect(verdictOf('security-hub', 'KMS.4', rotating(true))).toBe('COMPLIANT');
    expect(verdictOf('security-hub', 'KMS.4', rotating(false))).toBe('NON_COMPLIANT');
    expect(verdictOf('pci-dss-4.0.1', '3.7.4', rotating(true))).toBe('NON_COMPLIANT');
  });
});

test('reads of logs are no management events: access to audit logs is recorded by the bucket’s access logs', () => {
  const unlogged = anInventory({ buckets: [aBucket({ accessLogging: absent })] });
  expect(verdictOf('pci-dss-4.0.1', '10.2.1.3', unlogged)).toBe('NON_COMPLIANT');
});

test('that nobody administers CloudTrail for the organization is no delegation', () => {
  const nobody = anInventory({ organization: anOrganization({ delegatedAdministrators: known([]) }) });
  expect(verdictOf('cis-7.0', '2.1.6', nobody)).toBe('MANUAL');
});

test('guardrails of the members are for people to judge, whoever of them owns a trail', () => {
  expect(verdictOf('cis-7.0', '2.1.2', anInventory())).toBe('MANUAL');
});

// https://docs.aws.amazon.com/config/latest/developerguide/elb-logging-enabled.html
// https://docs.aws.amazon.com/config/latest/developerguide/nlb-logging-enabled.html
describe('a control is asked of the load balancers that it is about', () => {
  const arnOf = (kind: string) => `arn:aws:elasticloadbalancing:${REGION}:${MEMBER}:loadbalancer/${kind}/1a2b3c4d`;
  const network = { arn: arnOf('net/tls'), name: 'tls', type: 'network', hasTlsListener: known(true) } as const;
  const having = (...loadBalancers: readonly LoadBalancer[]): Inventory => {
    const owners = [MANAGEMENT, MEMBER].map((id) => {
      const own = loadBalancers.filter((it) => it.accountId === id);
      return anAccount({ id, loadBalancers: known(own.map((it) => it.arn)) });
    });
    return anInventory({ accounts: owners, loadBalancers });
  };
  const rules = (inventory: Inventory) => [
    verdictOf('security-hub', 'ELB.5', inventory),
    verdictOf('aws-config-rules', 'elb-logging-enabled', inventory),
    verdictOf('aws-config-rules', 'nlb-logging-enabled', inventory),
  ];

  test('a Network Load Balancer without logs beside an Application Load Balancer with them', () => {
    const world = having(aLoadBalancer(), aLoadBalancer({ ...network, logging: known({}) }));
    expect(rules(world)).toEqual(['COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT']);
  });

  test('a Network Load Balancer with logs beside an Application Load Balancer without them, or alone', () => {
    const world = having(aLoadBalancer({ logging: known({}) }), aLoadBalancer(network));
    expect(rules(world)).toEqual(['NON_COMPLIANT', 'NON_COMPLIANT', 'COMPLIANT']);
    expect(rules(having(aLoadBalancer(network)))).toEqual(['NOT_APPLICABLE', 'NOT_APPLICABLE', 'COMPLIANT']);
  });

  test('what could not be listed may be any of them', () => {
    const world = anInventory({ accounts: [anAccount({ id: MANAGEMENT }), anAccount({ id: MEMBER })] });
    expect(rules(world)).toEqual(['INSUFFICIENT_DATA', 'INSUFFICIENT_DATA', 'INSUFFICIENT_DATA']);
  });
});

test('logs in a stranger’s bucket are in no central place', () => {
  const owner = known({ accountId: '999999999999', region: REGION });
  const world = anInventory({ buckets: [aBucket({ owner })] });
  expect(verdictOf('pci-dss-3.2.1', '10.5.3', world)).toBe('NON_COMPLIANT');
  expect(verdictOf('pci-dss-4.0.1', '10.3.3', world)).toBe('NON_COMPLIANT');
  expect(verdictOf('nist-800-53-r5', 'AU-9(2)', world)).toBe('NON_COMPLIANT');
});

describe('a log bucket that has lifecycle rules, and so no MFA delete', () => {
  const lifecycleRules = known([{ id: 'old', isEnabled: true, prefix: '', requiresTags: false, expirationDays: 400 }]);
  const world = anInventory({ buckets: [aBucket({ lifecycleRules })] });

  test('fails where the benchmarks ask for MFA delete, who make no exception', () => {
    expect(verdictOf('cis-1.4', '2.1.3', world)).toBe('NON_COMPLIANT');
    expect(verdictOf('cis-5.0', '2.1.2', world)).toBe('NON_COMPLIANT');
    expect(verdictOf('cis-7.0', '3.1.2', world)).toBe('NON_COMPLIANT');
  });

  test('is excused by Security Hub', () => {
    expect(verdictOf('security-hub', 'S3.20', world)).toBe('NOT_APPLICABLE');
  });
});

test('a control that does not apply to what there is says why', () => {
  const lifecycleRules = known([{ id: 'old', isEnabled: true, prefix: '', requiresTags: false, expirationDays: 400 }]);
  const row = rowOf('security-hub', 'S3.20', anInventory({ buckets: [aBucket({ lifecycleRules })] }));
  expect(row.verdict).toBe('NOT_APPLICABLE');
  expect(row.reason).toBe(
    'It does not apply to 1 resource. log-bucket-has-mfa-delete: params.besideLifecycleRules is excused, size(bucket.lifecycleRules) is 1',
  );
});
