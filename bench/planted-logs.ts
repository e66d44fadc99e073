// Log files of an organization, made of real events with fresh ids, times and places, with events planted among them
// whose number is known. The same plan gives the same bytes.
import type { EventRecord } from '../src/model/log-events.js';
import { eventId, logKey } from '../test/support/event-logs.js';

export interface PlantingPlan {
  /** What the others are made of. */
  readonly real: readonly EventRecord[];
  readonly accounts: number;
  readonly regions: readonly string[];
  readonly hours: number;
  readonly filesPerHour: number;
  readonly eventsPerFile: number;
  /** One event that nobody may do in every so many files. */
  readonly plantEvery: number;
}

export interface PlantedFile {
  readonly key: string;
  readonly records: readonly EventRecord[];
  /** Ids of the planted events in it. */
  readonly planted: readonly string[];
}

export const firstHour = Date.UTC(2026, 10, 20);
/** What is planted, and occurs among the real events nowhere. */
export const plantedName = 'DeleteEventDataStore';

/** The events of an hour come 20 seconds after they happened, in the files of that hour. */
export function* plantedFiles(plan: PlantingPlan): Generator<PlantedFile> {
  let file = 0;
  for (let hour = 0; hour < plan.hours; hour += 1) {
    for (let part = 0; part < plan.filesPerHour; part += 1) {
      for (let account = 0; account < plan.accounts; account += 1) {
        for (const region of plan.regions) {
          yield fileOf(plan, file, String(111_111_111_111 + account), region, hour, part);
          file += 1;
        }
      }
    }
  }
}

function fileOf(
  { real, filesPerHour, eventsPerFile, plantEvery }: PlantingPlan,
  file: number,
  account: string,
  region: string,
  hour: number,
  part: number,
): PlantedFile {
  const start = firstHour + hour * 3_600_000 + Math.floor((part * 3_600_000) / filesPerHour);
  const delivered = new Date(start + 60_000).toISOString().slice(0, 16);
  const unique = file.toString(36).toUpperCase().padStart(16, '0');
  const isPlanted = file % plantEvery === 0;
  const records = Array.from({ length: eventsPerFile }, (_, index) => {
    const number = file * eventsPerFile + index;
    return {
      ...real[(number * 7) % real.length],
      eventTime: new Date(start + (index % 40) * 1000).toISOString().replace('.000', ''),
      eventID: eventId(number),
      awsRegion: region,
      recipientAccountId: account,
      ...(isPlanted && index === eventsPerFile >> 1 ? planted(account) : {}),
    };
  });
  return {
    key: logKey({ delivered, account, region, unique, base: 'AWSLogs/o-exampleorgid/' }),
    records,
    planted: isPlanted ? [eventId(file * eventsPerFile + (eventsPerFile >> 1))] : [],
  };
}

function planted(account: string): EventRecord {
  return {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: plantedName,
    readOnly: false,
    // What the event that it is made of had.
    errorCode: undefined,
    errorMessage: undefined,
    sharedEventID: undefined,
    responseElements: null,
    requestParameters: { eventDataStore: `arn:aws:cloudtrail:us-east-1:${account}:eventdatastore/main` },
  };
}
