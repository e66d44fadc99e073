import { ListTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeOrganizationCommand, ListAccountsCommand, ListRootsCommand } from '@aws-sdk/client-organizations';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { expect, test, vi } from 'vitest';
import { anAccount, anOrganization, aTrail, aWorld } from './index.js';
import { holdTimers, untilCalls } from './held-timers.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const administrator = '222222222222';
const world = aWorld({
  organization: anOrganization({
    delegatedAdministrators: [{ accountId: administrator, service: 'cloudtrail.amazonaws.com' }],
  }),
  accounts: [anAccount({ id: '111122223333' }), anAccount({ id: administrator })],
  trails: [aTrail({ Name: 'audit' })],
});

/** How many calls in a row go well, and what the next one says. */
async function until(call: () => Promise<unknown>): Promise<readonly [number, unknown]> {
  for (let wellDone = 0; wellDone < 50; wellDone += 1) {
    const [it] = await Promise.allSettled([call()]);
    if (it.status === 'rejected') return [wellDone, it.reason];
  }
  return [50, undefined];
}

test('Organizations: rate and burst by operation, as published', async () => {
  let now = 0;
  const aws = await fakeAwsFor(world, { quotas: { organizations: true }, now: () => now });
  const { organizations, cloudtrail } = sdkClients(aws);
  const listAccounts = async () => await organizations.send(new ListAccountsCommand({}));
  const listRoots = async () => await organizations.send(new ListRootsCommand({}));
  const describe = async () => await organizations.send(new DescribeOrganizationCommand({}));
  const throttled = expect.objectContaining({
    name: 'TooManyRequestsException',
    $metadata: expect.objectContaining({ httpStatusCode: 400 }),
  });
  expect(await until(listAccounts)).toEqual([12, throttled]);
  expect(await until(listRoots)).toEqual([2, throttled]);
  expect(await until(describe)).toEqual([2, throttled]);
  now += 500;
  expect(await until(listAccounts)).toEqual([4, throttled]);
  expect(await until(listRoots)).toEqual([0, throttled]);
  now += 60_000;
  expect(await until(listAccounts)).toEqual([12, throttled]);
  // The other services have other quotas, or none.
  expect(await until(async () => await cloudtrail.send(new ListTrailsCommand({})))).toEqual([50, undefined]);
});

test('Organizations: all accounts share a quota, too', async () => {
  const aws = await fakeAwsFor(world, { quotas: { organizations: true }, now: () => 0 });
  const list = async (accountId: string) =>
    await sdkClients(aws, { accountId }).organizations.send(new ListAccountsCommand({}));
  expect((await until(async () => await list('111122223333')))[0]).toBe(12);
  expect((await until(async () => await list(administrator)))[0]).toBe(3);
});

test('CloudTrail: ten reads a second for each account and Region, whatever they read', async () => {
  let now = 0;
  const aws = await fakeAwsFor(world, { quotas: { cloudtrail: true }, now: () => now });
  const { cloudtrail, organizations } = sdkClients(aws);
  const list = async () => await cloudtrail.send(new ListTrailsCommand({}));
  await cloudtrail.send(new GetTrailStatusCommand({ Name: 'audit' }));
  const [wellDone, error] = await until(list);
  expect(wellDone).toBe(9);
  expect(error).toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
  const elsewhere = sdkClients(aws, { region: 'eu-west-1' }).cloudtrail;
  expect((await until(async () => await elsewhere.send(new ListTrailsCommand({}))))[0]).toBe(10);
  const other = sdkClients(aws, { accountId: administrator }).cloudtrail;
  expect((await until(async () => await other.send(new ListTrailsCommand({}))))[0]).toBe(10);
  now += 200;
  expect((await until(list))[0]).toBe(2);
  expect((await until(async () => await organizations.send(new ListRootsCommand({}))))[0]).toBe(50);
});

test('latency delays each answer, and no answer holds up another', async () => {
  holdTimers();
  const aws = await fakeAwsFor(world, { latency: 100 });
  const { sts } = sdkClients(aws);
  let answered = 0;
  const all = Array.from({ length: 20 }, async () => {
    await sts.send(new GetCallerIdentityCommand({}));
    answered += 1;
  });
  await untilCalls(aws, 20);
  vi.advanceTimersByTime(99);
  await new Promise(setImmediate);
  expect(answered).toBe(0);
  vi.advanceTimersByTime(1);
  await Promise.all(all);
});
