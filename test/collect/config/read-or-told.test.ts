import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectFromFiles } from '../../../src/collect/config/files/index.js';
import type { Inventory } from '../../../src/model/inventory.js';
import { changed, itemsOf } from '../../support/config-items.js';
import {
  aFolderOf,
  historyAt,
  historyText,
  snapshot,
  snapshotAt,
  snapshotText,
  type DeliveryFiles,
} from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT, MEMBER } from '../../support/inventory-builders.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';

const region = 'eu-central-1';
const options = {
  version: '0.0.0-test',
  scope: { accounts: [], excludedAccounts: [], organizationalUnits: [] },
  asOf: undefined,
};
const items = itemsOf(anInventory());
const isOfType = (type: string) => (it: SnapshotItem) => it.resourceType === type;
const isTrail = isOfType('AWS::CloudTrail::Trail');

/** Where the files of the usual trail and bucket lie. */
const first = snapshotAt(MANAGEMENT, region, '20261120T230000Z');
const whole = { [first]: snapshot(items.filter((it) => it.awsAccountId === MANAGEMENT)) };

/** The trail's later state, in which its log files are not validated. */
const later = changed(items.filter(isTrail), isTrail, ({ configuration }) => ({
  configurationItemCaptureTime: '2026-11-21T00:00:00.000Z',
  configuration: { ...configuration, logFileValidationEnabled: false },
}));

/** One item, of whatever else. */
function only(parts: Partial<SnapshotItem>): SnapshotItem[] {
  return changed(items.filter(isTrail), isTrail, () => parts);
}

async function read(files: DeliveryFiles | string): Promise<Inventory> {
  return await collectFromFiles(typeof files === 'string' ? files : aFolderOf(files), options);
}

function outcome(inventory: Inventory, policy = 'trail-validates-log-files'): string[] {
  return onFound(evaluateInventory(inventory, [policy]).evaluations).map((it) => it.outcome);
}

function told({ gaps }: Inventory): string {
  return gaps
    .filter((it) => it.reason !== 'not-recorded-by-config')
    .map((it) => it.message)
    .join('\n');
}

const notValidated = ['NON_COMPLIANT'];
const validated = ['COMPLIANT'];
const open = ['INSUFFICIENT_DATA'];

test('the usual files tell that log files are validated', async () => {
  const inventory = await read(whole);
  expect(outcome(inventory)).toEqual(validated);
  expect(told(inventory)).toBe('');
});

describe('a file is read', () => {
  const text = historyText(later);
  test.each<readonly [string, string, string | Buffer]>([
    ['with a byte order mark', 'later.json', `\u{FEFF}${text}`],
    ['gzipped, with a byte order mark', 'later.json.gz', gzipSync(`\u{FEFF}${text}`)],
    ['of UTF-16, as PowerShell writes it', 'later.json', Buffer.from(`\u{FEFF}${text}`, 'utf16le')],
    ['of UTF-16, the other byte first', 'later.json', Buffer.from(`\u{FEFF}${text}`, 'utf16le').swap16()],
    ['whatever it is called', 'later', text],
    [
      'an oversized change notification',
      'later.json',
      JSON.stringify({ configurationItemDiff: {}, configurationItem: later[0] }),
    ],
    [
      'an oversized change notification where AWS Config puts it',
      `AWSLogs/${MANAGEMENT}/Config/${region}/2026/11/21/OversizedChangeNotification/AWS::CloudTrail::Trail/main/${MANAGEMENT}_Config_${region}_ChangeNotification_AWS::CloudTrail::Trail_main_20261121T000000Z_1.json.gz`,
      gzipSync(JSON.stringify({ configurationItem: later[0], messageType: 'ConfigurationItemChangeNotification' })),
    ],
    ['two in one gzip', 'later.json.gz', Buffer.concat([gzipSync(text.slice(0, 50)), gzipSync(text.slice(50))])],
  ])('%s', async (_, name, content) => {
    const inventory = await read({ ...whole, [name]: content });
    expect(outcome(inventory)).toEqual(notValidated);
    expect(told(inventory)).toBe('');
  });

  test('behind a link to it, and behind a link to its folder', async () => {
    const elsewhere = aFolderOf({ 'later.json': text });
    const linked = aFolderOf(whole);
    symlinkSync(join(elsewhere, 'later.json'), join(linked, 'later.json'));
    expect(outcome(await read(linked))).toEqual(notValidated);
    const linkedFolder = aFolderOf(whole);
    symlinkSync(elsewhere, join(linkedFolder, 'more'));
    expect(outcome(await read(linkedFolder))).toEqual(notValidated);
    const itself = aFolderOf({});
    symlinkSync(linkedFolder, join(itself, 'all'));
    expect(outcome(await read(join(itself, 'all')))).toEqual(notValidated);
  });

  test('once, though links lead back to where it lies', async () => {
    const folder = aFolderOf(whole);
    mkdirSync(join(folder, 'a'));
    symlinkSync(folder, join(folder, 'a', 'back'));
    symlinkSync(join(folder, 'a'), join(folder, 'again'));
    const inventory = await read(folder);
    expect(outcome(inventory)).toEqual(validated);
    expect(told(inventory)).toBe('');
  });
});

describe('what cannot be read may be anything, and is told', () => {
  test('a link to nothing', async () => {
    const folder = aFolderOf(whole);
    symlinkSync(join(folder, 'nowhere.json'), join(folder, 'later.json'));
    const inventory = await read(folder);
    expect(outcome(inventory)).toEqual(open);
    expect(told(inventory)).toContain('File later.json cannot be read: it is a link to nothing');
  });

  test.each<readonly [string, string, string | Buffer]>([
    ['a link that was copied as its text', 'later.json', '../elsewhere/later.json'],
    ['a pointer of Git LFS', 'later.json.gz', 'version https://git-lfs.github.com/spec/v1\n'],
    ['half a file that was renamed', 'later.json', historyText(later).slice(0, -9)],
    ['items, each in a line of its own', 'later.jsonl', `${JSON.stringify(later[0])}\n${JSON.stringify(later[0])}\n`],
    ['an item by itself', 'later.json', JSON.stringify(later[0])],
    ['an item in a list of its own', 'later.json', JSON.stringify({ configurationItems: [later] })],
    ['whole files in one list', 'later.json', `[${historyText(later)}]`],
    ['rows in a list of their own', 'later.json', JSON.stringify({ Results: [[JSON.stringify(later[0])]] })],
    ['no list where one should be', 'later.json', '{"configurationItems":null}'],
    ['an empty file', 'later.json', ''],
    ['half a CSV', 'later.csv', 'resourceId,resourceType\nmain,"AWS::Cloud'],
  ])('%s', async (_, name, content) => {
    const inventory = await read({ ...whole, [name]: content });
    expect(outcome(inventory)).toEqual(open);
    expect(told(inventory)).toContain(`File ${name} `);
  });

  test('where its folder tells whose it is, the others are not doubted', async () => {
    const at = (accountId: string, where = region): string => `AWSLogs/${accountId}/Config/${where}/renamed.json`;
    const half = historyText(later).slice(0, -9);
    expect(outcome(await read({ ...whole, [at(MANAGEMENT)]: half }))).toEqual(open);
    expect(outcome(await read({ ...whole, [at(MANAGEMENT, 'eu-west-1')]: half }))).toEqual(validated);
    expect(outcome(await read({ ...whole, [at(MEMBER)]: half }))).toEqual(validated);
  });

  test.each<readonly [string, Partial<SnapshotItem>]>([
    ['of no account', { awsAccountId: '' }],
    ['of no Region', { awsRegion: '' }],
    ['of no time', { configurationItemCaptureTime: '' }],
    ['of no type', { resourceType: '' }],
  ])('an item %s', async (_, parts) => {
    const text = historyText(changed(later, isTrail, () => parts));
    const inventory = await read({ ...whole, 'later.json': text });
    expect(outcome(inventory)).toEqual(open);
    expect(told(inventory)).not.toBe('');
  });

  test('an item of another trail that lacks its account doubts no other', async () => {
    const another = changed(later, isTrail, () => ({ resourceId: 'another', awsAccountId: '' }));
    const inventory = await read({ ...whole, 'later.json': historyText(another) });
    expect(outcome(inventory)).toEqual(validated);
    expect(outcome(inventory, 'account-has-multi-region-trail')).toEqual(open);
  });
});

describe('a folder that is shared with others', () => {
  test('files of other services are left alone, and files of other kinds make nothing doubtful', async () => {
    const inventory = await read({
      ...whole,
      [`AWSLogs/${MANAGEMENT}/CloudTrail/${region}/2026/11/21/a.json.gz`]: 'broken',
      [`o-exampleorg1/AWSLogs/o-exampleorg1/${MANAGEMENT}/elasticloadbalancing/a.log.gz`]: 'broken',
      [`AWSLogs/${MANAGEMENT}/Config/ConfigWritabilityCheckFile`]: '',
      'records.json.gz': gzipSync('{"Records":[]}'),
      'results.json': '{"schemaVersion":"1","evaluations":[]}',
      'list.json': '[{"name":"x"}]',
      'scan.json': '{"Results":[{"Target":"x"}]}',
      'texts.json': '{"Results":["x"]}',
      'findings.csv': 'policy,outcome\na,b\n',
      'README.md': '# How we copy these\n',
      '.DS_Store': Buffer.from([0, 0, 0, 1, 0x42]),
    });
    expect(outcome(inventory)).toEqual(validated);
    expect(outcome(inventory, 'log-bucket-is-versioned')).toEqual(validated);
    expect(told(inventory).split('\n')).toHaveLength(8);
    expect(told(inventory)).not.toContain('elasticloadbalancing');
  });
});

describe('nothing read is no clean run', () => {
  test.each<readonly [string, DeliveryFiles, string]>([
    ['a snapshot without items', { [first]: snapshot([]) }, 'holds no configuration item of a trail'],
    [
      'items of other types only',
      { 'a.json': historyText(only({ resourceType: 'AWS::EC2::Instance' })) },
      'holds no configuration item of a trail',
    ],
    ['items of no account', { 'a.json': historyText(only({ awsAccountId: '' })) }, 'The answer lacks accountId.'],
    [
      'items in lists of their own',
      { 'a.json': JSON.stringify({ configurationItems: [items] }) },
      'something other than items',
    ],
    ['only files of other kinds', { 'a.json': '{"Records":[]}' }, 'holds no complete file of AWS Config among 1 files'],
    ['only files of other services', { [`AWSLogs/${MANAGEMENT}/CloudTrail/a.json`]: '{}' }, 'holds no files'],
  ])('%s', async (_, files, message) => {
    await expect(read(files)).rejects.toThrow(message);
  });

  test.each<readonly [string, string | Buffer, string]>([
    ['an empty snapshot', snapshot([]), `The files of account ${MEMBER} hold no trail`],
    ['half a snapshot', snapshotText(items).slice(0, 100), 'is cut off'],
    [
      'items of other types only',
      historyText(only({ resourceType: 'AWS::EC2::Instance', awsAccountId: MEMBER })),
      'hold no trail',
    ],
  ])('an account of which there is only %s was not read', async (_, content, message) => {
    const inventory = await read({ ...whole, [snapshotAt(MEMBER, region, '20261120T230000Z')]: content });
    const { unreadable } = evaluateInventory(inventory, []).coverage.accounts;
    expect(unreadable).toMatchObject([{ id: MEMBER, reason: expect.stringContaining(message) }]);
    expect(outcome(inventory)).toEqual(validated);
  });
});

describe('an item that lacks something opens only what needs it', () => {
  const changedTrail = (configuration: object): DeliveryFiles => ({
    ...whole,
    [historyAt(MANAGEMENT, region, 'AWS::CloudTrail::Trail', '20261121T000000Z')]: historyText(
      changed(later, isTrail, (it) => ({ configuration: { ...it.configuration, ...configuration } })),
    ),
  });

  test('a trail that does not say whether it is the organization’s', async () => {
    const inventory = await read(changedTrail({ isOrganizationTrail: null }));
    expect(outcome(inventory)).toEqual(notValidated);
    expect(outcome(inventory, 'trail-encrypts-with-kms')).toEqual(validated);
    expect(inventory.buckets).toMatchObject([{ versioning: { state: 'known' } }]);
    expect(inventory.keys).toMatchObject([{ metadata: { state: 'known' } }]);
    expect(inventory.gaps.map((it) => it.message).join('\n')).toContain('lacks isOrganizationTrail');
  });

  test('a trail that does not say whether it validates', async () => {
    const inventory = await read(changedTrail({ logFileValidationEnabled: 'perhaps' }));
    expect(outcome(inventory)).toEqual(open);
    expect(outcome(inventory, 'trail-encrypts-with-kms')).toEqual(validated);
  });

  test.each<readonly [string, Partial<SnapshotItem>, string]>([
    ['of which only its name is told', { configuration: null, ARN: '' }, 'has no ARN'],
    ['of which its configuration is not told', { configuration: null }, 'lacks configuration'],
    ['of a status that nobody knows', { configurationItemStatus: 'ResourceFrozen' }, 'not known: ResourceFrozen'],
  ])('a trail %s, and its bucket, may be any', async (_, parts, message) => {
    const text = historyText(changed(later, isTrail, () => parts));
    const inventory = await read({ ...whole, 'later.json': text });
    const all = evaluateInventory(inventory, ['trail-validates-log-files', 'log-bucket-is-versioned']).evaluations;
    for (const kind of ['trail', 'log-bucket']) {
      const ofKind = all.filter((it) => it.target.type === kind);
      expect(new Set(ofKind.map((it) => it.outcome))).toEqual(new Set(open));
    }
    expect(told(inventory)).toContain(message);
  });

  test('an event data store of which only its name is told', async () => {
    const store = changed(items.filter(isTrail), isTrail, () => ({
      resourceType: 'AWS::CloudTrail::EventDataStore',
      resourceId: 'audit',
      ARN: '',
      configuration: { Name: 'audit' },
    }));
    const inventory = await read({ ...whole, 'store.json': historyText(store) });
    expect(told(inventory)).toContain('event data store audit has no ARN');
  });

  test('a key that does not say what it is used for', async () => {
    const isKey = isOfType('AWS::KMS::Key');
    const keyLater = changed(items.filter(isKey), isKey, (it) => ({
      configurationItemCaptureTime: '2026-11-21T00:00:00.000Z',
      configuration: { ...it.configuration, keyUsage: null, keyState: 'Disabled' },
    }));
    const inventory = await read({ ...whole, 'key.json': historyText(keyLater) });
    expect(outcome(inventory, 'kms-key-is-usable')).toEqual(notValidated);
  });

  test('an item whose parts are malformed leaves the others, and the lists, as they are', async () => {
    const text = historyText(changed(later, isTrail, () => ({ supplementaryConfiguration: { a: '{' } })));
    const inventory = await read({ ...whole, 'later.json': text.replace('{"a":"{"}', '"{"') });
    expect(outcome(inventory)).toEqual(notValidated);
  });
});
