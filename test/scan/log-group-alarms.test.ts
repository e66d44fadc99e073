import { expect, test } from 'vitest';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { anOrganizationWithAlarms, cisFilters, type AlarmParts } from '../support/alarm-worlds.js';
import { collectFrom } from '../support/collect-from.js';

const policies = loadPolicies({ packs: ['security-hub'] }).policies.filter(({ id }) =>
  id.startsWith('log-group-alarms-'),
);
const calls = neededCalls(policies, readPackageJson('schema/view.v1.json'));

/** Whether alarms have actions, then whether they run them: of a run that asks nothing else. */
async function outcomes(parts: AlarmParts): Promise<readonly string[]> {
  const { inventory } = await collectFrom(anOrganizationWithAlarms(parts), { calls });
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  const { evaluations } = evaluate(inventory, policies, times);
  return evaluations.filter((it) => it.target.arn !== undefined).map((it) => it.outcome);
}

test.each<[string, AlarmParts, readonly string[]]>([
  ['have actions and run them', {}, ['COMPLIANT', 'COMPLIANT']],
  ['have none', { alarm: { AlarmActions: [] } }, ['NON_COMPLIANT', 'COMPLIANT']],
  ['have theirs off', { alarm: { ActionsEnabled: false } }, ['COMPLIANT', 'NON_COMPLIANT']],
  ['are not there', { filters: cisFilters(), alarms: [] }, ['NOT_APPLICABLE', 'NOT_APPLICABLE']],
])('alarms that %s', async (_, parts, expected) => {
  expect(await outcomes(parts)).toEqual(expected);
});
