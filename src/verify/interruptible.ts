import { InterruptedError } from '../model/errors.js';
import type { ObjectStore } from '../model/object-store.js';

/** The store, until the signal: what is asked for then throws an InterruptedError. */
export function interruptible(store: ObjectStore, signal: AbortSignal): ObjectStore {
  const check = (): void => {
    if (signal.aborted) throw new InterruptedError('Interrupted before everything was verified.');
  };
  return {
    keepsMetadata: store.keepsMetadata,
    list: (bucket, prefix, after) => {
      check();
      return store.list(bucket, prefix, after);
    },
    folders: async (bucket, prefix) => {
      check();
      return await store.folders(bucket, prefix);
    },
    read: async (bucket, key) => {
      check();
      return await store.read(bucket, key);
    },
  };
}
