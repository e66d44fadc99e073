import { alwaysEnabledRegions } from '../../model/identifiers.js';
import type { Recorder } from '../../model/inventory.js';
import { absent, known, type Unknown } from '../../model/known.js';
import type { ReadRecorders } from '../resources/recorders.js';
import type { ConfigItem } from '../../normalize/index.js';
import type { AggregatorSources } from './aggregator.js';
import type { FoundRecorder, FoundRecorders } from './item-source.js';
import { evidenceOfItem, noRecord, type Reading } from './reading.js';
import { byText } from '../../text/order.js';

/** Gives what is known of an account's recorders. */
export type RecordersOf = (accountId: string) => ReadRecorders;

const recorderType = 'AWS::Config::ConfigurationRecorder';

/**
 * Recorders as an aggregator has their items. It shows that a Region has none where that Region's data reaches it: AWS
 * Config always records recorders, so that of an account with others, one more would have an item, too.
 */
export function aggregatedRecorders(
  reading: Reading,
  aggregator: string,
  sources: AggregatorSources,
  found: FoundRecorders,
): RecordersOf {
  const byAccount = recordersByAccount(found);
  const taken = alwaysEnabledRegions(reading.partition).filter((it) => isTaken(it, sources));
  return (accountId) => {
    const seen = byAccount.get(accountId) ?? new Map<string, FoundRecorder>();
    const recorders = [...new Set([...taken, ...seen.keys()])].toSorted().map((region): Recorder => {
      const place = { call: recorderType, accountId, region };
      const failure = sources.failures.why(accountId, region);
      if (failure !== undefined) return unreadRecorder(region, failure);
      const here = seen.get(region);
      if (here !== undefined) return recordedRecorder(reading, here);
      if (found.gap !== undefined) return unreadRecorder(region, found.gap);
      if (seen.size > 0) return missingRecorder(region, found);
      const message = `Aggregator ${aggregator} has no recorder of account ${accountId}: there may be none, or its data not reach the aggregator.`;
      return unreadRecorder(region, noRecord(reading, place, message));
    });
    return { recorders, recordersGap: reading.notRecorded.gap('account:ListRegions').gap };
  };
}

/** Recorders as delivery files have their items; what they do not hold, another file may. */
export function filedRecorders(reading: Reading, found: FoundRecorders): RecordersOf {
  const byAccount = recordersByAccount(found);
  return (accountId) => {
    const seen = byAccount.get(accountId) ?? new Map<string, FoundRecorder>();
    const gone = (found.ended ?? []).filter((it) => it.accountId === accountId && !seen.has(it.region));
    const recorders = [
      ...[...seen.values()].map((it) =>
        it.doubt === undefined ? recordedRecorder(reading, it) : unreadRecorder(it.region, it.doubt),
      ),
      ...gone.map((it) => endedRecorder(reading, it)),
    ].toSorted((a, b) => byText(a.region, b.region));
    return { recorders, recordersGap: reading.notRecorded.gap('config:DescribeConfigurationRecorders').gap };
  };
}

function recordersByAccount({ recorders }: FoundRecorders): ReadonlyMap<string, ReadonlyMap<string, FoundRecorder>> {
  const byAccount = new Map<string, Map<string, FoundRecorder>>();
  for (const it of recorders) {
    const byRegion = byAccount.get(it.accountId) ?? new Map<string, FoundRecorder>();
    byAccount.set(it.accountId, byRegion.set(it.region, it));
  }
  return byAccount;
}

function isTaken(region: string, { regions }: AggregatorSources): boolean {
  return regions === 'all' || regions.includes(region);
}

function recordedRecorder(
  reading: Reading,
  { accountId, region, settings, isRecording, item }: FoundRecorder,
): Recorder {
  const id =
    item === undefined
      ? undefined
      : reading.ledger.addItem({
          item: recorderType,
          accountId,
          region,
          resource: item.arn ?? settings.name,
          at: item.capturedAt,
        });
  return {
    region,
    settings: known(settings),
    recording: known(isRecording),
    lastEvent: reading.notRecorded.gap('config:DescribeConfigurationRecorderStatus'),
    evidence:
      id === undefined
        ? {}
        : { 'config:DescribeConfigurationRecorders': id, 'config:DescribeConfigurationRecorderStatus': id },
  };
}

/** The list of all recorders is the evidence that there is none here. */
function missingRecorder(region: string, { evidence }: FoundRecorders): Recorder {
  const [list] = Object.values(evidence);
  const calls = list === undefined ? {} : { 'config:DescribeConfigurationRecorders': list };
  return { region, settings: absent, recording: absent, lastEvent: absent, evidence: calls };
}

/** The item of a recorder's end is the evidence that there is none. */
function endedRecorder(reading: Reading, item: ConfigItem): Recorder {
  const evidence = { 'config:DescribeConfigurationRecorders': evidenceOfItem(reading, item) };
  return { region: item.region, settings: absent, recording: absent, lastEvent: absent, evidence };
}

function unreadRecorder(region: string, gap: Unknown): Recorder {
  return { region, settings: gap, recording: gap, lastEvent: gap, evidence: {} };
}
