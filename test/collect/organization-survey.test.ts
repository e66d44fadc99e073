import { describe, expect, test } from 'vitest';
import { collectFromConfig, diagnose, planRun } from '../../src/collect/index.js';
import { UsageError } from '../../src/model/errors.js';
import type { Inventory } from '../../src/model/inventory.js';
import type { Results } from '../../src/model/results.js';
import { collectFrom, impatience, useFakeAws } from '../support/collect-from.js';
import { aggregator, recordedWorld } from '../support/config-world.js';
import { anOrganization, type Fault, type World } from '../support/fake-aws/index.js';
import { evaluateInventory } from '../support/scan-world.js';
import { anOrganizationWithATrail, dev, logArchive, management, prod } from '../support/worlds.js';
import { changedVerdicts } from './changed-verdicts.js';

const everyAccount = [logArchive, prod, dev, management].toSorted();

let recording: Promise<World> | undefined;
/** The management account comes last in the list, dev administers CloudTrail, and AWS Config knows only management. */
async function world(): Promise<World> {
  return await (recording ??= recorded());
}

async function recorded(): Promise<World> {
  const { accounts, ...parts } = anOrganizationWithATrail();
  const { config, ...rest } = await recordedWorld({
    ...parts,
    accounts: accounts.toSorted((a, b) => Number(a.id === management) - Number(b.id === management)),
    organization: anOrganization({
      delegatedAdministrators: [{ accountId: dev, service: 'cloudtrail.amazonaws.com' }],
    }),
  });
  const items = (config?.items ?? []).filter((it) => it.awsAccountId === management);
  return { ...rest, config: { aggregators: [aggregator], recorders: [], items } };
}

interface Asked {
  readonly faults: readonly Fault[];
  readonly organizationalUnits?: readonly string[];
}

/** What a command makes of the organization. */
interface Reading {
  /** How many accounts it knows. */
  readonly accounts: number;
  /** Why there may be more. */
  readonly why: string | undefined;
  readonly knowsManagement: boolean;
  /** Accounts that it takes for neither in scope nor out of it. */
  readonly open: number;
  readonly administrators: readonly string[] | 'unknown';
}

const tuning = { ...impatience.tuning, maxAttempts: 2 };
// Without paths in the list, the OUs are walked.
const aws = { accountFields: ['State'] as const, pageSizes: { 'organizations:ListAccounts': 2 } };
const scopeOf = ({ organizationalUnits = [] }: Asked) => ({ accounts: [], excludedAccounts: [], organizationalUnits });

/** A UsageError is the answer of commands that can do nothing then. */
async function orRefused(reading: Promise<Reading>): Promise<Reading | 'refused'> {
  return await reading.catch((error: unknown) => {
    if (error instanceof UsageError) return 'refused';
    throw error;
  });
}

function withoutDuplicates(ids: readonly string[]): readonly string[] {
  if (new Set(ids).size < ids.length) throw new Error(`An account is there twice: ${ids.join(', ')}`);
  return ids;
}

function readingOf({ accounts, organization, gaps }: Inventory): Reading {
  const ids = withoutDuplicates(accounts.map(({ id }) => id));
  const administrators = organization?.delegatedAdministrators;
  return {
    accounts: ids.length,
    why: gaps.find((gap) => gap.id === organization?.accountsGap)?.message,
    knowsManagement: ids.includes(management),
    open: accounts.filter((it) => it.outOfScope === undefined && it.parents.state === 'unknown').length,
    administrators: administrators?.state === 'known' ? administrators.value : 'unknown',
  };
}

const commands: Readonly<Record<string, (asked: Asked) => Promise<Reading>>> = {
  scan: async (asked) => {
    const { inventory } = await collectFrom(await world(), {
      aws: { ...aws, faults: asked.faults },
      scope: scopeOf(asked),
      tuning: { ...tuning, maxPages: 2 },
    });
    return readingOf(inventory);
  },
  config: async (asked) => {
    await useFakeAws(await world(), { ...aws, faults: asked.faults }, { region: 'us-east-1' });
    const source = { aggregator: aggregator.name, topUp: false };
    // The queries of AWS Config have more pages.
    const inventory = await collectFromConfig({
      ...impatience,
      ...source,
      scope: scopeOf(asked),
      tuning: { ...tuning, maxPages: 4 },
    });
    return readingOf(inventory);
  },
  doctor: async (asked) => {
    await useFakeAws(await world(), { ...aws, faults: asked.faults });
    const diagnosis = await diagnose({ ...impatience, scope: scopeOf(asked), tuning: { ...tuning, maxPages: 2 } });
    if (diagnosis.membership.is !== 'member') throw new UsageError(JSON.stringify(diagnosis.membership));
    const { organization } = diagnosis.membership;
    if (organization.accounts.length === 0) throw new UsageError(organization.listFailure ?? '');
    const ids = withoutDuplicates([...diagnosis.accounts, ...diagnosis.outOfScope].map(({ id }) => id));
    return {
      accounts: ids.length,
      why: organization.listFailure,
      knowsManagement: ids.includes(management),
      open: diagnosis.accounts.filter((it) => !it.isReady).length,
      administrators: organization.cloudTrailAdministrators ?? 'unknown',
    };
  },
  plan: async (asked) => {
    await useFakeAws(await world(), { ...aws, faults: asked.faults });
    const { accounts } = await planRun({ ...impatience, scope: scopeOf(asked), tuning: { ...tuning, maxPages: 2 } });
    return {
      accounts: accounts.listed,
      why: accounts.listFailure,
      knowsManagement: true,
      // A plan counts what is read; the management account is, whatever the scope.
      open: accounts.toRead,
      administrators: [],
    };
  },
};

const listAccounts = { service: 'organizations', operation: 'ListAccounts' } as const;
const broken: readonly (readonly [string, Fault, string])[] = [
  ['cut by a refusal', { match: listAccounts, kind: 'denied', after: 1 }, 'AccessDeniedException'],
  ['cut by throttling', { match: listAccounts, kind: 'throttled', after: 1 }, 'TooManyRequestsException'],
  ['cut in the middle of an answer', { match: listAccounts, kind: 'cut-in-body', after: 1 }, 'aborted'],
  ['endless', { match: listAccounts, kind: 'endless-pages', after: 1 }, 'pages'],
  ['going round in circles', { match: listAccounts, kind: 'repeating-page-token' }, 'the same page token twice'],
];

describe.each(Object.entries(commands))('%s', (name, read) => {
  test('reads a whole list', async () => {
    expect(await read({ faults: [] })).toMatchObject({
      accounts: everyAccount.length,
      why: undefined,
      administrators: name === 'plan' ? [] : [dev],
    });
  });

  test.each(broken)(
    'keeps what was listed of a list that is %s, with the management account',
    async (_, fault, why) => {
      const reading = await read({ faults: [fault] });
      expect(reading.why).toContain(why);
      // Of a list that goes on for ever, all accounts are on the pages that were read.
      expect(reading.accounts).toBe(fault.kind === 'endless-pages' ? everyAccount.length : 3);
      expect(reading.knowsManagement).toBe(true);
    },
  );

  test('takes a list that is refused for none', async () => {
    const reading = await orRefused(read({ faults: [{ match: listAccounts, kind: 'denied' }] }));
    const told =
      reading === 'refused' ? reading : [reading.accounts, reading.knowsManagement, reading.why?.slice(0, 12)];
    // An aggregator tells its accounts itself.
    expect(told).toEqual(name === 'config' ? [1, true, 'AccessDenied'] : 'refused');
  });

  test.each([
    ['refused', { kind: 'denied' }],
    ['endless', { kind: 'endless-pages' }],
    ['going round in circles', { kind: 'repeating-page-token' }],
  ] as const)('knows no delegated administrators where their list is %s', async (_, { kind }) => {
    const match = { operation: 'ListDelegatedAdministrators' };
    const { administrators } = await read({ faults: [{ match, kind }] });
    expect(administrators).toEqual(name === 'plan' ? [] : 'unknown');
  });

  test.each(['ListRoots', 'ListOrganizationalUnitsForParent', 'ListAccountsForParent'])(
    'leaves open whether accounts are in an OU where %s fails',
    async (operation) => {
      for (const kind of ['denied', 'endless-pages', 'repeating-page-token'] as const) {
        const { open } = await read({ faults: [{ match: { operation }, kind }], organizationalUnits: ['ou-exam-1'] });
        expect(open).toBe(name === 'plan' ? 1 : everyAccount.length);
      }
    },
  );

  test('does not take an organization that it may not describe for none', async () => {
    const faults: readonly Fault[] = [{ match: { operation: 'DescribeOrganization' }, kind: 'denied' }];
    const reading = await orRefused(read({ faults }));
    const told = reading === 'refused' ? reading : [reading.open, reading.administrators];
    expect(told).toEqual(name === 'config' ? [1, 'unknown'] : 'refused');
  });
});

async function scanned({ faults, organizationalUnits }: Asked): Promise<Results> {
  const { inventory } = await collectFrom(await world(), {
    aws: { ...aws, faults },
    scope: scopeOf({ faults, organizationalUnits: organizationalUnits ?? [] }),
    tuning,
  });
  return evaluateInventory(inventory);
}

test("a list that is cut before the management account costs none of the organization's trails", async () => {
  const sound = await scanned({ faults: [] });
  const cut = await scanned({ faults: [{ match: listAccounts, kind: 'denied', after: 1 }] });
  expect(changedVerdicts(sound, cut)).toEqual([]);
  const ofTrails = ({ evaluations }: Results) =>
    evaluations.filter(({ target }) => target.type === 'trail' && target.id !== 'unknown');
  expect(ofTrails(cut).map(({ fingerprint, outcome }) => [fingerprint, outcome])).toEqual(
    ofTrails(sound).map(({ fingerprint, outcome }) => [fingerprint, outcome]),
  );
  expect(ofTrails(cut).length).toBeGreaterThan(0);
  expect(cut.coverage.accounts.unreadable).toMatchObject([{ id: 'unknown' }]);
});

test('accounts whose OU could not be read are unreadable, not out of scope', async () => {
  const { coverage } = await scanned({
    faults: [{ match: { operation: 'ListAccountsForParent' }, kind: 'denied' }],
    organizationalUnits: ['ou-exam-1'],
  });
  expect(coverage.accounts).toMatchObject({ listed: everyAccount.length, evaluated: 0, outOfScope: [] });
  expect(coverage.accounts.unreadable.map(({ id }) => id)).toEqual(everyAccount);
});
