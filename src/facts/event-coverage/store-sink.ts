import type { EventDataStore } from '../../model/inventory.js';
import type { EventSink, Recording } from './recording.js';

/** Says that nothing is known of an event data store's recording, and returns the id of that gap. */
type NoteGap = (store: EventDataStore, message: string) => string;

/** The sink that an event data store is, or may be; undefined when it is gone. */
export function storeSink(store: EventDataStore, noteGap: NoteGap): EventSink | undefined {
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
    case 'ENABLED':
      return { ...base, worst: recording, best: recording, gaps: [], key: `${arn} ${status}` };
    case 'STARTING_INGESTION':
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
