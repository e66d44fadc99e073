import { describe, expect, test } from 'vitest';
import { evaluate } from '../evaluate/index.js';
import { loadPolicies } from '../index.js';
import type { Bucket, Inventory, LifecycleRule } from '../model/inventory.js';
import { absent, known } from '../model/known.js';
import type { Results } from '../model/results.js';
import { loadInventory } from '../storage/index.js';
import { commandLine } from './command.js';
import { planFixes } from './plan.js';
import type { FixPlan, Step } from './step.js';

const sample = await loadInventory('src/sample/inventory.json');
const { policies } = loadPolicies({ packs: ['core', 'protection'] });
const name = 'northwind-organization-logs';
const arn = `arn:aws:s3:::${name}`;

function judged(inventory: Inventory): Results {
  return evaluate(inventory, policies, { startedAt: sample.capturedAt, finishedAt: sample.capturedAt, version: '0' });
}

/** The sample with another log bucket of the organization. */
function changed(bucket: Partial<Bucket>, of = name): Inventory {
  return { ...sample, buckets: sample.buckets.map((it) => (it.name === of ? { ...it, ...bucket } : it)) };
}

function document(...statements: readonly object[]): Partial<Bucket> {
  return { policy: known(JSON.stringify({ Version: '2012-10-17', Statement: statements })) };
}

function planOf(inventory: Inventory): FixPlan {
  return planFixes(judged(inventory), inventory);
}

function stepFor({ steps }: FixPlan, policyId: string): Step | undefined {
  return steps.find((it) =>
    it.fixes.some(({ policy, group }) => policy.id === policyId && group.root.target.name === name),
  );
}

function whyOf({ byHand }: FixPlan, policyId: string, target = name): string | undefined {
  return byHand.find(({ open }) => open.policy.id === policyId && open.group.root.target.name === target)?.why;
}

function textOf(step: Step | undefined): string {
  return (step?.commands ?? []).map(commandLine).join('\n');
}

const writes = {
  Sid: 'Writes',
  Effect: 'Allow',
  Principal: { Service: 'cloudtrail.amazonaws.com' },
  Action: 's3:PutObject',
  Resource: `${arn}/*`,
};
const readsAcl = { ...writes, Sid: 'Acl', Action: 's3:GetBucketAcl', Resource: arn };

describe('a policy that trusts any trail of the world', () => {
  const trusted = 'log-bucket-trusts-only-cloudtrail';

  test('names the organization, beside what it says, and then holds', () => {
    const condition = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } };
    const inventory = changed(document(readsAcl, { ...writes, Condition: condition }));
    const step = stepFor(planOf(inventory), trusted);
    const text = textOf(step);
    const put = /--policy '(.*)'/.exec(text)?.[1] ?? '';
    expect(put).toContain(
      '"Condition":{"StringEquals":{"s3:x-amz-acl":"bucket-owner-full-control","aws:SourceOrgID":"o-nw0rthw1nd"}}',
    );
    const after = judged(changed({ policy: known(put) }));
    const of = (results: Results) =>
      results.evaluations.find((it) => it.policyId === trusted && it.target.name === name)?.outcome;
    expect([of(judged(inventory)), of(after)]).toEqual(['NON_COMPLIANT', 'COMPLIANT']);
    expect(JSON.stringify(step?.rollback)).not.toContain('SourceOrgID');
  });

  test.each<readonly [string, Partial<Bucket>]>([
    [
      'lets people write, too',
      document(writes, { ...writes, Principal: { AWS: 'arn:aws:iam::999988887777:root' }, Action: 's3:Pu*' }),
    ],
    [
      'lets another account change it, too',
      document(writes, {
        ...writes,
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: 's3:PutBucketPolicy',
        Resource: arn,
      }),
    ],
    [
      'lets another account change it alone',
      document({
        ...writes,
        Principal: { AWS: 'arn:aws:iam::999988887777:root' },
        Action: 's3:PutObjectAcl',
      }),
    ],
    [
      'names a trail of others',
      document({ ...writes, Condition: { StringEquals: { 'aws:SourceAccount': '999988887777' } } }),
    ],
    [
      'lets all but some write',
      document(writes, { ...writes, Principal: undefined, NotPrincipal: { AWS: 'arn:aws:iam::999988887777:root' } }),
    ],
  ])('is left to people where it %s', (_name, bucket) => {
    const plan = planOf(changed(bucket));
    expect(stepFor(plan, trusted)).toBeUndefined();
    expect(whyOf(plan, trusted)).toBeDefined();
  });
});

test('rules that expire logs are a placeholder, with what to change in which of them', () => {
  const rule = (id: string, more: Partial<LifecycleRule>): LifecycleRule => ({
    id,
    isEnabled: true,
    prefix: '',
    requiresTags: false,
    ...more,
  });
  const rules = [
    rule('short', { expirationDays: 30 }),
    rule('long', { expirationDays: 4000 }),
    rule('off', { expirationDays: 1, isEnabled: false }),
  ];
  const inventory = changed({ lifecycleRules: known(rules) });
  const step = stepFor(planOf(inventory), 'log-bucket-retains-logs');
  expect(textOf(step)).toContain('put-bucket-lifecycle-configuration');
  expect(textOf(step)).toContain('LIFECYCLE_RULES_NORTHWIND_ORGANIZATION_LOGS');
  expect(step?.notes?.[0]).toContain('change the rules short to an expiration after 365 days or more');
  const archived = changed({
    lifecycleRules: known([rule('cold', { transitions: [{ storageClass: 'GLACIER', days: 7 }] })]),
  });
  expect(stepFor(planOf(archived), 'log-bucket-keeps-logs-at-hand')?.notes?.[0]).toContain(
    'change the rules cold to transitions',
  );
});

describe('a default retention', () => {
  const locked = 'log-bucket-is-locked';

  test.each<readonly [string, Inventory, string]>([
    [
      'S3 delivers access logs there',
      {
        ...sample,
        buckets: sample.buckets.map((it) =>
          it.name === name ? it : { ...it, accessLogging: known({ targetBucket: name, targetPrefix: '' }) },
        ),
      },
      'S3 delivers server access logs',
    ],
    [
      'its policy lets S3 deliver them',
      changed(document(writes, { ...writes, Principal: { Service: 'logging.s3.amazonaws.com' } })),
      'S3 delivers server access logs',
    ],
    [
      'its list of grants does',
      changed({
        acl: known([
          { grantee: 'http://acs.amazonaws.com/groups/s3/LogDelivery', granteeType: 'Group', permission: 'WRITE' },
        ]),
      }),
      'S3 delivers server access logs',
    ],
    [
      'AWS Config delivers there',
      changed(document(writes, { ...writes, Principal: { Service: 'config.amazonaws.com' } })),
      'AWS Config delivers',
    ],
  ])('is left to people where %s', (_name, inventory, why) => {
    const plan = planOf(inventory);
    expect(stepFor(plan, locked)).toBeUndefined();
    expect(whyOf(plan, locked)).toContain(`${why} to bucket ${name}`);
  });
});

describe('a delivery that is refused', () => {
  const delivers = 'trail-delivers-without-error';
  const refused = { Sid: 'Closed', Effect: 'Deny', Principal: '*', Action: 's3:Put*', Resource: '*' };

  function planWith(...statements: readonly object[]): FixPlan {
    return planOf(changed(document(...statements), 'northwind-erp-audit'));
  }
  function isFixed({ steps }: FixPlan): boolean {
    return steps.some((it) =>
      it.fixes.some(({ policy, group }) => policy.id === delivers && group.root.target.name === 'erp-audit'),
    );
  }

  test.each<readonly [string, object]>([
    ['of everyone', refused],
    [
      'of services outside the organization',
      { ...refused, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-nw0rthw1nd' } } },
    ],
    ['of all but some', { ...refused, Principal: undefined, NotPrincipal: { AWS: '999988887777' } }],
    ['without a Sid', { ...refused, Sid: undefined }],
  ])('has no other Allow beside a denial %s, which is named', (_name, statement) => {
    const plan = planWith(statement);
    expect(isFixed(plan)).toBe(false);
    const why = whyOf(plan, delivers, 'erp-audit');
    expect(why).toContain(
      'Sid' in statement && statement.Sid !== undefined ? 'The statement Closed of' : 'The statement number 1 of',
    );
    expect(why).toContain('another Allow changes nothing');
  });

  test.each<readonly [string, object]>([
    ['plain HTTP', { ...refused, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
    ['people', { ...refused, Principal: { AWS: 'arn:aws:iam::999988887777:root' } }],
    ['deletion', { ...refused, Action: ['s3:DeleteObject', 's3:PutLifecycleConfiguration'] }],
    ['all but services', { ...refused, Condition: { BoolIfExists: { 'aws:PrincipalIsAWSService': ['false'] } } }],
  ])('has an Allow beside a denial of %s', (_name, statement) => {
    expect(isFixed(planWith(statement))).toBe(true);
  });

  test('has an Allow where there is no policy', () => {
    expect(isFixed(planOf(changed({ policy: absent }, 'northwind-erp-audit')))).toBe(true);
  });
});

test('recursive logging is left to people with the very command', () => {
  const inventory: Inventory = {
    ...sample,
    trails: sample.trails.map((it) =>
      it.name === 'lab'
        ? Object.assign({}, it, {
            eventSelectors: known({
              basic: [
                {
                  readWriteType: 'All',
                  includeManagementEvents: true,
                  excludeManagementEventSources: [],
                  dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
                },
              ],
              advanced: [],
            }),
          })
        : it,
    ),
  };
  const told = planOf(inventory).byHand.find((it) => it.open.policy.id === 'trail-does-not-record-its-own-deliveries');
  expect(told?.recipe).toBe(
    'aws cloudtrail update-trail --region us-east-1 --name arn:aws:cloudtrail:us-east-1:777788889999:trail/lab --no-recursive-logging',
  );
  expect(told?.why).toContain('version 2');
});
