import { parseArn } from '../../model/identifiers.js';
import type { Bucket, Trail, TrailDescription } from '../../model/inventory.js';
import { byArn } from '../../text/order.js';
import { firstOwners, isOwnedBy } from '../resources/bucket-owner.js';
import { readBucket } from '../resources/buckets.js';
import { readAccountBlocks, readWatchedLogGroups } from '../resources/destinations.js';
import { keyReader, namedArn, type KeyName } from '../resources/keys.js';
import { readRoles } from '../resources/roles.js';
import type { Context } from '../run/context.js';

/**
 * Asks where the logs of trails go while other accounts are still listed and read: the quota of Organizations lets a large
 * run wait. It decides nothing: when all accounts are known, all is read as if nothing had been, and the answers that
 * wait are taken. Only what will be asked then is asked, and only in accounts that have been read themselves: what fails
 * there takes nothing from them.
 */
export class EarlyDestinations {
  private readonly context: Context;
  private readonly readKeys: ReturnType<typeof keyReader>;
  private readonly isRead = new Set<string>();
  private readonly waiting = new Map<string, (() => void)[]>();
  private readonly begun = new Set<string>();
  private isOver = false;

  constructor(
    context: Context,
    private readonly logArchiveAccount: string | undefined,
  ) {
    this.context = { ...context, aws: context.aws.inAdvance(() => this.isOver) };
    this.readKeys = keyReader(this.context);
  }

  /** An account was entered and read, and these trails are its own. */
  accountRead(accountId: string, trails: readonly Trail[]): void {
    this.isRead.add(accountId);
    for (const goOn of this.waiting.get(accountId) ?? []) goOn();
    this.waiting.delete(accountId);
    for (const trail of trails.toSorted(byArn)) {
      if (trail.description.state === 'known') this.ofTrail(trail, trail.description.value, trails.length === 1);
    }
  }

  /** Nothing is asked early any more: now it is asked in its turn. */
  end(): void {
    this.isOver = true;
  }

  private ofTrail(trail: Trail, description: TrailDescription, isOnlyOne: boolean): void {
    const { accountId, homeRegion } = trail;
    const { s3BucketName, kmsKeyId, cloudWatchLogsLogGroupArn: group, cloudWatchLogsRoleArn: role } = description;
    this.key(kmsKeyId, { accountId, region: homeRegion });
    this.once(`bucket ${s3BucketName}`, async () => await this.bucket(s3BucketName, trail, isOnlyOne));
    if (group !== undefined) this.once(group, async () => await this.logGroup(group));
    if (role !== undefined) this.once(role, async () => await readRoles(this.context, [trail]));
  }

  private async bucket(name: string, trail: Trail, isOnlyTrail: boolean): Promise<void> {
    for (const accountId of firstOwners(name, trail, this.logArchiveAccount)) {
      await this.accountOf(accountId);
      const [bucket] = await this.context.limit([accountId], async () => {
        const found = await isOwnedBy(this.context, name, accountId, trail.homeRegion);
        return found === undefined ? undefined : await readBucket(this.context, name, found);
      });
      if (bucket === undefined) continue;
      await this.ofBucket(bucket, isOnlyTrail && accountId === trail.accountId);
      return;
    }
  }

  /** Of an account with several log buckets, the Region of the first is asked for its block: only all of them tell which. */
  private async ofBucket(bucket: Bucket, isOnlyOne: boolean): Promise<void> {
    const { owner, encryption } = bucket;
    if (owner.state !== 'known') return;
    if (encryption.state === 'known') this.key(encryption.value.kmsMasterKeyId, owner.value);
    if (isOnlyOne) await readAccountBlocks(this.context, [bucket]);
  }

  private async logGroup(arn: string): Promise<void> {
    await this.accountOf(parseArn(arn)?.accountId);
    for (const group of await readWatchedLogGroups(this.context, [arn])) {
      if (group.details.state === 'known') this.key(group.details.value.kmsKeyId, group);
    }
  }

  private key(name: string | undefined, place: Omit<KeyName, 'name'>): void {
    if (name === undefined) return;
    const { accountId, region } = place;
    const key = { name, accountId, region };
    const arn = namedArn(this.context, key);
    this.once(arn, async () => {
      await this.accountOf(parseArn(arn)?.accountId);
      await this.readKeys([key]);
    });
  }

  /** Waits until an account has been read; forever where it is not. */
  private async accountOf(accountId = ''): Promise<void> {
    if (this.isRead.has(accountId)) return;
    await new Promise<void>((resolve) => {
      this.waiting.set(accountId, [...(this.waiting.get(accountId) ?? []), resolve]);
    });
  }

  private once(what: string, read: () => Promise<unknown>): void {
    if (this.begun.has(what)) return;
    this.begun.add(what);
    // What goes wrong is met again in its turn, and told there.
    read().catch(() => {});
  }
}
