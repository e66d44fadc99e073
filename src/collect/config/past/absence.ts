import type { Gap } from '../../../model/inventory.js';
import { parseArn } from '../../../model/identifiers.js';
import { keyArn } from '../../../model/naming.js';
import { kindsNaming } from '../../../model/resource-kinds.js';
import type { Target } from '../../../model/results.js';
import { versionAt, type ItemVersions, type Versions } from './item-versions.js';
import { bucketArnOf, bucketKeyOf } from './named-keys.js';
import type { RecordedPlaces } from './recorded-places.js';
import { namedByTrailOf, trailOfItem } from './trail-of-item.js';

const trailType = 'AWS::CloudTrail::Trail';
const bucketType = 'AWS::S3::Bucket';

/** Names the trail or bucket that names a target. */
type Namer = { readonly trail: string } | { readonly bucket: string };

/** Tells of a target that is not there at a moment whether that is known, or nobody looked. */
export class Unseen {
  private readonly trails = new Map<string, Versions[]>();
  private readonly buckets = new Map<string, Versions[]>();
  /** The ARN of a bucket, key, or whatever else is named → what names it at any time. */
  private readonly namers = new Map<string, Map<string, Namer>>();

  constructor(
    versions: ItemVersions,
    private readonly places: RecordedPlaces,
  ) {
    for (const trail of versions.resources(trailType)) this.addTrail(trail);
    for (const bucket of versions.resources(bucketType)) this.addBucket(bucket);
  }

  /** The gap for which a target that is not seen may have been there; undefined when it surely was not. */
  why(target: Target, at: string): Gap | undefined {
    if (target.type === 'trail') return this.whyNoTrail(target.id, at);
    return kindsNaming(target.type).includes('trail') ? this.whyNotNamed(target.id, at) : undefined;
  }

  private whyNotNamed(name: string, at: string): Gap | undefined {
    for (const namer of this.namers.get(name)?.values() ?? []) {
      const gap = 'trail' in namer ? this.doubtOfTrail(namer.trail, at) : this.doubtOfBucket(namer.bucket, at);
      if (gap !== undefined) return gap;
    }
    return undefined;
  }

  /** Why it is not known what a trail names at that moment. */
  private doubtOfTrail(arn: string, at: string): Gap | undefined {
    const present = (this.trails.get(arn) ?? []).flatMap((it) => versionAt(it, at) ?? []).filter((it) => !it.isGone);
    if (present.length === 0) return this.whyNoTrail(arn, at);
    const fresh = present.filter((it) => this.places.isRecorded(it.accountId, it.region, trailType, at));
    const [stale] = present;
    if (fresh.length === 0 && stale !== undefined) {
      return this.places.whyUnrecorded(stale.accountId, stale.region, trailType, at);
    }
    if (fresh.some((it) => trailOfItem(it)?.description !== undefined)) return undefined;
    const { accountId = 'unknown', region = 'unknown' } = parseArn(arn) ?? {};
    const message = `The configuration item of trail ${arn} does not say what the trail names.`;
    return this.places.gap({ call: 'cloudtrail:DescribeTrails', accountId, region, resource: arn }, message, at);
  }

  private doubtOfBucket(arn: string, at: string): Gap | undefined {
    const unnamed = this.whyNotNamed(arn, at);
    if (unnamed !== undefined) return unnamed;
    for (const versions of this.buckets.get(arn) ?? []) {
      const [first] = versions;
      if (first === undefined) continue;
      const item = versionAt(versions, at);
      const { accountId, region, resourceId: name } = first;
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

  private whyNoTrail(arn: string, at: string): Gap | undefined {
    const all = this.trails.get(arn) ?? [];
    const { accountId: owner = 'unknown', region: home = 'unknown' } = parseArn(arn) ?? {};
    const own = all.filter(([it]) => it?.accountId === owner && it.region === home);
    for (const versions of own.length > 0 ? own : all) {
      const [first] = versions;
      if (first === undefined) continue;
      const { accountId, region } = first;
      const unrecorded = this.places.whyUnrecorded(accountId, region, trailType, at);
      if (unrecorded !== undefined) return unrecorded;
      const last = versionAt(versions, at);
      const asked = { accountId, region, resource: arn };
      if (last?.isLeft === true) {
        const message = `AWS Config no longer records trail ${arn} since ${last.capturedAt}: whether it is there is not known.`;
        return this.places.gap({ ...asked, call: trailType }, message, at);
      }
      if (last === undefined && !isNewAt(first, at)) {
        const message =
          `The first item of trail ${arn} was captured at ${first.capturedAt}, of a trail that existed before: ` +
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
