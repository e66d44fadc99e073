import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { collectFromFiles } from '../../../src/collect/config/files/index.js';
import { changed, itemsOf } from '../../support/config-items.js';
import { aFolderOf, historyAt, historyText, snapshotAt, snapshotText } from '../../support/delivery-files.js';
import type { SnapshotItem } from '../../support/fake-aws/index.js';
import { anInventory, MANAGEMENT } from '../../support/inventory-builders.js';
import { evaluateInventory, onFound } from '../../support/scan-world.js';

const region = 'eu-central-1';
const items = itemsOf(anInventory()).filter((it) => it.awsRegion === region && it.awsAccountId === MANAGEMENT);

interface Kind {
  readonly type: string;
  readonly target: string;
  readonly policy: string;
  /** What it is like where it does not comply. */
  readonly bad: (item: SnapshotItem) => Partial<SnapshotItem>;
}

const kinds: readonly Kind[] = [
  {
    type: 'AWS::CloudTrail::Trail',
    target: 'trail',
    policy: 'trail-validates-log-files',
    bad: ({ configuration }) => ({ configuration: { ...configuration, logFileValidationEnabled: false } }),
  },
  {
    type: 'AWS::S3::Bucket',
    target: 'log-bucket',
    policy: 'log-bucket-is-versioned',
    bad: ({ supplementaryConfiguration: it }) => ({
      supplementaryConfiguration: { ...it, BucketVersioningConfiguration: { status: 'Suspended' } },
    }),
  },
  {
    type: 'AWS::KMS::Key',
    target: 'kms-key',
    policy: 'kms-key-is-usable',
    bad: ({ configuration }) => ({ configuration: { ...configuration, keyState: 'Disabled' } }),
  },
];

type State = 'good' | 'bad' | 'gone';

interface Event {
  readonly kind: Kind;
  readonly state: State;
  readonly hour: number;
  /** Of the history file that tells of it. */
  readonly file: 'whole' | 'broken' | 'missing';
}

interface Snapshot {
  readonly hour: number;
  readonly isWhole: boolean;
}

const moment = (hour: number, minute = 0): string =>
  new Date(Date.parse('2026-11-01T00:00:00Z') + (hour * 60 + minute) * 60_000).toISOString();
const inName = (at: string): string => at.replaceAll(/[-:]|\.000/g, '');

const eventsOf = fc.uniqueArray(
  fc.record({
    kind: fc.constantFrom(...kinds),
    state: fc.constantFrom<State>('good', 'bad', 'gone'),
    hour: fc.integer({ min: 1, max: 300 }),
    file: fc.constantFrom('whole', 'broken', 'missing'),
  }),
  { maxLength: 8, selector: ({ kind, hour }) => `${kind.type} ${hour}` },
);
const snapshotsOf = fc.uniqueArray(fc.record({ hour: fc.integer({ min: 1, max: 320 }), isWhole: fc.boolean() }), {
  maxLength: 5,
  selector: (it) => it.hour,
});

/** The item that AWS Config records of a resource as it comes to be so. */
function itemOf({ type, bad }: Kind, state: State, hour: number): SnapshotItem[] {
  const isOf = (it: SnapshotItem): boolean => it.resourceType === type;
  return changed(items.filter(isOf), isOf, (it) => ({
    configurationItemCaptureTime: moment(hour),
    ...(state === 'bad' ? bad(it) : {}),
    ...(state === 'gone'
      ? { configurationItemStatus: 'ResourceDeleted', configuration: null, supplementaryConfiguration: {} }
      : {}),
  }));
}

/** What is true of a resource at an hour, and since when. */
function truthAt(
  events: readonly Event[],
  kind: Kind,
  hour: number,
): { readonly state: State; readonly since: number } {
  const past = events.filter((it) => it.kind === kind && it.hour <= hour).toSorted((a, b) => a.hour - b.hour);
  const last = past.at(-1);
  return last === undefined ? { state: 'good', since: 0 } : { state: last.state, since: last.hour };
}

/** What is delivered of a world: a change of which no file is there is followed by a whole snapshot. */
function filesOf(events: readonly Event[], snapshots: readonly Snapshot[]): Record<string, string> {
  const started = changed(
    items,
    () => true,
    () => ({ configurationItemCaptureTime: moment(0) }),
  );
  const files: Record<string, string> = { 'first.json': historyText(started) };
  const write = (name: string, text: string, isWhole: boolean): void => {
    files[name] = isWhole ? text : text.slice(0, -1);
  };
  for (const { kind, state, hour, file } of events) {
    if (file === 'missing' && snapshots.some((it) => it.isWhole && it.hour >= hour)) continue;
    const name = historyAt(MANAGEMENT, region, kind.type, inName(moment(hour)), inName(moment(hour + 6)));
    write(name, historyText(itemOf(kind, state, hour)), file !== 'broken');
  }
  for (const { hour, isWhole } of snapshots) {
    const others = started.filter((it) => kinds.every(({ type }) => it.resourceType !== type));
    const held = kinds.flatMap((kind) => {
      const { state, since } = truthAt(events, kind, hour);
      return state === 'gone' ? [] : itemOf(kind, state, since);
    });
    const name = snapshotAt(MANAGEMENT, region, inName(moment(hour, 30)));
    write(name, snapshotText([...others, ...held]), isWhole);
  }
  return files;
}

test('a verdict is true of the end of what was delivered, or left open, whatever could not be read', async () => {
  await fc.assert(
    fc.asyncProperty(eventsOf, snapshotsOf, async (events, snapshots) => {
      const folder = aFolderOf(filesOf(events, snapshots));
      const scope = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
      const options = { version: '0.0.0-test', scope, asOf: undefined, silentAfterDays: 100 };
      const inventory = await collectFromFiles(folder, options);
      const found = onFound(
        evaluateInventory(
          inventory,
          kinds.map((it) => it.policy),
        ).evaluations,
      );
      const isAllRead = events.every((it) => it.file === 'whole') && snapshots.every((it) => it.isWhole);
      const trail = truthAt(events, kinds[0] ?? fail(), 1000).state;
      for (const kind of kinds) {
        const { state } = truthAt(events, kind, 1000);
        const outcome = found.find((it) => it.target.type === kind.target)?.outcome ?? 'none';
        const isKey = kind.target === 'kms-key';
        const right = { good: 'COMPLIANT', bad: 'NON_COMPLIANT', gone: isKey ? 'NON_COMPLIANT' : 'none' }[state];
        // What a key is called is known through the bucket and the trail only, and a bucket that is gone is open.
        const isDecided = isAllRead && trail !== 'gone' && !isKey && (kind.target === 'trail' || state !== 'gone');
        expect(isDecided ? [right] : [right, 'INSUFFICIENT_DATA', 'none']).toContain(outcome);
      }
    }),
    { numRuns: 60 },
  );
});

function fail(): never {
  throw new Error('there is no kind');
}
