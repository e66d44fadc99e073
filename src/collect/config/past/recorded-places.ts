import type { Gap } from '../../../model/inventory.js';
import type { ConfigItem, ItemType } from '../../../normalize/index.js';
import { Ledger } from '../../aws/ledger.js';
import type { DeliveryPlace } from '../files/delivery-name.js';
import type { Doubt } from '../files/doubts.js';
import { versionAt, type ItemVersions, type Versions } from './item-versions.js';
import { frequencyOf } from '../../../model/recorder.js';
import { recorderOf } from './recorders-at.js';

const recorderType = 'AWS::Config::ConfigurationRecorder';

/** Types of which everything is kept: their first item tells when recording began in a Region. */
const telling = [
  'AWS::CloudTrail::Trail',
  'AWS::CloudTrail::EventDataStore',
  recorderType,
  'AWS::S3::AccountPublicAccessBlock',
] as const;

/** Since when, and until when, each account and Region was recorded. */
export class RecordedPlaces {
  private readonly first = new Map<string, string>();
  private readonly recorders = new Map<string, Versions[]>();
  private readonly ledger = new Ledger();

  constructor(
    versions: ItemVersions,
    /** By account: when its first item was captured, of whatever type. */
    private readonly since: ReadonlyMap<string, string>,
    /** Why nothing is known of a place, of which nothing came for long. */
    private readonly whySilent: (place: DeliveryPlace, at: string) => Doubt | undefined,
  ) {
    for (const type of telling) {
      for (const it of versions.resources(type)) for (const item of it) this.note(item);
    }
    for (const it of versions.resources(recorderType)) {
      const [first] = it;
      if (first === undefined) continue;
      const place = placeOf(first.accountId, first.region);
      this.recorders.set(place, [...(this.recorders.get(place) ?? []), it]);
    }
  }

  /** Why nobody would have recorded a resource of this type there at that moment; undefined where somebody would. */
  whyUnrecorded(accountId: string, region: string, type: ItemType, at: string): Gap | undefined {
    const since = this.first.get(placeOf(accountId, region)) ?? this.since.get(accountId);
    if (since === undefined || since > at) {
      const when = since === undefined ? 'at no time in the window' : `since ${since}`;
      const message = `AWS Config is known to have recorded account ${accountId} in ${region} ${when}.`;
      return this.gap({ call: 'config:GetResourceConfigHistory', accountId, region }, message, at);
    }
    const silent = this.whySilent({ accountId, region }, at);
    if (silent !== undefined) return this.write(silent, at);
    if (this.isRecorded(accountId, region, type, at)) return undefined;
    const message = `The recorder of account ${accountId} in ${region} did not record ${type}: what was there is not known.`;
    return this.gap({ call: recorderType, accountId, region, resource: type }, message, at);
  }

  /** True where a recorder records the type, or none is known: a place without one is taken at its word. */
  isRecorded(accountId: string, region: string, type: ItemType, at: string): boolean {
    if (this.whySilent({ accountId, region }, at) !== undefined) return false;
    const here = this.recorders.get(placeOf(accountId, region)) ?? [];
    const words = here.flatMap((it) => {
      const item = versionAt(it, at);
      return item === undefined ? [] : (recordsIn(item, type) ?? []);
    });
    return words.length === 0 || words.includes(true);
  }

  /** Whether at any moment the place is recorded without this type. */
  isEverUnrecorded(accountId: string, region: string, type: ItemType): boolean {
    const here = this.recorders.get(placeOf(accountId, region)) ?? [];
    return here.some((it) => it.some((item) => recordsIn(item, type) === false));
  }

  write({ asked, failure }: Doubt, at: string): Gap {
    return this.ledger.gap(this.ledger.addGap(asked, failure, new Date(at)));
  }

  /** Writes down why something is not known; one gap for each place and resource. */
  gap(asked: Parameters<Ledger['addGap']>[0], message: string, at: string): Gap {
    const it = this.ledger.addGap(asked, { reason: 'not-recorded-by-config', message }, new Date(at));
    return this.ledger.gap(it);
  }

  private note({ accountId, region, capturedAt }: ConfigItem): void {
    const place = placeOf(accountId, region);
    const other = this.first.get(place);
    if (other === undefined || capturedAt < other) this.first.set(place, capturedAt);
  }
}

function placeOf(accountId: string, region: string): string {
  return `${accountId} ${region}`;
}

/** Undefined where the item does not tell. */
function recordsIn(item: ConfigItem, type: ItemType): boolean | undefined {
  if (item.isGone) return false;
  const recorder = recorderOf(item);
  return recorder === undefined ? undefined : recorder.isRecording && frequencyOf(recorder.settings, type) !== 'no';
}
