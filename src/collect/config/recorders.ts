import { alwaysEnabledRegions } from '../../model/identifiers.js';
import type { Unknown } from '../../model/known.js';
import {
  itemTypes,
  type ConfigItem,
  type ItemType,
  normalizeRecorderItem,
  type PlacedRecorder,
  MalformedAnswer,
} from '../../normalize/index.js';
import type { RecorderSettings } from '../../model/inventory.js';
import { frequencyOf } from '../../model/recorder.js';
import type { Ledger } from '../aws/ledger.js';
import type { FoundItems, FoundRecorder, FoundRecorders } from './item-source.js';
import { malformed } from './rows.js';

const recorderType = 'AWS::Config::ConfigurationRecorder';

/**
 * Recorders out of their own items, which AWS Config writes wherever it records anything.
 *
 * @param keeps whether what names an item as evidence is kept, or only what the recorder is set to
 */
export function recordersIn(
  { items, evidence, gap: known }: FoundItems,
  ledger: Ledger,
  at: Date,
  keeps: 'items' | 'settings' = 'items',
): FoundRecorders {
  const recorders: FoundRecorder[] = [];
  // There is one for each account and Region, and they are set much the same: each kind is held once.
  const kinds = new Map<string, RecorderSettings>();
  let gap = known;
  for (const item of items) {
    try {
      const recorder = normalizeRecorderItem(item);
      const kind = JSON.stringify(recorder.settings);
      const settings = kinds.get(kind) ?? recorder.settings;
      kinds.set(kind, settings);
      const itself = keeps === 'items' ? { item: { arn: item.arn, capturedAt: item.capturedAt } } : {};
      recorders.push({ ...recorder, settings, ...itself });
    } catch (error) {
      if (!(error instanceof MalformedAnswer)) throw error;
      const { accountId, region } = item;
      gap = ledger.addGap({ call: recorderType, accountId, region }, malformed(error), at);
    }
  }
  return { recorders, evidence, ...(gap === undefined ? {} : { gap }) };
}

export interface RecordingSettings {
  readonly partition: string;
  readonly ledger: Ledger;
  readonly at: Date;
  /** Why an item may not be the last of its resource; left out: it is. */
  readonly doubt?: (item: ConfigItem) => Unknown | undefined;
  /** All recorders that there are were asked for: an item of a place without one is left from before. */
  readonly isListed: boolean;
}

/** What is recorded where, and the gaps of what is not. */
export class Recording {
  private readonly byPlace = new Map<string, FoundRecorder[]>();
  private readonly byAccount = new Map<string, PlacedRecorder[]>();
  private readonly ended: ReadonlySet<string>;
  private readonly partition: string;
  private readonly ledger: Ledger;
  private readonly at: Date;
  private readonly isListed: boolean;
  private readonly doubt: RecordingSettings['doubt'];

  constructor(
    private readonly found: FoundRecorders,
    { partition, ledger, at, isListed, doubt }: RecordingSettings,
  ) {
    this.partition = partition;
    this.ledger = ledger;
    this.at = at;
    this.isListed = isListed;
    this.doubt = doubt;
    this.ended = new Set((found.ended ?? []).map(placeOf));
    for (const it of found.recorders) {
      const place = placeOf(it);
      this.byPlace.set(place, [...(this.byPlace.get(place) ?? []), it]);
      this.byAccount.set(it.accountId, [...(this.byAccount.get(it.accountId) ?? []), it]);
    }
  }

  /**
   * Why an item says nothing about the present: a file that may hold a later one could not be read, or the recorder
   * that wrote it is stopped, fails, was deleted, or no longer records its type. An item of an account and Region without a known
   * recorder counts only where not all recorders were listed.
   */
  staleness(item: ConfigItem): Unknown | undefined {
    const { type, accountId, region } = item;
    const doubt = this.doubt?.(item);
    if (doubt !== undefined) return doubt;
    const here = this.byPlace.get(placeOf(item)) ?? [];
    const able = here.filter((it) => records(it, type));
    if (able.length > 0) return able.every((it) => it.failure !== undefined) ? able[0]?.failure : undefined;
    if (here.length > 0) {
      const why = here.some((it) => it.isRecording) ? `does not record ${type}` : 'is stopped';
      return this.stale(item, `The recorder of account ${accountId} in ${region} ${why}`);
    }
    if (this.ended.has(placeOf(item))) {
      return this.stale(item, `The recorder of account ${accountId} in ${region} was deleted`);
    }
    if (!this.isListed) return undefined;
    return this.found.gap ?? this.stale(item, `No recorder of account ${accountId} in ${region} is known`);
  }

  private stale({ type, accountId, region }: ConfigItem, why: string): Unknown {
    const message = `${why}: what was recorded before may have changed since.`;
    return this.ledger.addGap(
      { call: recorderType, accountId, region, resource: type },
      { reason: 'not-recorded-by-config', message },
      this.at,
    );
  }

  /** Accounts that have a recorder. */
  accounts(): string[] {
    return [...this.byAccount.keys()];
  }

  /** Whether any recorder of the account records trails. */
  isRecorded(accountId: string): boolean {
    return this.byAccount.get(accountId)?.some((it) => records(it, 'AWS::CloudTrail::Trail')) ?? false;
  }

  /** The gap for trails or stores of an account that nobody would have recorded: no recorder of them in a Region. */
  missing(type: 'AWS::CloudTrail::Trail' | 'AWS::CloudTrail::EventDataStore', accountId: string): Unknown | undefined {
    const recorders = this.byAccount.get(accountId) ?? [];
    const recorded = new Set(recorders.filter((it) => records(it, type)).map((it) => it.region));
    const open = alwaysEnabledRegions(this.partition).filter((region) => !recorded.has(region));
    if (open.length === 0) return undefined;
    const [many, one] = type === 'AWS::CloudTrail::Trail' ? ['trails', 'a trail'] : ['event data stores', 'one'];
    const message =
      `No recorder of account ${accountId} is known to record ${many} in ${open.join(', ')}: ` +
      `${one} whose home is there would not be seen.`;
    return this.ledger.addGap(
      { call: recorderType, accountId, region: 'global', resource: type },
      { reason: 'not-recorded-by-config', message },
      this.at,
    );
  }

  /** Writes down recorders that are stopped, partial or daily: one gap for each account and kind. */
  noteWeaknesses(): void {
    for (const [accountId, recorders] of this.byAccount) {
      const stopped = recorders.filter((it) => !it.isRecording);
      const running = recorders.filter((it) => it.isRecording);
      this.note(accountId, 'stopped', stopped, 'is stopped: nothing is recorded there');
      for (const frequency of ['daily', 'no'] as const) {
        for (const type of weakTypes(running, frequency)) {
          const weak = running.filter((it) => frequencyOf(it.settings, type) === frequency);
          const what = frequency === 'daily' ? `records ${type} once a day only` : `does not record ${type}`;
          this.note(accountId, type, weak, what);
        }
      }
    }
  }

  private note(accountId: string, resource: string, recorders: readonly PlacedRecorder[], what: string): void {
    if (recorders.length === 0) return;
    const regions = recorders.map((it) => it.region).toSorted();
    const [only] = regions;
    this.ledger.addGap(
      {
        call: recorderType,
        accountId,
        region: regions.length === 1 && only !== undefined ? only : 'global',
        resource: `${resource} ${what.startsWith('records') ? 'daily' : ''}`.trim(),
      },
      {
        reason: 'not-recorded-by-config',
        message: `The recorder of account ${accountId} in ${regions.join(', ')} ${what}.`,
      },
      this.at,
    );
  }
}

function placeOf({ accountId, region }: Pick<ConfigItem, 'accountId' | 'region'>): string {
  return `${accountId} ${region}`;
}

function records({ isRecording, settings }: PlacedRecorder, type: ItemType): boolean {
  return isRecording && frequencyOf(settings, type) !== 'no';
}

/** Recorders themselves, and event data stores, which few have: where they matter their list is open. */
const unnoted: ReadonlySet<ItemType> = new Set([recorderType, 'AWS::CloudTrail::EventDataStore']);

function weakTypes(recorders: readonly PlacedRecorder[], frequency: 'daily' | 'no'): ItemType[] {
  return itemTypes
    .filter((type) => !unnoted.has(type) && recorders.some((it) => frequencyOf(it.settings, type) === frequency))
    .toSorted();
}
