import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Results } from '../../src/index.js';
import type { DoctorCause, DoctorReport } from '../../src/model/doctor.js';
import {
  anAccount,
  anOrganization,
  aRole,
  aTrail,
  aWorld,
  deniesRegions,
  startFakeAws,
  type CallerChoice,
  type FakeAwsOptions,
  type World,
  type WorldAccount,
} from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, management, prod } from '../support/worlds.js';
import { aFolder, runCli, type Ran } from './run-cli.js';
import { schemaCheck } from '../../src/json-schema.js';

interface Asked {
  readonly args?: readonly string[];
  readonly caller?: CallerChoice;
  readonly aws?: FakeAwsOptions;
  readonly environment?: Readonly<Record<string, string>>;
}

async function doctor(world: World, { args = [], caller, aws: options, environment }: Asked = {}): Promise<Ran> {
  const aws = await startFakeAws(world, options);
  onTestFinished(async () => await aws.close());
  return await runCli(['doctor', ...args], {
    cwd: aFolder(),
    environment: { ...aws.environment(caller), ...environment },
  });
}

const validate = schemaCheck<DoctorReport>('schema/doctor.v1.json');

async function report(world: World, asked: Asked = {}): Promise<{ status: number | null; it: DoctorReport }> {
  const { status, stdout, stderr } = await doctor(world, { ...asked, args: ['--json', ...(asked.args ?? [])] });
  expect(stderr).toBe('');
  const it: unknown = JSON.parse(stdout);
  if (!validate(it)) throw new Error(JSON.stringify(validate.errors));
  return { status, it };
}

const causesOf = ({ problems }: DoctorReport): Record<string, readonly string[]> =>
  Object.fromEntries(problems.map(({ cause, accounts }) => [cause, accounts.map(({ id }) => id)]));

const denies = (action: string, effect: WorldAccount['denials'][number]['effect']) => [{ action, effect }];

function withAccount(world: World, id: string, parts: Partial<WorldAccount>): World {
  const change = (account: WorldAccount): WorldAccount => (account.id === id ? { ...account, ...parts } : account);
  return { ...world, accounts: world.accounts.map(change) };
}

describe('an organization in order', () => {
  test('from the management account: all are ready, in two calls an account', async () => {
    const { status, it } = await report(anOrganizationWithATrail());
    expect(status).toBe(0);
    expect(it).toMatchObject({
      caller: { accountId: management, partition: 'aws', region: 'us-east-1' },
      organization: { managementAccountId: management, callerIs: 'management-account' },
      accounts: { listed: 4, ready: 4, notReady: 0, outOfScope: [] },
      problems: [],
    });
    expect(it.checks.map((check) => [check.id, check.status])).toEqual([
      ['account-list', 'ok'],
      ['organization-trails', 'ok'],
    ]);
    // The caller, the organization, its accounts, administrators and services, its trail; then each account.
    expect(it.apiCalls).toBeLessThanOrEqual(6 + 4 * 2);
  });

  test('the text says it in few lines', async () => {
    const { status, stdout } = await doctor(anOrganizationWithATrail());
    expect(status).toBe(0);
    expect(stdout).toContain('4 accounts: 4 ready, 0 not ready, 0 out of scope');
    expect(stdout.trimEnd().split('\n').at(-1)).toBe('Ready: trailproof scan');
  });

  test('it ends with the scan of what was asked about, to be pasted', async () => {
    const world = anOrganizationWithATrail();
    const flags = ['--account', prod, '--role-name', 'TrailproofAudit', '--external-id', "it's ours"];
    const { stdout } = await doctor(world, { args: flags });
    const last = stdout.trimEnd().split('\n').at(-1);
    expect(last).toMatch(
      /(?:Ready|exit code 3\)): trailproof scan --account 333344445555 --external-id 'it'\\''s ours'$/,
    );
  });

  test('from a delegated administrator of CloudTrail, without the management account', async () => {
    const world = anOrganizationWithATrail({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: logArchive, service: 'cloudtrail.amazonaws.com' }],
      }),
    });
    const closed = withAccount(world, management, { roles: [] });
    const { status, it } = await report(closed, { caller: { accountId: logArchive } });
    expect(status).toBe(3);
    expect(it.organization).toMatchObject({
      callerIs: 'cloudtrail-administrator',
      cloudTrailAdministrators: [logArchive],
    });
    expect(causesOf(it)).toEqual({ 'role-refused': [management] });
    expect(it.problems[0]?.fix.join(' ')).toContain('permissions --format cloudformation --management');
    expect(it.checks.find(({ id }) => id === 'organization-trails')).toMatchObject({
      status: 'ok',
      message: expect.stringContaining(logArchive),
    });
    expect(it.checks.find(({ id }) => id === 'management-account')?.status).toBe('note');
  });

  test('from an administrator of another service: it lists, and nobody shows the trails', async () => {
    const world = anOrganizationWithATrail({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: logArchive, service: 'guardduty.amazonaws.com' }],
        trustedServices: [],
      }),
    });
    const closed = withAccount(world, management, { roles: [] });
    const { status, it } = await report(closed, { caller: { accountId: logArchive } });
    expect(status).toBe(3);
    expect(it.organization?.callerIs).toBe('other-administrator');
    expect(it.checks.find(({ id }) => id === 'organization-trails')).toMatchObject({
      status: 'problem',
      fix: expect.stringContaining('register-organization-delegated-admin'),
    });
    expect(it.checks.find(({ id }) => id === 'trusted-access')?.status).toBe('note');
  });
});

describe('what keeps a scan out', () => {
  test.each<[string, Partial<WorldAccount>, DoctorCause, string]>([
    ['no role', { roles: [] }, 'role-refused', 'if the role is missing'],
    ['a trust that names another', { roles: [aRole({ trusts: [prod] })] }, 'role-refused', 'enters 2 other accounts'],
    ['an external id', { roles: [aRole({ externalId: 'other' })] }, 'role-refused', 'requires another external id'],
    [
      'a resource control policy on the entry',
      { denials: denies('sts:AssumeRole', 'resource-control-policy') },
      'entry-control-policy',
      'resource control policy',
    ],
    [
      'a service control policy on reading',
      { denials: denies('cloudtrail:*', 'service-control-policy') },
      'read-control-policy',
      'not in one Region only',
    ],
    ['a closed Region', { denials: deniesRegions('eu-central-1') }, 'region-denied', 'another Region'],
    [
      'a role that may not read',
      { roles: [aRole({ denials: denies('cloudtrail:*', 'no-identity-policy') })] },
      'role-permission',
      'does not allow cloudtrail:ListTrails',
    ],
  ])('%s', async (_, devAccount, cause, words) => {
    const world = anOrganizationWithATrail({ devAccount, trail: { HomeRegion: 'eu-central-1' } });
    const { status, it } = await report(world);
    expect(status).toBe(3);
    expect(causesOf(it)).toEqual({ [cause]: [dev] });
    expect(it.problems[0]?.explanation).toContain(words);
    expect(it.problems[0]?.fix.length).toBeGreaterThan(0);
    expect(it.accounts).toMatchObject({ ready: 3, notReady: 1 });
  });

  test('a Region that is switched off', async () => {
    const world = anOrganizationWithATrail({ prodAccount: { optInRegions: { 'me-south-1': 'ENABLED' } } });
    const accounts = world.accounts.map((it) =>
      it.id === dev ? it : { ...it, optInRegions: { 'me-south-1': 'ENABLED' as const } },
    );
    const { it } = await report({ ...world, accounts, trails: [] }, { args: ['--region', 'me-south-1'] });
    expect(causesOf(it)).toEqual({ 'region-off': [dev] });
    expect(it.problems[0]?.fix[0]).toContain('--region us-east-1');
  });

  test('the caller itself: no account lets it in, and its own policy is named first', async () => {
    const world = anOrganizationWithATrail({ prodAccount: { roles: [] }, devAccount: { roles: [] } });
    const accounts = world.accounts.map((it) => (it.id === management ? it : { ...it, roles: [] }));
    const { status, it } = await report({ ...world, accounts });
    expect(status).toBe(3);
    expect(it.problems[0]).toMatchObject({ cause: 'role-refused', title: 'no account lets the caller in' });
    expect(it.problems[0]?.fix[0]).toContain('trailproof permissions --caller');
  });

  test("a service control policy on the caller's account", async () => {
    const world = anOrganizationWithATrail({
      organization: anOrganization({
        delegatedAdministrators: [{ accountId: logArchive, service: 'cloudtrail.amazonaws.com' }],
      }),
    });
    const bound = withAccount(world, logArchive, { denials: denies('sts:AssumeRole', 'service-control-policy') });
    const { it } = await report(bound, { caller: { accountId: logArchive } });
    expect(causesOf(it)).toEqual({ 'entry-control-policy': [management, prod, dev].toSorted() });
  });

  test('no permission of the caller', async () => {
    const denials = denies('sts:AssumeRole', 'no-identity-policy');
    const { it } = await report(withAccount(anOrganizationWithATrail(), management, { denials }));
    expect(causesOf(it)).toEqual({ 'caller-permission': [logArchive, prod, dev].toSorted() });
  });

  test('no answer', async () => {
    const faults = [{ match: { operation: 'AssumeRole', accountId: dev }, kind: 'malformed-body' as const }];
    const { it } = await report(anOrganizationWithATrail(), { aws: { faults } });
    expect(causesOf(it)).toEqual({ 'no-answer': [dev] });
  });

  test('a suspended account is out of scope, and not asked', async () => {
    const { status, it } = await report(anOrganizationWithATrail({ devAccount: { state: 'SUSPENDED' } }));
    expect(status).toBe(0);
    expect(it.accounts.outOfScope).toEqual([{ id: dev, name: 'dev', reason: 'its state is SUSPENDED' }]);
  });
});

describe('the caller', () => {
  test('that is a member may not list, and is told what to do; its own account is ready', async () => {
    const { status, it } = await report(anOrganizationWithATrail(), { caller: { accountId: dev } });
    expect(status).toBe(3);
    expect(it.organization?.callerIs).toBe('member');
    expect(it.accounts).toMatchObject({ listed: 1, ready: 1 });
    expect(it.checks[0]?.fix).toContain(`register-organization-delegated-admin --member-account-id ${dev}`);
  });

  test('without an organization is alone', async () => {
    const world = aWorld({ organization: null, accounts: [anAccount({ id: dev, parent: null })] });
    const { status, it } = await report(world);
    expect(status).toBe(0);
    expect(it.organization).toBeNull();
    expect(it.checks[0]).toMatchObject({ id: 'organization', status: 'note' });
  });

  test('whose own account refuses everything: 2', async () => {
    const accounts = [anAccount({ id: dev, parent: null, denials: denies('cloudtrail:*', 'no-identity-policy') })];
    const { status, it } = await report(aWorld({ organization: null, accounts }));
    expect(status).toBe(2);
    expect(causesOf(it)).toEqual({ 'caller-permission': [dev] });
  });

  test('without credentials', async () => {
    const { status, stderr } = await runCli(['doctor'], { cwd: aFolder() });
    expect(status).toBe(2);
    expect(stderr).toContain('No AWS credentials were found.');
  });

  test('with expired credentials', async () => {
    const faults = [{ match: { operation: 'GetCallerIdentity' }, kind: 'expired-token' as const }];
    const { status, stderr } = await doctor(anOrganizationWithATrail(), { aws: { faults } });
    expect(status).toBe(2);
    expect(stderr).toContain('The AWS credentials have expired');
  });

  test('of another partition than the Region', async () => {
    const { status, stderr } = await doctor(anOrganizationWithATrail(), { args: ['--region', 'cn-north-1'] });
    expect(status).toBe(2);
    expect(stderr).toContain('does not accept the credentials in Region cn-north-1');
    expect(stderr).toContain('credentials of another partition');
  });
});

describe('what is asked', () => {
  test('the flags of scan choose the accounts and the role', async () => {
    const roles = [aRole({ name: 'Audit', externalId: 'ours' })];
    const world = anOrganizationWithATrail({ devAccount: { roles }, prodAccount: { roles } });
    const args = ['--role-name', 'Audit', '--external-id', 'ours', '--account', dev, prod];
    const { status, it } = await report(world, { args });
    expect(status).toBe(0);
    expect(it.accounts).toMatchObject({ listed: 4, ready: 2 });
    expect(it.accounts.outOfScope.map(({ reason }) => reason)).toEqual([
      'not named by --account',
      'not named by --account',
    ]);
  });

  test('an OU is found where the list gives no paths', async () => {
    const args = ['--ou', 'r-ab12'];
    const { it } = await report(anOrganizationWithATrail(), { args, aws: { accountFields: ['State'] } });
    expect(it.accounts).toMatchObject({ listed: 4, ready: 4 });
  });

  test('an account that is not there is an error', async () => {
    const { status, stderr } = await doctor(anOrganizationWithATrail(), { args: ['--account', '999999999999'] });
    expect(status).toBe(2);
    expect(stderr).toContain('has no account 999999999999');
  });

  test('a list that breaks off is a problem, and what was listed is checked', async () => {
    const faults = [{ match: { operation: 'ListAccounts' }, kind: 'denied' as const, after: 1 }];
    const { status, it } = await report(anOrganizationWithATrail(), {
      aws: { faults, pageSizes: { 'organizations:ListAccounts': 2 } },
    });
    expect(status).toBe(3);
    expect(it.accounts.ready).toBe(2);
    expect(it.checks[0]).toMatchObject({ id: 'account-list', status: 'problem' });
  });
});

test('what doctor finds ready is what a scan can read', async () => {
  const broken = anOrganizationWithATrail({
    devAccount: { denials: deniesRegions('eu-central-1') },
    prodAccount: { roles: [] },
    trail: { HomeRegion: 'eu-central-1' },
  });
  const { it } = await report(broken);
  const aws = await startFakeAws(broken);
  onTestFinished(async () => await aws.close());
  const cwd = aFolder();
  await runCli(['scan', '--format', 'json', '--quiet'], { cwd, environment: aws.environment() });
  const { coverage } = JSON.parse(readFileSync(join(cwd, 'reports/results.json'), 'utf8')) as Results;
  const notReady = it.problems.flatMap(({ accounts }) => accounts.map(({ id }) => id)).toSorted();
  expect(notReady).toEqual([prod, dev]);
  expect(notReady).toEqual(coverage.accounts.unreadable.map(({ id }) => id));
});

test('hundreds of accounts are a few lines; hostile names are shown, not obeyed', async () => {
  const accounts = Array.from({ length: 120 }, (_, index) =>
    anAccount({
      id: String(100_000_000_000 + index),
      name: `\u001b[31mred\n${index}`,
      ...(index < 40 ? { roles: [] } : {}),
    }),
  );
  const world = aWorld({ accounts: [anAccount({ id: management }), ...accounts], trails: [aTrail()] });
  const { stdout } = await doctor(world);
  expect(stdout).toContain('121 accounts: 81 ready, 40 not ready');
  expect(stdout).toContain('and 20 more: --json names all');
  expect(stdout).not.toContain('\u001b');
  expect(stdout.split('\n').length).toBeLessThan(40);
});
