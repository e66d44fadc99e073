import type { EventDataStore } from '../../model/inventory.js';
import type { KeyTrouble } from '../key-use.js';
import { sure } from '../three-valued.js';
import type { Tri } from '../values.js';
import type { EventSink, Recording } from './recording.js';

/** What is known of an event data store beyond itself. */
export interface StoreSurroundings {
  /** Says that nothing is known of the store's recording, and returns the id of that gap. */
  readonly noteGap: (store: EventDataStore, message: string) => string;
  /** Whether the customer managed key that it names can encrypt. */
  readonly keyTrouble: (store: EventDataStore, kmsKeyId: string) => Tri<KeyTrouble>;
  /** The ARN of the key that it names, by whatever name. */
  readonly keyArn: (store: EventDataStore, kmsKeyId: string) => string;
}

/** The sink that an event data store is, or may be; undefined when it is gone. */
export function storeSink(
  store: EventDataStore,
  { noteGap, keyTrouble, keyArn }: StoreSurroundings,
): EventSink | undefined {
  const { arn, details } = store;
  const base = { kind: 'event-data-store', arn } as const;
  if (details.state === 'absent') return undefined;
  if (details.state === 'unknown') {
    const best: Recording = { region: '*', includesGlobalServices: true, selectors: { of: 'everything' } };
    return { ...base, best, gaps: [details.gap], key: `${arn} unknown` };
  }
  const { status, multiRegionEnabled, advancedEventSelectors } = details.value;
  const recording: Recording = {
    region: multiRegionEnabled ? '*' : store.region,
    // Stores of one Region have no switch for global services' events: those of their Region are in them.
    includesGlobalServices: true,
    selectors: { of: 'event-data-store', it: advancedEventSelectors },
  };
  switch (status) {
    case 'ENABLED': {
      const { kmsKeyId } = details.value;
      const trouble = kmsKeyId === undefined ? sure(undefined) : keyTrouble(store, kmsKeyId);
      // Without its key a store takes in nothing, and keeps its status.
      // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateEventDataStore.html
      if (trouble.state === 'unknown') {
        return { ...base, best: recording, gaps: trouble.gaps, key: JSON.stringify([arn, status, trouble.gaps]) };
      }
      if (trouble.value !== undefined && kmsKeyId !== undefined) {
        const key = { name: kmsKeyId, arn: keyArn(store, kmsKeyId), trouble: trouble.value };
        const idle = { reason: 'key-unusable', would: recording, key } as const;
        return { ...base, gaps: [], idle, key: `${arn} ${trouble.value}` };
      }
      return { ...base, worst: recording, best: recording, gaps: [], key: `${arn} ${status}` };
    }
    case 'STOPPING_INGESTION':
    case 'STOPPED_INGESTION':
    case 'PENDING_DELETION':
      return { ...base, gaps: [], idle: { reason: 'not-logging', would: recording }, key: `${arn} ${status}` };
    default: {
      const gap = noteGap(store, `AWS does not say whether an event data store in status ${status} records.`);
      return { ...base, best: recording, gaps: [gap], key: `${arn} ${status}` };
    }
  }
}
