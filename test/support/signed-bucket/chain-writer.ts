import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { formatTime } from '../../../src/verify/timestamps.js';
import type { MemoryStore } from './memory-store.js';
import type { SigningKey } from './signing-key.js';

export const anHour = 3_600_000;

export interface ChainPlan {
  readonly bucket: string;
  /** `[PREFIX/]AWSLogs/[ORGANIZATION/]` */
  readonly base: string;
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  /** The key that is in use at a time. */
  readonly keyAt: (time: number) => SigningKey;
  /** What each log file holds, gzipped (default: one event, each its own). */
  readonly logBody?: Buffer;
}

interface Written {
  readonly key: string;
  readonly bucket: string;
  readonly hash: string;
  readonly signature: string;
  readonly end: number;
}

export interface WrittenLog {
  readonly key: string;
  readonly hash: string;
}

/** Writes what CloudTrail writes for one account and Region of a trail: log files, and the digest files over them. */
export class ChainWriter {
  private previous: Written | undefined;
  private previousBackfill: Written | undefined;
  private logs = 0;
  /** Keys of digest files, oldest first. */
  readonly digests: string[] = [];
  readonly backfills: string[] = [];
  /** Keys of log files, oldest first. */
  readonly logFiles: string[] = [];

  constructor(
    private readonly store: MemoryStore,
    private plan: ChainPlan,
  ) {}

  /** Logging, or log file validation, is turned on: a digest file of the hour before, without a predecessor. */
  start(at: number, logs = 0): this {
    this.previous = undefined;
    return this.write(at - anHour, at, logs);
  }

  /** Hours that follow, each with so many log files. */
  hours(count: number, logs = 1): this {
    for (let it = 0; it < count; it += 1) this.write(this.end(), this.end() + anHour, logs);
    return this;
  }

  /** Logging is stopped: a last digest file of the time since the one before. */
  stop(at: number, logs = 0): this {
    return this.write(this.end(), at, logs);
  }

  /** From now on in another bucket or under another prefix, in the same chain. */
  moveTo(change: Partial<ChainPlan>): this {
    this.plan = { ...this.plan, ...change };
    return this;
  }

  /** A log file that no digest file lists. */
  strayLog(delivered: number): WrittenLog {
    return this.writeLog(delivered);
  }

  /** A backfill digest over log files that the digest file of that hour has missed. */
  backfill(end: number, logs: readonly WrittenLog[], generated: number): this {
    const files = logs.map((it) => reference(this.plan.bucket, it));
    this.previousBackfill = this.writeDigest(end - anHour, end, files, this.previousBackfill, generated);
    this.backfills.push(this.previousBackfill.key);
    return this;
  }

  end(): number {
    if (this.previous === undefined) throw new Error('The chain has not started.');
    return this.previous.end;
  }

  private write(start: number, end: number, count: number): this {
    const step = (end - start) / (count + 1);
    const files = Array.from({ length: count }, (_, index) => this.writeLog(start + Math.round(step * (index + 1))));
    this.logFiles.push(...files.map((it) => it.key));
    this.previous = this.writeDigest(
      start,
      end,
      files.map((it) => reference(this.plan.bucket, it)),
      this.previous,
    );
    this.digests.push(this.previous.key);
    return this;
  }

  private writeLog(delivered: number): WrittenLog {
    const { base, account, region, bucket, trail, logBody } = this.plan;
    this.logs += 1;
    const id = sha256(`${account} ${region} ${trail} ${this.logs}`).slice(0, 16);
    const name = `${account}_CloudTrail_${region}_${compact(delivered).replace(/\d\dZ$/, 'Z')}_${id}.json.gz`;
    const key = `${base}${account}/CloudTrail/${region}/${day(delivered)}/${name}`;
    if (logBody !== undefined) {
      this.store.bucket(bucket).set(key, { body: logBody, metadata: {} });
      return { key, hash: hashInside(logBody) };
    }
    const text = JSON.stringify({ Records: [{ eventTime: formatTime(delivered), eventID: id, awsRegion: region }] });
    this.store.bucket(bucket).set(key, { body: gzipSync(text), metadata: {} });
    return { key, hash: sha256(text) };
  }

  private writeDigest(
    start: number,
    end: number,
    logFiles: readonly object[],
    previous: Written | undefined,
    generated?: number,
  ): Written {
    const { base, account, region, trail, homeRegion, bucket, keyAt } = this.plan;
    const suffix = generated === undefined ? '' : '_backfill';
    const name = `${account}_CloudTrail-Digest_${region}_${trail}_${homeRegion}_${compact(end)}${suffix}.json.gz`;
    const key = `${base}${account}/CloudTrail-Digest/${region}/${day(end)}/${name}`;
    const signer = keyAt(generated ?? end);
    const text = JSON.stringify({
      awsAccountId: account,
      digestStartTime: formatTime(start),
      digestEndTime: formatTime(end),
      digestS3Bucket: bucket,
      digestS3Object: key,
      digestPublicKeyFingerprint: signer.listed.fingerprint,
      digestSignatureAlgorithm: 'SHA256withRSA',
      newestEventTime: logFiles.length > 0 ? formatTime(end - 1000) : null,
      oldestEventTime: logFiles.length > 0 ? formatTime(start) : null,
      previousDigestS3Bucket: previous?.bucket ?? null,
      previousDigestS3Object: previous?.key ?? null,
      previousDigestHashValue: previous?.hash ?? null,
      previousDigestHashAlgorithm: previous === undefined ? null : 'SHA-256',
      previousDigestSignature: previous?.signature ?? null,
      logFiles,
    });
    const hash = sha256(text);
    const signature = signer.sign(`${formatTime(end)}\n${bucket}/${key}\n${hash}\n${previous?.signature ?? 'null'}`);
    const metadata = {
      signature,
      'signature-algorithm': 'SHA256withRSA',
      ...(generated === undefined ? {} : { 'backfill-generation-timestamp': formatTime(generated) }),
    };
    this.store.bucket(bucket).set(key, { body: gzipSync(text), metadata });
    return { key, bucket, hash, signature, end };
  }
}

function reference(bucket: string, { key, hash }: WrittenLog): object {
  return {
    s3Bucket: bucket,
    s3Object: key,
    hashValue: hash,
    hashAlgorithm: 'SHA-256',
    newestEventTime: '2026-11-01T00:00:00Z',
    oldestEventTime: '2026-11-01T00:00:00Z',
  };
}

/** Bodies that are the same are looked into once. */
const hashes = new Map<Buffer, string>();

function hashInside(body: Buffer): string {
  const known = hashes.get(body) ?? createHash('sha256').update(gunzipSync(body)).digest('hex');
  hashes.set(body, known);
  return known;
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function compact(time: number): string {
  return formatTime(time).replaceAll(/[-:]/g, '');
}

function day(time: number): string {
  return formatTime(time).slice(0, 10).replaceAll('-', '/');
}
