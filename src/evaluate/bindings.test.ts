import { describe, expect, test } from 'vitest';
import {
  aGap,
  anAccount,
  anInventory,
  anOrganization,
  aTrail,
  known,
  MANAGEMENT,
  trailArn,
  unknown,
} from '../../test/support/inventory-builders.js';
import { packsOf } from '../../test/support/packs.js';
import type { Inventory } from '../model/inventory.js';
import type { Evaluation } from '../model/results.js';
import { evaluate } from './evaluate.js';
import { unmatchedBindings } from './unmatched-bindings.js';

const run = { startedAt: '2026-11-21T08:00:00.000Z', finishedAt: '2026-11-21T08:00:09.000Z', version: '0.0.0-test' };
const [sandboxed, nested, production, unplaced] = ['222222222222', '333333333333', '444444444444', '555555555555'];
const sandbox = 'ou-ab12-11111111';

/** Each account has a trail that delivered to CloudWatch Logs 30 hours ago: beyond the 24 hours of the policy. */
function organization(parts: Partial<Inventory> = {}): Inventory {
  const latestCloudWatchLogsDeliveryTime = '2026-11-19T18:00:00.000Z';
  const parents = {
    [sandboxed]: [sandbox],
    [nested]: [sandbox, 'ou-ab12-22222222'],
    [production]: ['ou-ab12-33333333'],
  };
  return anInventory({
    organization: anOrganization({
      organizationalUnits: known(['r-ab12', sandbox].map((id) => ({ id, name: id }))),
    }),
    accounts: [
      anAccount({ id: MANAGEMENT, parents: known(['r-ab12']) }),
      ...Object.entries(parents).map(([id, below]) => anAccount({ id, parents: known(['r-ab12', ...below]) })),
    ],
    trails: Object.keys(parents).map((accountId) =>
      aTrail({ accountId, status: { latestCloudWatchLogsDeliveryTime } }),
    ),
    ...parts,
  });
}

const id = 'trail-sends-to-cloudwatch-logs';
const looser = `extends: ["builtin:core"]
select: { targets: [trail] }
bindings:
  - ous: [${sandbox}]
    override:
      ${id}: { severity: informational, params: { maxSilence: 72h } }
  - accounts: ["${nested}"]
    override:
      ${id}: { params: { maxSilence: 12h } }
`;

const of = (evaluations: readonly Evaluation[], accountId: string, policyId = id): Evaluation | undefined =>
  evaluations.find((it) => it.policyId === policyId && it.target.accountId === accountId);

describe('a binding', () => {
  const results = evaluate(organization(), packsOf(looser), run);

  test('gives its accounts other values, and each evaluation says which were in force', () => {
    expect(of(results.evaluations, sandboxed)).toMatchObject({
      outcome: 'COMPLIANT',
      severity: 'informational',
      params: { maxSilence: '72h' },
    });
    expect(of(results.evaluations, production)).toMatchObject({ outcome: 'NON_COMPLIANT', severity: 'low' });
    expect(of(results.evaluations, production)).not.toHaveProperty('params');
    expect(results.policies.find((it) => it.id === id)).toMatchObject({ params: { maxSilence: '24h' } });
    expect(results).not.toHaveProperty('disabled');
  });

  test('reaches accounts below its OU, and a later one wins value by value', () => {
    expect(of(results.evaluations, nested)).toMatchObject({
      outcome: 'NON_COMPLIANT',
      severity: 'informational',
      params: { maxSilence: '12h' },
    });
  });

  test('changes no identity: a finding stays the same finding', () => {
    const plain = evaluate(organization(), packsOf('extends: ["builtin:core"]\nselect: { targets: [trail] }\n'), run);
    const identities = (evaluations: readonly Evaluation[]) => evaluations.map((it) => it.fingerprint);
    expect(identities(results.evaluations)).toEqual(identities(plain.evaluations));
  });

  test('leaves open what hangs on an OU that could not be read', () => {
    const inventory = organization({
      accounts: [anAccount({ id: unplaced, parents: unknown('g') })],
      trails: [aTrail({ accountId: unplaced })],
      gaps: [aGap({ id: 'g', call: 'organizations:ListParents', accountId: unplaced, region: 'global' })],
    });
    const { evaluations } = evaluate(inventory, packsOf(looser), run);
    expect(of(evaluations, unplaced)).toMatchObject({
      outcome: 'INSUFFICIENT_DATA',
      gaps: ['g'],
      message: expect.stringContaining(`organizations:ListParents in account ${unplaced} (access denied)`) as string,
    });
    // What no binding speaks of is decided.
    expect(of(evaluations, unplaced, 'trail-is-logging')?.outcome).toBe('COMPLIANT');
  });

  test('leaves open an account that nobody listed, when not all could be listed', () => {
    const inventory = (accountsGap: string | undefined) =>
      organization({
        organization: anOrganization(accountsGap === undefined ? {} : { accountsGap }),
        accounts: [anAccount({ id: MANAGEMENT })],
        trails: [aTrail({ accountId: unplaced })],
        gaps: [aGap({ id: 'g', call: 'organizations:ListAccounts' })],
      });
    const outcome = (gap: string | undefined) =>
      of(evaluate(inventory(gap), packsOf(looser), run).evaluations, unplaced)?.outcome;
    expect([outcome('g'), outcome(undefined)]).toEqual(['INSUFFICIENT_DATA', 'COMPLIANT']);
  });
});

describe('a binding by the name of an OU', () => {
  const units = [
    { id: 'r-ab12', name: 'Root' },
    { id: sandbox, name: 'Sandbox', parentId: 'r-ab12' },
    { id: 'ou-ab12-22222222', name: 'Prod', parentId: sandbox },
    { id: 'ou-ab12-33333333', name: 'Prod', parentId: 'r-ab12' },
  ];
  const named = (name: string) => `policies: [${id}]
bindings:
  - { ous: ["${name}"], override: { ${id}: { params: { maxSilence: 72h } } } }
`;
  const outcomes = (name: string, parts: Parameters<typeof anOrganization>[0]) => {
    const { evaluations } = evaluate(organization({ organization: anOrganization(parts) }), packsOf(named(name)), run);
    return [sandboxed, nested, production].map((account) => of(evaluations, account)?.outcome);
  };
  const listed = { organizationalUnits: known(units) };

  test.each(['Sandbox', 'Root/Sandbox', '/Sandbox'])('%s reaches the accounts in it and below it', (name) => {
    expect(outcomes(name, listed)).toEqual(['COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT']);
  });

  test('of which there are two is refused, with both', () => {
    expect(() => outcomes('Prod', listed)).toThrow(
      `test.yaml:6: 'Prod' may be Root/Prod (ou-ab12-33333333), or Root/Sandbox/Prod (ou-ab12-22222222).`,
    );
    expect(outcomes('Sandbox/Prod', listed)).toEqual(['NON_COMPLIANT', 'COMPLIANT', 'NON_COMPLIANT']);
  });

  test('leaves every account open where the OUs could not be read', () => {
    const gaps = [aGap({ id: 'g', call: 'organizations:ListRoots' })];
    const inventory = organization({ organization: anOrganization({ organizationalUnits: unknown('g') }), gaps });
    const { evaluations } = evaluate(inventory, packsOf(named('Sandbox')), run);
    expect(evaluations.map((it) => [it.outcome, it.gaps])).toEqual(evaluations.map(() => ['INSUFFICIENT_DATA', ['g']]));
    expect(evaluations).toHaveLength(3);
    // An id needs no list.
    expect(of(evaluate(inventory, packsOf(named(sandbox)), run).evaluations, sandboxed)?.outcome).toBe('COMPLIANT');
  });

  test('that nobody has is told, with what may have been meant', () => {
    const told = (name: string) =>
      unmatchedBindings(organization({ organization: anOrganization(listed) }), packsOf(named(name)));
    expect(told('Sandbx')).toMatchObject([{ names: ['Sandbx'], help: "did you mean 'Sandbox'?" }]);
    expect(told('Sandbox')).toEqual([]);
  });
});

describe('a binding by tags', () => {
  const tagged = (tags: string) =>
    packsOf(`policies: [${id}]
bindings:
  - { tags: ${tags}, override: { ${id}: { params: { maxSilence: 72h } } } }
`);
  const withTags = (tags: Parameters<typeof anAccount>[0]['tags'], parts: Partial<Inventory> = {}) =>
    organization({
      accounts: [anAccount({ id: MANAGEMENT, tags: known({}) }), anAccount({ id: sandboxed, ...(tags && { tags }) })],
      trails: [
        aTrail({ accountId: sandboxed, status: { latestCloudWatchLogsDeliveryTime: '2026-11-19T18:00:00.000Z' } }),
      ],
      ...parts,
    });
  const judge = (inventory: Inventory, tags: string) =>
    of(evaluate(inventory, tagged(tags), run).evaluations, sandboxed);

  test.each([
    ['{ stage: test }', 'COMPLIANT'],
    ['{ stage: [prod, test] }', 'COMPLIANT'],
    ['{ stage: test, team: erp }', 'COMPLIANT'],
    ['{ stage: test, team: web }', 'NON_COMPLIANT'],
    ['{ stage: Test }', 'NON_COMPLIANT'],
    ['{ owner: "" }', 'COMPLIANT'],
    ['{ nothing: "" }', 'NON_COMPLIANT'],
    ['{ constructor: "" }', 'NON_COMPLIANT'],
  ])('%s: %s', (tags, outcome) => {
    expect(judge(withTags(known({ stage: 'test', team: 'erp', owner: '' })), tags)?.outcome).toBe(outcome);
  });

  test('is open where the tags could not be read, and says what could not', () => {
    const gaps = [
      aGap({ id: 'g', call: 'organizations:ListTagsForResource', accountId: MANAGEMENT, region: 'global' }),
    ];
    expect(judge(withTags(unknown('g'), { gaps }), '{ stage: test }')).toMatchObject({
      outcome: 'INSUFFICIENT_DATA',
      gaps: ['g'],
      message: expect.stringContaining('organizations:ListTagsForResource') as string,
    });
  });

  test('is open where nobody asked for tags, with a gap of its own', () => {
    const results = evaluate(withTags(undefined), tagged('{ stage: test }'), run);
    const [evaluation] = results.evaluations;
    expect(evaluation?.outcome).toBe('INSUFFICIENT_DATA');
    expect(results.gaps).toMatchObject([
      {
        id: evaluation?.gaps[0],
        call: 'organizations:ListTagsForResource',
        accountId: sandboxed,
        reason: 'not-collected',
      },
    ]);
  });

  test('has no say outside of an organization, and is open where there may be one', () => {
    expect(judge(withTags(undefined, { organization: null }), '{ stage: test }')?.outcome).toBe('NON_COMPLIANT');
    const accounts = [anAccount({ id: sandboxed, parents: unknown('g') })];
    const gaps = [aGap({ id: 'g', call: 'organizations:ListAccounts' })];
    const alone = withTags(undefined, { organization: null, accounts, gaps });
    expect(judge(alone, '{ stage: test }')?.outcome).toBe('INSUFFICIENT_DATA');
  });

  test('that no account has is told, once all are known', () => {
    const policies = tagged('{ stage: [test, prodd] }');
    const told = (inventory: Inventory) => unmatchedBindings(inventory, policies).map((it) => it.names);
    expect(told(withTags(known({ stage: 'test' })))).toEqual([['stage=prodd']]);
    expect(told(withTags(unknown('g')))).toEqual([]);
    expect(told(withTags(undefined))).toEqual([]);
  });

  test('stands in the list of what is disabled', () => {
    const policies = packsOf(`policies: [${id}]
bindings:
  - { tags: { stage: test }, override: { ${id}: { enabled: false, reason: nobody works there } } }
`);
    expect(evaluate(withTags(known({ stage: 'test' })), policies, run).disabled).toMatchObject([
      { scope: { ous: [], accounts: [], tags: { stage: ['test'] } }, targets: 1 },
    ]);
  });
});

describe('what is disabled', () => {
  const disabling = `extends: ["builtin:core"]
select: { targets: [trail] }
override:
  trail-encrypts-with-kms: { enabled: false, reason: AWS managed keys are accepted }
  trail-is-logging: { enabled: false, reason: Watched elsewhere }
bindings:
  - ous: [${sandbox}]
    override:
      ${id}: { enabled: false, reason: Nobody works there }
  - accounts: ["${production}"]
    override:
      trail-is-logging: { enabled: true }
`;
  const results = evaluate(organization(), packsOf(disabling), run);
  const accountsOf = (policyId: string) =>
    results.evaluations.filter((it) => it.policyId === policyId).map((it) => it.target.accountId);

  test('gives no evaluation there, and every other one', () => {
    expect(accountsOf('trail-encrypts-with-kms')).toEqual([]);
    expect(accountsOf(id)).toEqual([production]);
    expect(accountsOf('trail-is-logging')).toEqual([production]);
    expect(accountsOf('trail-validates-log-files')).toEqual([sandboxed, nested, production]);
    const ids = new Set(results.policies.map((it) => it.id));
    expect([ids.has('trail-encrypts-with-kms'), ids.has('trail-is-logging')]).toEqual([false, true]);
  });

  test('is listed with what was left out, where, why, and the line that says so', () => {
    const left = [sandboxed, nested];
    expect(results.disabled).toMatchObject([
      {
        policyId: 'trail-encrypts-with-kms',
        reason: 'AWS managed keys are accepted',
        line: 7,
        targets: 3,
        accounts: [...left, production],
      },
      { policyId: 'trail-is-logging', reason: 'Watched elsewhere', line: 8, targets: 2, accounts: left },
      {
        policyId: id,
        title: expect.any(String) as string,
        reason: 'Nobody works there',
        line: 12,
        scope: { ous: [sandbox], accounts: [] },
        targets: 2,
        accounts: left,
      },
    ]);
    expect(results.disabled?.[0]).not.toHaveProperty('scope');
  });
});

test('a binding for what the inventory does not have is told, as far as that is known', () => {
  const policies = packsOf(`policies: [trail-is-logging]
bindings:
  - { ous: [${sandbox}, ou-ab12-99999999], accounts: ["999999999999"], override: { trail-is-logging: { severity: low } } }
  - { accounts: ["${production}"], override: { trail-is-logging: { severity: low } } }
`);
  const ids = (inventory: Inventory) => unmatchedBindings(inventory, policies).map((it) => [it.place.line, it.names]);
  expect(ids(organization())).toEqual([[6, ['999999999999', 'ou-ab12-99999999']]]);
  const unlisted = anOrganization({ organizationalUnits: unknown('g'), accountsGap: 'g' });
  expect(ids(organization({ organization: unlisted }))).toEqual([]);
  // A run of one account knows no OU, and lists no other account.
  expect(ids(organization({ organization: null }))).toEqual([[6, ['ou-ab12-99999999', sandbox].toSorted()]]);
});

test('trails of the organization are asked with the values of the account that owns them', () => {
  const packs = packsOf(`policies: [trail-is-logging]
bindings:
  - { accounts: ["${MANAGEMENT}"], override: { trail-is-logging: { severity: low } } }
`);
  const { evaluations } = evaluate(anInventory({ trails: [aTrail({ status: { isLogging: false } })] }), packs, run);
  expect(evaluations).toMatchObject([{ severity: 'low', target: { arn: trailArn() } }]);
});
