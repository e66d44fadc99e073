import { describe, expect, test } from 'vitest';
import { findingsOfEachKind } from '../../test/support/fix-findings.js';
import { aBucketTarget, aPolicy, aResults, anEvaluation } from '../../test/support/results-builders.js';
import { evaluate } from '../evaluate/index.js';
import { loadPolicies } from '../index.js';
import type { Bucket, Inventory } from '../model/inventory.js';
import { absent, known } from '../model/known.js';
import { loadInventory } from '../storage/index.js';
import { commandLine } from './command.js';
import { planFixes } from './plan.js';
import type { FixPlan, Step } from './step.js';

const sample = await loadInventory('src/sample/inventory.json');
const { policies } = loadPolicies({ packs: ['core', 'regulated', 'security-hub'] });
const lab = 'northwind-data-lab-audit';
const owner = '777788889999';

function planOf(inventory: Inventory, ...ids: readonly string[]): FixPlan {
  const at = sample.capturedAt;
  const results = evaluate(inventory, policies, { startedAt: at, finishedAt: at, version: '0' });
  return planFixes(results, inventory, { policies: ids, accounts: [owner] });
}

function changed(bucket: Partial<Bucket>): Inventory {
  return { ...sample, buckets: sample.buckets.map((it) => (it.name === lab ? { ...it, ...bucket } : it)) };
}

function linesOf(step: Step | undefined): { readonly there: string; readonly back: string } {
  const text = (commands: Step['commands']) =>
    commands.map((it) => commandLine(it).replaceAll(' \\\n  ', ' ')).join('; ');
  return { there: text(step?.commands ?? []), back: typeof step?.rollback === 'object' ? text(step.rollback) : '' };
}

describe('public access', () => {
  test('of a bucket is blocked once, whichever policies ask for it', () => {
    const { steps } = planOf(sample, 'log-bucket-is-not-public', 'log-bucket-blocks-public-access');
    expect(steps.map((it) => it.fixes.map(({ policy }) => policy.id).toSorted())).toEqual([
      ['log-bucket-blocks-public-access', 'log-bucket-is-not-public'],
    ]);
  });

  test.each<readonly [string, Inventory['accounts'][number]['publicAccessBlock'], string]>([
    ['nothing, where nothing was set', absent, 'delete-public-access-block'],
    [
      'what was set',
      known({
        blockPublicAcls: true,
        ignorePublicAcls: false,
        blockPublicPolicy: false,
        restrictPublicBuckets: false,
      }),
      '"BlockPublicAcls":true,"IgnorePublicAcls":false',
    ],
  ])('of an account is blocked, and the way back is %s', (_name, publicAccessBlock, back) => {
    const accounts = sample.accounts.map((it) => (it.id === owner ? { ...it, publicAccessBlock } : it));
    const [step] = planOf({ ...sample, accounts }, 'account-blocks-public-access').steps;
    expect(linesOf(step).there).toContain(`s3control put-public-access-block --region us-east-1 --account-id ${owner}`);
    expect(linesOf(step).back).toContain(back);
  });
});

describe('default encryption', () => {
  const policy = 'log-bucket-encrypts-with-kms';

  test('names no key by itself', () => {
    const [step] = planOf(sample, policy).steps;
    expect(linesOf(step).there).toContain(`"KMSMasterKeyID":"'"\${KMS_KEY_ARN_${owner}_US_EAST_1:?`);
    expect(linesOf(step).back).toContain('delete-bucket-encryption');
  });

  test('is left to people where S3 delivers server access logs, with the reason', () => {
    const Principal = { Service: 'logging.s3.amazonaws.com' };
    const Statement = [{ Effect: 'Allow', Principal, Action: 's3:PutObject', Resource: `arn:aws:s3:::${lab}/*` }];
    const plan = planOf(changed({ policy: known(JSON.stringify({ Statement })) }), policy);
    expect(plan.steps).toEqual([]);
    expect(plan.byHand[0]?.why).toContain('server access logs');
  });
});

test('a trail names a topic that somebody has to say, in the one call of its settings', () => {
  const { steps } = planOf(sample, 'trail-notifies-topic', 'trail-validates-log-files');
  expect(steps).toHaveLength(1);
  expect(linesOf(steps[0]).there).toContain(`--sns-topic-name "\${TRAIL_TOPIC_ARN_${owner}_US_EAST_1:?`);
  expect(linesOf(steps[0]).back).toContain("--sns-topic-name ''");
});

describe('tags', () => {
  test('of a trail are added, and the way back takes these alone', () => {
    const { there, back } = linesOf(planOf(sample, 'trail-is-tagged').steps[0]);
    expect(there).toContain('cloudtrail add-tags');
    expect(back).toContain(`cloudtrail remove-tags`);
    expect(back).not.toContain('Value');
  });

  function stepFor(tags: Readonly<Record<string, string>>): Step | undefined {
    const id = 'log-bucket-is-tagged';
    const results = aResults({
      run: { capturedAt: sample.capturedAt },
      policies: [aPolicy({ id, params: { requiredTagKeys: ['owner', 'stage'] } })],
      evaluations: [anEvaluation({ policyId: id, outcome: 'NON_COMPLIANT', target: aBucketTarget(lab, owner) })],
    });
    return planFixes(results, changed({ tags: known(tags) })).steps[0];
  }

  test('of a bucket are set where there are none', () => {
    const { there, back } = linesOf(stepFor({}));
    expect(there).toContain('{"Key":"owner","Value":');
    expect(back).toContain('delete-bucket-tagging');
  });

  test('that a bucket has stay, with their values', () => {
    const { there, back } = linesOf(stepFor({ stage: 'production' }));
    expect(there).toContain('{"Key":"stage","Value":"production"},{"Key":"owner","Value":');
    expect(back).toMatch(/"TagSet":\[\{"Key":"stage","Value":"production"\}\]/);
  });

  test('that AWS has set to a bucket cannot be set again', () => {
    expect(stepFor({ 'aws:cloudformation:stack-name': 'logs' })).toBeUndefined();
  });
});

test('an event data store starts again, takes in all Regions and gets a key', () => {
  const { results, inventory } = findingsOfEachKind(sample);
  const ids = ['is-ingesting', 'records-every-region', 'encrypts-with-kms'].map((it) => `event-data-store-${it}`);
  const { steps } = planFixes(results, inventory, { policies: ids });
  expect(steps.map((it) => linesOf(it).there.split(' ').slice(2, 3).concat(it.stage))).toEqual([
    ['update-event-data-store', 'trails'],
    ['update-event-data-store', 'trails'],
    ['start-event-data-store-ingestion', 'logging'],
  ]);
});
