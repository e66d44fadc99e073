import { expect, test } from 'vitest';
import { classifyError } from '../../src/collect/aws/classify-error.js';
import { sharedHttpHandler } from '../../src/collect/aws/http.js';
import type { Tuning } from '../../src/collect/run/tuning.js';
import { operations } from '../../src/collect/aws/operations/index.js';
import { saysAbsent } from '../../src/collect/aws/service.js';
import { evaluate } from '../../src/evaluate/index.js';
import { loadPolicies } from '../../src/index.js';
import type { Inventory } from '../../src/model/inventory.js';
import { readPackageJson } from '../../src/package-file.js';
import { neededCalls } from '../../src/policy/index.js';
import { collectFrom, impatience, type CollectFromOptions } from '../support/collect-from.js';
import type { World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, prod } from '../support/worlds.js';

const viewSchema = readPackageJson('schema/view.v1.json');
const policy = loadPolicies({ packs: ['config'] }).policies.filter(({ id }) => id === 'security-hub-is-enabled');
const calls = neededCalls(policy, viewSchema);
const call = 'securityhub:DescribeHub';

function worldWith(parts: Partial<World> = {}): World {
  const securityHubs = [
    { accountId: dev, region: 'eu-central-1' },
    { accountId: prod, region: 'eu-central-1' },
    { accountId: prod, region: 'us-east-1' },
  ];
  return { ...anOrganizationWithATrail(), regions: ['eu-central-1', 'us-east-1'], securityHubs, ...parts };
}

async function read(options: CollectFromOptions = {}, world = worldWith()) {
  return await collectFrom(world, { calls, ...impatience, ...options });
}

function outcomesIn(inventory: Inventory, accountId: string): string[] {
  const times = { startedAt: inventory.capturedAt, finishedAt: inventory.capturedAt, version: '0.0.0-test' };
  return evaluate(inventory, policy, times)
    .evaluations.filter(({ target }) => target.accountId === accountId)
    .map(({ outcome, target }) => `${outcome} ${target.region}`)
    .toSorted();
}

test('a call in each enabled Region where a policy asks, and none where no policy does', async () => {
  const asked = await read();
  expect(asked.callsIn(dev)).toMatchObject({ [call]: 2 });
  const others = await read({ calls: neededCalls(loadPolicies({ packs: ['core'] }).policies, viewSchema), deep: true });
  expect(others.aws.countBy('operation')).not.toHaveProperty([call]);
  expect(others.inventory).not.toHaveProperty('securityHubs');
});

test('on in every Region of one account; off in one of another', async () => {
  const { inventory } = await read();
  expect(outcomesIn(inventory, prod)).toEqual(['COMPLIANT eu-central-1', 'COMPLIANT us-east-1']);
  expect(outcomesIn(inventory, dev)).toEqual(['COMPLIANT eu-central-1', 'NON_COMPLIANT us-east-1']);
  const off = inventory.securityHubs?.find((it) => it.accountId === dev && it.region === 'us-east-1');
  expect(off).toMatchObject({ hubArn: { state: 'absent' }, evidence: { [call]: expect.any(String) } });
});

test('who may not call is not told that it is off', async () => {
  const match = { service: 'securityhub', operation: 'DescribeHub', accountId: dev } as const;
  const { inventory } = await read({ aws: { faults: [{ match, kind: 'denied' }] } });
  expect(outcomesIn(inventory, dev)).toEqual(['INSUFFICIENT_DATA eu-central-1', 'INSUFFICIENT_DATA us-east-1']);
  expect(inventory.gaps.filter((it) => it.call === call).map(({ reason }) => reason)).toEqual([
    'access-denied',
    'access-denied',
  ]);
});

test('the same code with another message is a refusal', () => {
  const { absentWhen } = operations[call];
  const code = 'InvalidAccessException';
  const saysOff = { code, message: 'Account 111122223333 is not subscribed to AWS Security Hub' };
  const refuses = { code, message: 'Account 111122223333 is not an administrator for this organization' };
  expect([saysOff, refuses].map((error) => saysAbsent(absentWhen, error))).toEqual([true, false]);
  expect(saysAbsent(absentWhen, { ...saysOff, code: 'AccessDeniedException' })).toBe(false);
  expect(classifyError(Object.assign(new Error(refuses.message), { name: code }))).toMatchObject({
    reason: 'access-denied',
  });
});

test('Regions that could not be listed leave it open whether all are on', async () => {
  const match = { service: 'account', operation: 'ListRegions', accountId: prod } as const;
  const { inventory } = await read({ aws: { faults: [{ match, kind: 'denied' }] } });
  expect(outcomesIn(inventory, prod)).toEqual(expect.arrayContaining(['COMPLIANT eu-central-1']));
  expect(inventory.accounts.find(({ id }) => id === prod)?.securityHubs).toMatchObject({ state: 'unknown' });
  expect(outcomesIn(inventory, prod)).toEqual(expect.arrayContaining([expect.stringMatching(/^INSUFFICIENT_DATA/)]));
});

// The endpoint of one Region does not resolve.
test('where the endpoint has no address, the gap says what to do', async () => {
  const httpHandler: Tuning['httpHandler'] = (...settings) => {
    const handler = sharedHttpHandler(...settings);
    return {
      handle: async (request, options) => {
        if (/us-east-1.securityhub/.test(String(request.headers['authorization']))) {
          const host = 'securityhub.us-east-1.amazonaws.com';
          throw Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' });
        }
        return await handler.handle(request, options);
      },
      destroy: () => handler.destroy(),
    };
  };
  const { inventory } = await read({ tuning: { ...impatience.tuning, httpHandler } });
  expect(outcomesIn(inventory, prod)).toEqual(['COMPLIANT eu-central-1', 'INSUFFICIENT_DATA us-east-1']);
  const gap = inventory.gaps.find((it) => it.call === call && it.region === 'us-east-1');
  expect(gap?.message).toMatch(/ENOTFOUND.*no address in us-east-1.*sechub\.html.*withoutSecurityHub/);
});
