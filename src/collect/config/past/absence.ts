import type { Gap } from '../../../model/inventory.js';
import { parseArn } from '../../../model/identifiers.js';
import { keyArn } from '../../../model/naming.js';
import { kindsNaming } from '../../../model/resource-kinds.js';
import type { Target } from '../../../model/results.js';
import type { ConfigItem, ItemType } from '../../../normalize/index.js';
import type { Doubt } from '../files/doubts.js';
import { versionAt, type ItemVersions, type Versions } from './item-versions.js';
import { bucketArnOf, bucketKeyOf } from './named-keys.js';
import type { RecordedPlaces } from './recorded-places.js';
import { storeOfItem } from './store-of-item.js';
import { namedByTrailOf, trailOfItem } from './trail-of-item.js';

const trailType = 'AWS::CloudTrail::Trail';
const storeType = 'AWS::CloudTrail::EventDataStore';
const bucketType = 'AWS::S3::Bucket';

type Owned = typeof trailType | typeof storeType;

/** Names the trail, bucket or event data store that names a target. */
type Namer = { readonly trail: string } | { readonly bucket: string } | { readonly store: string };

/** Why items do not settle what was there. */
export interface WhatIsOpen {
  readonly missing: (type: ItemType, at: string) => Doubt | undefined;
  readonly doubt: (item: ConfigItem, at: string) => Doubt | undefined;
}

/** Tells of a target that is not there at a moment whether that is known, or nobody looked. */
export class Unseen {
  private readonly trails = new Map<string, Versions[]>();
  private readonly stores = new Map<string, Versions[]>();
  private readonly buckets = new Map<string, Versions[]>();
  /** The ARN of a bucket, key, or whatever else is named → what names it at any time. */
  private readonly namers = new Map<string, Map<string, Namer>>();

  constructor(
    versions: ItemVersions,
    private readonly places: RecordedPlaces,
    private readonly open: WhatIsOpen,
  ) {
    for (const trail of versions.resources(trailType)) this.addTrail(trail);
    for (const store of versions.resources(storeType)) this.addStore(store);
    for (const bucket of versions.resources(bucketType)) this.addBucket(bucket);
  }

  /** The gap for which a target that is not seen may have been there; undefined when it surely was not. */
  why(target: Target, at: string): Gap | undefined {
    if (target.type === 'trail') return this.whyNone(trailType, target.id, at);
    if (target.type === 'event-data-store') return this.whyNone(storeType, target.id, at);
    return kindsNaming(target.type).includes('trail') ? this.whyNotNamed(target.id, at) : undefined;
  }

  private whyNotNamed(name: string, at: string): Gap | undefined {
    for (const namer of this.namers.get(name)?.values() ?? []) {
      const gap = this.doubtOfNamer(namer, at);
      if (gap !== undefined) return gap;
    }
    return undefined;
  }

  private doubtOfNamer(namer: Namer, at: string): Gap | undefined {
    if ('bucket' in namer) return this.doubtOfBucket(namer.bucket, at);
    return 'trail' in namer
      ? this.doubtOf(trailType, namer.trail, at, (it) => trailOfItem(it)?.description !== undefined)
      : this.doubtOf(storeType, namer.store, at, (it) => storeOfItem(it)?.details !== undefined);
  }

  /** Why it is not known what a trail or store names at that moment. */
  private doubtOf(type: Owned, arn: string, at: string, tells: (item: ConfigItem) => boolean): Gap | undefined {
    const present = this.versionsOf(type, arn)
      .flatMap((it) => versionAt(it, at) ?? [])
      .filter((it) => !it.isGone);
    if (present.length === 0) return this.whyNone(type, arn, at);
    const fresh = present.filter((it) => this.places.isRecorded(it.accountId, it.region, type, at));
    const [stale] = present;
    if (fresh.length === 0 && stale !== undefined) {
      return this.places.whyUnrecorded(stale.accountId, stale.region, type, at);
    }
    const sure = fresh.filter((it) => this.open.doubt(it, at) === undefined);
    const [doubtful] = fresh;
    const doubt = sure.length === 0 && doubtful !== undefined ? this.open.doubt(doubtful, at) : undefined;
    if (doubt !== undefined) return this.places.write(doubt, at);
    if (sure.some(tells)) return undefined;
    const { accountId = 'unknown', region = 'unknown' } = parseArn(arn) ?? {};
    const message = `The configuration item of ${arn} does not say what it names.`;
    return this.places.gap({ call: type, accountId, region, resource: arn }, message, at);
  }

  private versionsOf(type: Owned, arn: string): readonly Versions[] {
    return (type === trailType ? this.trails : this.stores).get(arn) ?? [];
  }

  private doubtOfBucket(arn: string, at: string): Gap | undefined {
    const unnamed = this.whyNotNamed(arn, at);
    if (unnamed !== undefined) return unnamed;
    for (const versions of this.buckets.get(arn) ?? []) {
      const [first] = versions;
      if (first === undefined) continue;
      const item = versionAt(versions, at);
      const { accountId, region, resourceId: name } = first;
      const doubt = item === undefined ? undefined : this.open.doubt(item, at);
      if (doubt !== undefined) return this.places.write(doubt, at);
      if (item !== undefined && this.places.isRecorded(accountId, region, bucketType, at)) continue;
      if (item !== undefined) return this.places.whyUnrecorded(accountId, region, bucketType, at);
      const message = `AWS Config has no item of bucket ${name} before ${first.capturedAt}.`;
      return this.places.gap(
        { call: 'config:GetResourceConfigHistory', accountId, region, resource: name },
        message,
        at,
      );
    }
    return undefined;
  }

  private whyNone(type: Owned, arn: string, at: string): Gap | undefined {
    const missing = this.open.missing(type, at);
    if (missing !== undefined) return this.places.write(missing, at);
    const noun = type === trailType ? 'trail' : 'event data store';
    const all = this.versionsOf(type, arn);
    const { accountId: owner = 'unknown', region: home = 'unknown' } = parseArn(arn) ?? {};
    const own = all.filter(([it]) => it?.accountId === owner && it.region === home);
    for (const versions of own.length > 0 ? own : all) {
      const [first] = versions;
      if (first === undefined) continue;
      const { accountId, region } = first;
      const unrecorded = this.places.whyUnrecorded(accountId, region, type, at);
      if (unrecorded !== undefined) return unrecorded;
      const last = versionAt(versions, at);
      const asked = { accountId, region, resource: arn };
      if (last?.isLeft === true) {
        const message = `AWS Config no longer records ${noun} ${arn} since ${last.capturedAt}: whether it is there is not known.`;
        return this.places.gap({ ...asked, call: type }, message, at);
      }
      if (last === undefined && !isNewAt(first, at)) {
        const message =
          `The first item of ${noun} ${arn} was captured at ${first.capturedAt}, of one that existed before: ` +
          'earlier items are missing.';
        return this.places.gap({ ...asked, call: 'config:GetResourceConfigHistory' }, message, at);
      }
    }
    return undefined;
  }

  private addTrail(versions: Versions): void {
    for (const item of versions) {
      const trail = trailOfItem(item);
      if (trail === undefined) continue;
      const all = this.trails.get(trail.arn) ?? [];
      if (!all.includes(versions)) this.trails.set(trail.arn, [...all, versions]);
      for (const name of namedByTrailOf(trail)) this.addNamer(name, { trail: trail.arn });
    }
  }

  private addStore(versions: Versions): void {
    for (const item of versions) {
      const store = storeOfItem(item);
      if (store === undefined) continue;
      const all = this.stores.get(store.arn) ?? [];
      if (!all.includes(versions)) this.stores.set(store.arn, [...all, versions]);
      if (store.keyArn !== undefined) this.addNamer(store.keyArn, { store: store.arn });
    }
  }

  private addBucket(versions: Versions): void {
    const [first] = versions;
    if (first === undefined) return;
    const bucket = bucketArnOf(first);
    this.buckets.set(bucket, [...(this.buckets.get(bucket) ?? []), versions]);
    for (const item of versions) {
      const key = bucketKeyOf(item);
      if (key !== undefined) this.addNamer(keyArn(key, { ...item, arn: bucket }), { bucket });
    }
  }

  private addNamer(name: string, namer: Namer): void {
    const namers = this.namers.get(name) ?? new Map<string, Namer>();
    this.namers.set(name, namers.set(JSON.stringify(namer), namer));
  }
}

/** AWS Config saw the resource for the first time in its first item, and nothing says that it was there before. */
function isNewAt({ isDiscovery, createdAt }: Versions[number], at: string): boolean {
  return isDiscovery && (createdAt === undefined || createdAt > at);
}
