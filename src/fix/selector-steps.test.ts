import { expect, test } from 'vitest';
import { evaluate } from '../evaluate/index.js';
import { loadPolicies } from '../index.js';
import type { AdvancedEventSelector, EventSelector, Inventory } from '../model/inventory.js';
import { known } from '../model/known.js';
import type { Results } from '../model/results.js';
import { normalizeEventSelectors } from '../normalize/index.js';
import { loadInventory } from '../storage/index.js';
import { commandLine } from './command.js';
import { planFixes } from './plan.js';

const sample = await loadInventory('src/sample/inventory.json');
const { policies } = loadPolicies({ packs: ['core', 'regulated', 'security-hub', 'protection'] });
const arn = 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/northwind-organization';
const account = '111122223333';

const basic: EventSelector = {
  readWriteType: 'All',
  includeManagementEvents: true,
  excludeManagementEventSources: ['kms.amazonaws.com'],
  dataResources: [],
};
const lists = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
const advanced: AdvancedEventSelector = {
  name: 'Management events',
  fieldSelectors: [{ ...lists, field: 'eventCategory', equals: ['Management'] }],
};

function selecting(selectors: {
  readonly basic?: readonly EventSelector[];
  readonly advanced?: readonly AdvancedEventSelector[];
}): Inventory {
  const eventSelectors = known({ basic: [], advanced: [], ...selectors });
  return { ...sample, trails: sample.trails.map((it) => (it.arn === arn ? { ...it, eventSelectors } : it)) };
}

function judged(inventory: Inventory): Results {
  const at = sample.capturedAt;
  return evaluate(inventory, policies, { startedAt: at, finishedAt: at, version: '0' });
}

function outcomes(results: Results, ids: readonly string[]): readonly (string | undefined)[] {
  return ids.map(
    (id) => results.evaluations.find((it) => it.policyId === id && it.target.accountId === account)?.outcome,
  );
}

const objects = ['account-records-s3-write-events', 'account-records-s3-read-events'];
const functions = ['account-records-lambda-invocations', 'account-records-dynamodb-events'];

test.each<readonly [string, Inventory, readonly string[], string]>([
  ['basic selectors stay basic where they can say it', selecting({ basic: [basic] }), functions, '--event-selectors'],
  ['basic ones become advanced ones for S3 objects', selecting({ basic: [basic] }), objects, '--advanced'],
  [
    'advanced ones get more',
    selecting({ advanced: [advanced] }),
    [...objects, ...functions, 'account-records-network-activity'],
    '--advanced',
  ],
  [
    'basic ones become advanced ones with all of it',
    selecting({ basic: [basic] }),
    ['account-records-management-events', ...objects, ...functions],
    '--advanced',
  ],
])('%s, and the findings are gone', (_name, inventory, ids, flag) => {
  const results = judged(inventory);
  const wanted = outcomes(results, ids).map((it) => (it === 'NON_COMPLIANT' ? 'COMPLIANT' : it));
  const { steps } = planFixes(results, inventory, { policies: ids, accounts: [account] });
  expect(steps).toHaveLength(1);
  const [step] = steps;
  const text = (step?.commands ?? []).map(commandLine).join('');
  expect(text).toContain(flag);
  const request = JSON.parse(/selectors '(.*)'$/s.exec(text)?.[1] ?? '') as object;
  const member = flag === '--advanced' ? 'AdvancedEventSelectors' : 'EventSelectors';
  const after = judged(selecting(normalizeEventSelectors({ [member]: request })));
  expect(outcomes(after, ids)).toEqual(wanted);
});

test('management events that are excluded stay so where nobody asks for them', () => {
  const inventory = selecting({ basic: [basic] });
  const [step] = planFixes(judged(inventory), inventory, { policies: objects, accounts: [account] }).steps;
  expect((step?.commands ?? []).map(commandLine).join('')).toContain('"NotEquals":["kms.amazonaws.com"]');
});

test('data events that basic selectors name in part are not turned into advanced ones', () => {
  const dataResources = [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::acme/'] }];
  const inventory = selecting({ basic: [{ ...basic, dataResources }] });
  expect(planFixes(judged(inventory), inventory, { policies: objects, accounts: [account] }).steps).toEqual([]);
});
