import { parseArn } from '../model/identifiers.js';
import type { Account, Bucket, Inventory, LogGroup, Trail, TrailDescription } from '../model/inventory.js';
import type { Results } from '../model/results.js';

/** What is known of the organization, to fill names in. */
export interface FixContext {
  readonly results: Results;
  readonly partition: string;
  readonly organizationId: string | undefined;
  /** Undefined: no inventory was given, or it does not have it. */
  readonly account: (id: string) => Account | undefined;
  readonly trail: (arn: string) => Trail | undefined;
  readonly bucket: (name: string) => Bucket | undefined;
  readonly logGroup: (arn: string) => LogGroup | undefined;
  readonly trails: readonly Trail[];
  readonly buckets: readonly Bucket[];
  readonly hasInventory: boolean;
}

export function contextOf(results: Results, inventory: Inventory | undefined): FixContext {
  const accounts = new Map(inventory?.accounts.map((it) => [it.id, it]));
  const trails = new Map(inventory?.trails.map((it) => [it.arn, it]));
  const buckets = new Map(inventory?.buckets.map((it) => [it.name, it]));
  const logGroups = new Map(inventory?.logGroups.map((it) => [it.arn, it]));
  return {
    results,
    partition: results.run.partition,
    organizationId: results.organization?.id,
    account: (id) => accounts.get(id),
    trail: (arn) => trails.get(arn),
    bucket: (name) => buckets.get(name),
    logGroup: (arn) => logGroups.get(arn),
    trails: inventory?.trails ?? [],
    buckets: inventory?.buckets ?? [],
    hasInventory: inventory !== undefined,
  };
}

/** A trail's description where the whole of it was read. */
export function descriptionOf(trail: Trail | undefined): TrailDescription | undefined {
  return trail?.description.state === 'known' ? trail.description.value : undefined;
}

/** The name of a trail, bucket or log group, of its ARN. */
export function nameInArn(arn: string, prefix: string): string | undefined {
  const resource = parseArn(arn)?.resource;
  return resource?.startsWith(prefix) === true ? resource.slice(prefix.length) : undefined;
}

/** A JSON document that is an object, as AWS keeps policies; undefined for another text. */
export function documentIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? (parsed as Readonly<Record<string, unknown>>) // an object of JSON
      : undefined;
  } catch {
    // Not a document: nothing is to be built upon it.
    return undefined;
  }
}

/** CloudTrail changes nothing of a trail whose bucket is gone: that comes first. */
export function hasNoBucket(arn: string, context: FixContext): boolean {
  const trail = context.trail(arn);
  const name = trail?.description.state === 'known' ? trail.description.value.s3BucketName : undefined;
  return name !== undefined && context.bucket(name)?.owner.state === 'absent';
}
