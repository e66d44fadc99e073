import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectFromFiles, fileAt, isConfigFile } from '../../../src/collect/config/files/index.js';
import type { Inventory } from '../../../src/model/inventory.js';
import { changed, itemsOf } from '../../support/config-items.js';
import { aFolderOf, historyText, snapshotText, type DeliveryFiles } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { asApiItem, asQueryRow } from '../../support/fake-aws/services/config-encodings.js';
import { anInventory, MANAGEMENT } from '../../support/inventory-builders.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';

const options = {
  version: '0.0.0-test',
  scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
  asOf: undefined,
};
const items = itemsOf(anInventory()).filter((it) => it.awsAccountId === MANAGEMENT);
const ofType = (type: string): SnapshotItem[] => items.filter((it) => it.resourceType === type);
const columns = [
  'accountId',
  'awsRegion',
  'resourceType',
  'resourceId',
  'arn',
  'configuration',
  'supplementaryConfiguration',
  'configurationItemCaptureTime',
  'configurationItemStatus',
];

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (all: readonly SnapshotItem[], names: readonly string[] = columns): Row[] =>
  all.map((it) => asQueryRow(it, names));

function select(rows: readonly Row[], more: object = {}): string {
  return JSON.stringify({
    Results: rows.map((it) => JSON.stringify(it)),
    QueryInfo: { SelectFields: columns.map((Name) => ({ Name })) },
    ...more,
  });
}

function selecting(names: readonly string[]): object {
  return { QueryInfo: { SelectFields: names.map((Name) => ({ Name })) } };
}

/** As a spreadsheet has it: objects as JSON, quotation marks twice. */
function csvOf(rows: readonly Row[], names: readonly string[], end = '\n'): string {
  const cell = (value: unknown): string => {
    const text = value === undefined ? '' : typeof value === 'string' ? value : JSON.stringify(value);
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [names, ...rows.map((row) => names.map((name) => row[name]))];
  return lines.map((cells) => cells.map(cell).join(',') + end).join('');
}

const forms: readonly (readonly [string, string, string | Buffer])[] = [
  ['select-resource-config', 'a.json', select(rowsOf(items))],
  [
    'select-aggregate-resource-config, the results alone',
    'a.json',
    JSON.stringify(rowsOf(items).map((it) => JSON.stringify(it))),
  ],
  [
    'batch-get-resource-config',
    'a.json',
    JSON.stringify({ baseConfigurationItems: items.map(asApiItem), unprocessedResourceKeys: [] }),
  ],
  [
    'batch-get-aggregate-resource-config',
    'a.json',
    JSON.stringify({ UnprocessedResourceIdentifiers: [], BaseConfigurationItems: items.map(asApiItem) }),
  ],
  ['get-resource-config-history', 'a.json', JSON.stringify({ configurationItems: items.map(asApiItem) })],
  [
    'get-resource-config-history, its token first',
    'a.json',
    JSON.stringify({ nextToken: null, configurationItems: items.map(asApiItem) }),
  ],
  ['the console’s JSON', 'a.json', JSON.stringify(rowsOf(items), null, 2)],
  ['the console’s CSV', 'a.csv', csvOf(rowsOf(items), columns)],
  ['the console’s CSV, from Windows', 'a.csv.gz', gzipSync(`\u{FEFF}${csvOf(rowsOf(items), columns, '\r\n')}`)],
];

async function read(files: DeliveryFiles): Promise<Inventory> {
  return await collectFromFiles(aFolderOf(files), options);
}

function outcomes(inventory: Inventory): string[] {
  const policies = ['trail-validates-log-files', 'log-bucket-is-versioned', 'kms-key-is-usable'];
  return onFound(evaluateInventory(inventory, policies).evaluations)
    .map((it) => `${it.target.type} ${it.outcome}`)
    .toSorted();
}

function messages({ gaps }: Inventory): string {
  return gaps.map((it) => it.message).join('\n');
}

const known = ['kms-key COMPLIANT', 'log-bucket COMPLIANT', 'trail COMPLIANT'];

describe.each(forms)('an answer of %s', (_, name, content) => {
  test('is a source like a snapshot is', async () => {
    const inventory = await read({ [name]: content });
    expect(outcomes(inventory)).toEqual(known);
    const { trails, buckets, keys } = await read({ 'a.json': snapshotText(items) });
    expect({ trails: inventory.trails, buckets: inventory.buckets, keys: inventory.keys }).toEqual({
      trails,
      buckets,
      keys,
    });
    expect(inventory.gaps.filter((it) => it.reason !== 'not-recorded-by-config')).toEqual([]);
  });

  test('is told from an inventory by how it begins', async () => {
    const folder = aFolderOf({ [name]: content });
    expect(await isConfigFile(fileAt(`${folder}/${name}`))).toBe(true);
  });
});

test.each([
  ['{"schemaVersion":"1","tool":{"name":"Trailproof"}}', false],
  ['[{"name":"x"}]', false],
  ['a,b\n1,2\n', false],
  ['{"Records":[]}', false],
  ['', false],
  ['{"configurationItem":{}}', true],
])('%s: is it a file of AWS Config? %s', async (content, isOne) => {
  expect(await isConfigFile(fileAt(`${aFolderOf({ a: content })}/a`))).toBe(isOne);
});

test('one item by get-aggregate-resource-config', async () => {
  const answers = Object.fromEntries(
    items.map((it, index) => [`${index}.json`, JSON.stringify({ ConfigurationItem: asApiItem(it) })]),
  );
  expect(outcomes(await read(answers))).toEqual(known);
});

describe('an answer that is not all', () => {
  test.each<readonly [string, string]>([
    ['a page of a list', select(rowsOf(items), { NextToken: 'x' })],
    [
      'resources that were left out',
      JSON.stringify({
        baseConfigurationItems: items.map(asApiItem),
        unprocessedResourceKeys: [{ resourceType: 'AWS::S3::Bucket', resourceId: 'b' }],
      }),
    ],
  ])('%s: what it tells is known, and the list is open', async (_, content) => {
    const inventory = await read({ 'a.json': content });
    expect(outcomes(inventory)).toEqual(known);
    expect(messages(inventory)).toContain('File a.json');
    expect(messages(inventory)).toContain('there may be more');
    const { evaluations, gaps } = evaluateInventory(inventory, ['account-has-multi-region-trail']);
    const reasons = new Map(gaps.map((it) => [it.id, it.reason]));
    expect(evaluations.map((it) => it.outcome)).toEqual(['INSUFFICIENT_DATA']);
    expect(evaluations[0]?.gaps.map((id) => reasons.get(id))).toContain('error');
  });

  test('a history page from the oldest on may lack the newest', async () => {
    const isTrail = (it: SnapshotItem): boolean => it.resourceType === 'AWS::CloudTrail::Trail';
    const earlier = changed(ofType('AWS::CloudTrail::Trail'), isTrail, () => ({
      configurationItemCaptureTime: '2026-11-19T00:00:00.000Z',
    }));
    const page = (all: readonly SnapshotItem[]): string =>
      JSON.stringify({ configurationItems: all.map(asApiItem), nextToken: 'x' });
    const trail = ofType('AWS::CloudTrail::Trail');
    expect(outcomes(await read({ 'a.json': page([...trail, ...earlier]) }))).toContain('trail COMPLIANT');
    expect(outcomes(await read({ 'a.json': page([...earlier, ...trail]) }))).toEqual(['trail INSUFFICIENT_DATA']);
  });

  test('a query that selects parts of a configuration says nothing of the rest', async () => {
    const [trail = {}] = rowsOf(ofType('AWS::CloudTrail::Trail'));
    const { trailARN } = trail['configuration'] as Row; // as asQueryRow writes it
    const parts = [{ ...trail, configuration: { s3BucketName: 'trail-logs', trailARN } }];
    const inventory = await read({ 'a.json': select(parts) });
    expect(outcomes(inventory)).toEqual(['trail INSUFFICIENT_DATA']);
    expect(messages(inventory)).toContain('select configuration as a whole');
    const flat = [{ ...trail, 'configuration.name': 'main' }];
    const names = [...columns.filter((it) => it !== 'configuration'), 'configuration.name'];
    expect(outcomes(await read({ 'a.csv': csvOf(flat, names) }))).toEqual(['trail INSUFFICIENT_DATA']);
  });

  test.each([
    ['a.json', (rows: readonly Row[], names: readonly string[]) => select(rows, selecting(names))],
    ['a.csv', csvOf],
  ] as const)('parts of a configuration are no whole, however many there are: %s', async (name, write) => {
    const [trail = {}] = rowsOf(ofType('AWS::CloudTrail::Trail'));
    const { kmsKeyId: _, ...parts } = trail['configuration'] as Row; // as asQueryRow writes it
    const names = [
      ...columns.filter((it) => it !== 'configuration'),
      ...Object.keys(parts).map((it) => `configuration.${it}`),
    ];
    const flat = Object.fromEntries(Object.entries(parts).map(([member, value]) => [`configuration.${member}`, value]));
    const row = name === 'a.csv' ? { ...trail, ...flat } : { ...trail, configuration: parts };
    const inventory = await read({ [name]: write([row], names) });
    expect(inventory.trails).toMatchObject([{ description: { state: 'unknown' } }]);
    expect(messages(inventory)).toContain('select configuration as a whole');
  });

  test('an answer is as new as the newest item in it, for all accounts in it', async () => {
    const recent = changed(
      ofType('AWS::S3::Bucket'),
      () => true,
      () => ({ awsAccountId: '444455556666', configurationItemCaptureTime: '2026-12-20T00:00:00.000Z' }),
    );
    const together = await read({ 'a.json': select(rowsOf([...items, ...recent])) });
    expect(outcomes(together)).toContain('trail COMPLIANT');
    const apart = await read({ 'a.json': select(rowsOf(items)), 'b.json': select(rowsOf(recent)) });
    expect(outcomes(apart)).toContain('trail INSUFFICIENT_DATA');
    expect(messages(apart)).toContain('Nothing that AWS Config recorded of account');
  });

  test('a query without a time or an account tells of no resource, and that is told', async () => {
    for (const left of ['configurationItemCaptureTime', 'accountId']) {
      const names = columns.filter((it) => it !== left);
      const whole = snapshotText(items.filter((it) => it.resourceType !== 'AWS::CloudTrail::Trail'));
      const answer = select(rowsOf(ofType('AWS::CloudTrail::Trail'), names));
      const inventory = await read({ 'a.json': answer, 'b.json': whole });
      expect(inventory.trails).toEqual([]);
      expect(messages(inventory)).toContain(left);
    }
  });

  test('a bucket without its supplementary configuration is known to be there', async () => {
    const names = columns.filter((it) => it !== 'supplementaryConfiguration');
    const inventory = await read({ 'a.json': select(rowsOf(items, names)) });
    expect(inventory.buckets).toMatchObject([{ owner: { state: 'known' }, versioning: { state: 'unknown' } }]);
  });

  test.each([
    ['a row that is short', 'resourceId,resourceType\nmain\n', 'has 1 cells instead of 2 in line 2'],
    ['a quotation mark that is not closed', 'resourceId,resourceType\n"main', 'a quotation mark is not closed'],
  ])('a CSV with %s is broken', async (_, content, message) => {
    const inventory = await read({ 'a.csv': content, 'b.json': historyText(items) });
    expect(messages(inventory)).toContain(message);
  });
});

test('a saved answer says nothing of when it was given: nobody in it is silent', async () => {
  const isTrail = (it: SnapshotItem): boolean => it.resourceType === 'AWS::CloudTrail::Trail';
  const old = changed(items, isTrail, () => ({ configurationItemCaptureTime: '2020-01-01T00:00:00.000Z' }));
  expect(outcomes(await read({ 'a.json': select(rowsOf(old)) }))).toEqual(known);
});
