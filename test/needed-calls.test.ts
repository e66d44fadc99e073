import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { everyAccessPoint } from '../src/collect/aws/operations/choices.js';
import { beyondScans, operations } from '../src/collect/aws/operations/index.js';
import { loadPolicies } from '../src/index.js';
import { neededCalls } from '../src/policy/index.js';
import { viewFunctions } from '../src/view/index.js';

interface Property {
  readonly 'x-derived'?: { readonly from?: readonly string[] };
  readonly 'x-navigation'?: { readonly by: readonly string[] };
}
interface Schema {
  readonly $defs: Readonly<Record<string, { readonly properties: Readonly<Record<string, Property>> }>>;
  readonly 'x-targets': Readonly<Record<string, { readonly type: string; readonly by?: readonly string[] }>>;
}
const schema = JSON.parse(readFileSync(new URL('../schema/view.v1.json', import.meta.url), 'utf8')) as Schema;
const fields = Object.entries(schema.$defs).flatMap(([type, { properties }]) =>
  Object.entries(properties).map(([name, property]) => ({ path: `${type}.${name}`, property })),
);
const table = new Set<string>(Object.keys(operations));
const choices = new Set([everyAccessPoint]);
const needsOfBindings = (scope: object): ReadonlySet<string> =>
  neededCalls(
    [
      {
        target: 'trail',
        reads: [],
        bindings: [
          {
            scope: { ous: [], accounts: [], ...scope },
            settings: { params: new Map() },
            place: { file: 'p.yaml', line: 1 },
          },
        ],
      },
    ],
    schema,
  );
const needs = (target: string, ...reads: string[]): ReadonlySet<string> =>
  // The keys of x-targets are the targets of policies.
  neededCalls([{ target: target as 'trail', reads }], schema);

describe('the sources in the schema of the View', () => {
  test.each(fields)('$path has one, and names only calls of the table', ({ path }) => {
    const calls = [...needs('organization', path)];
    expect(calls.filter((call) => !table.has(call) && !choices.has(call))).toEqual([]);
  });

  test('what only one field chooses is left to policies that read it', () => {
    const choosing = fields.filter(({ path }) => needs('organization', path).has(everyAccessPoint));
    expect(choosing.map(({ path }) => path)).toEqual(['Bucket.accessPoints']);
    const { policies } = loadPolicies({ packs: ['core', 'baseline', 'regulated'] });
    expect(neededCalls(policies, schema).has(everyAccessPoint)).toBe(false);
  });

  test.each(fields)('what $path follows from are fields', ({ property }) => {
    const paths = new Set(fields.map((it) => it.path));
    const others = [...(property['x-derived']?.from ?? []), ...(property['x-navigation']?.by ?? [])];
    expect(others.filter((path) => !paths.has(path))).toEqual([]);
  });

  test('each call of the table fills a field, or finds a target', () => {
    const all = fields.map(({ path }) => path);
    const ofBindings = needsOfBindings({ ous: ['Sandbox'], tags: { stage: ['prod'] } });
    const used = [ofBindings, ...Object.keys(schema['x-targets']).map((target) => needs(target, ...all))];
    // AWS Config is asked instead of the calls that fill the fields, whatever the policies read.
    const live = [...table].filter((call) => !call.startsWith('config:') && !beyondScans.has(call));
    expect(live.filter((call) => !used.some((calls) => calls.has(call)))).toEqual([]);
  });

  test('the functions of the View read fields of the View', () => {
    const paths = new Set(fields.map(({ path }) => path));
    const reads = viewFunctions.flatMap((it) => it.reads);
    expect(reads.filter((path) => !paths.has(path))).toEqual([]);
    // One that reads nothing takes nothing of the View, so that events may be asked it, too.
    const takesObjects = viewFunctions.filter((it) => it.params.some((type) => /^[A-Z]/.test(type)));
    expect(takesObjects.filter((it) => it.reads.length === 0)).toEqual([]);
  });

  test('a field that the schema does not know is our bug', () => {
    expect(() => needs('trail', 'Trail.nothing')).toThrow('no source of Trail.nothing');
  });
});

describe('what policies need', () => {
  const { policies } = loadPolicies({ packs: ['core'] });
  const needsOf = (...ids: string[]): string[] => [
    ...neededCalls(
      policies.filter(({ id }) => ids.includes(id)),
      schema,
    ),
  ];
  const always = [
    'cloudtrail:ListTrails',
    'organizations:DescribeOrganization',
    'organizations:ListAccounts',
    'sts:AssumeRole',
    'sts:GetCallerIdentity',
  ];

  test('no policy: the accounts, and whether they can be read', () => {
    expect(needsOf()).toEqual(always);
  });

  test('a policy on a trail: its description, where else trails are found, and whether it is stopped or copies another', () => {
    const found = [
      'account:ListRegions',
      'cloudtrail:DescribeTrails',
      'cloudtrail:GetEventDataStore',
      'cloudtrail:GetEventSelectors',
      'cloudtrail:GetTrailStatus',
      'cloudtrail:ListEventDataStores',
      'kms:DescribeKey',
      'organizations:ListDelegatedAdministrators',
    ];
    expect(needsOf('trail-validates-log-files')).toEqual([...always, ...found].toSorted());
    expect(needsOf('trail-encrypts-with-kms')).toEqual([...always, ...found].toSorted());
  });

  test('whether a trail logs, and what else records where it does not', () => {
    expect(needsOf('trail-is-logging')).toEqual(
      expect.arrayContaining(['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors']),
    );
  });

  test('whether a trail delivers: what other accounts are told, too', () => {
    expect(needsOf('trail-delivers-without-error')).toEqual(
      expect.arrayContaining(['cloudtrail:GetTrailStatus', 'account:ListRegions']),
    );
  });

  test('a binding: what tells which accounts it means, and no more', () => {
    const plain = needs('trail');
    const added = (scope: object) => [...needsOfBindings(scope)].filter((call) => !plain.has(call));
    expect(added({ accounts: ['111122223333'] })).toEqual([]);
    expect(added({ tags: { stage: ['prod'] } })).toEqual(['organizations:ListTagsForResource']);
    expect(added({ ous: ['ou-ab12-11111111'] })).toEqual([
      'organizations:ListAccountsForParent',
      'organizations:ListOrganizationalUnitsForParent',
      'organizations:ListRoots',
    ]);
  });

  test('what only the message reads is needed, too', () => {
    const policy = policies.find(({ id }) => id === 'trail-is-logging');
    expect(policy?.reads).toContain('Trail.stopLoggingTime');
  });

  test('what a function reads is needed, too', () => {
    const calls = needsOf('account-records-management-events');
    expect(calls).toEqual(expect.arrayContaining(['cloudtrail:GetEventSelectors', 'cloudtrail:GetEventDataStore']));
    // An event data store takes in nothing without its key.
    expect(calls.filter((call) => /^(kms|logs|s3control):/.test(call))).toEqual(['kms:DescribeKey']);
  });

  test('a policy on a bucket asks for the facets of it that it reads', () => {
    const calls = needsOf('log-bucket-is-versioned').filter((call) => call.startsWith('s3:'));
    expect(calls).toEqual([
      's3:GetBucketLifecycleConfiguration',
      's3:GetBucketVersioning',
      's3:GetObjectLockConfiguration',
      's3:HeadBucket',
      's3:ListBuckets',
    ]);
  });

  test('keys are named by trails, event data stores, buckets and log groups', () => {
    expect(needsOf('kms-key-is-usable')).toEqual(
      expect.arrayContaining([
        'kms:DescribeKey',
        'cloudtrail:GetEventDataStore',
        's3:GetBucketEncryption',
        'logs:DescribeLogGroups',
      ]),
    );
  });
});
