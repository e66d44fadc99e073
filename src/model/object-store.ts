/** An object as a listing tells of it. */
export interface ListedObject {
  readonly key: string;
  readonly size: number;
  /** Changes with each rewrite of the object, whatever else is kept. */
  readonly etag?: string;
  /** Milliseconds since the epoch. */
  readonly lastModified?: number;
  /** As S3 calls it: `STANDARD`, `GLACIER`. */
  readonly storageClass?: string;
}

/** Why something that may well be there could not be read. None of these says anything about its content. */
export type UnreadableReason =
  | 'access-denied'
  /** The object is there; its KMS key refuses, or is disabled. */
  | 'kms'
  /** In an archive storage class, from which it would have to be restored first. */
  | 'archived'
  | 'network'
  | 'throttled'
  /** The run was told to make no more requests. */
  | 'budget'
  | 'error';

/** An object or a list that could not be read to its end. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';

  constructor(
    readonly reason: UnreadableReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

export interface StoredObject {
  /**
   * The bytes as they are stored, never decompressed. Reading on may throw {@link Unreadable}.
   */
  readonly bytes: AsyncIterable<Uint8Array>;
  /** User metadata, names in lower case and without `x-amz-meta-`; undefined where the store keeps none. */
  readonly metadata: Readonly<Record<string, string>> | undefined;
  readonly etag?: string;
}

/** Buckets of objects: Amazon S3, or a copy in a folder. */
export interface ObjectStore {
  /** False for a copy on disk, where the signatures that S3 keeps beside digest files are lost. */
  readonly keepsMetadata: boolean;

  /**
   * The objects whose keys begin with `prefix`, in the order of their keys, in pages.
   *
   * @param after only keys behind this one
   * @throws Unreadable when the list cannot be read to its end
   */
  list(bucket: string, prefix: string, after?: string): AsyncIterable<readonly ListedObject[]>;

  /**
   * The folders right below `prefix`, which is empty or ends with a slash: names without slashes, sorted.
   *
   * @throws Unreadable when they cannot be listed
   */
  folders(bucket: string, prefix: string): Promise<readonly string[]>;

  /**
   * An object; undefined when the store says that there is none.
   *
   * @throws Unreadable when it cannot be told or read
   */
  read(bucket: string, key: string): Promise<StoredObject | undefined>;
}
