import type { Unknown } from '../../model/known.js';
import type { RecordedCoverage } from './accounts.js';
import type { AggregatorSources } from './aggregator.js';
import { accountNamed } from './inventory.js';
import type { FoundRecorders } from './item-source.js';
import type { ListedOrganization } from './organization.js';
import { noRecord, type Reading } from './reading.js';
import { aggregatedRecorders } from './regional-recorders.js';
import type { RecordedTrails } from './trails.js';

/** Without its organization, no account is known to have no other trail. */
export function aloneGap(reading: Reading, accountId: string): Unknown {
  const asked = { call: 'organizations:DescribeOrganization', accountId, region: 'global' };
  const message = `The configuration items of account ${accountId} do not show whether a trail of its organization records it.`;
  return noRecord(reading, asked, message);
}

/** Without its organization, it is not known in which OUs an account is. */
export function unplacedGap(reading: Reading, accountId: string): Unknown {
  const asked = { call: 'organizations:ListAccounts', accountId, region: 'global' };
  return noRecord(reading, asked, `AWS Config does not record the OUs and tags of account ${accountId}.`);
}

/** The organization's accounts held against what the aggregator takes in. */
export function reachOf(
  reading: Reading,
  aggregator: string,
  sources: AggregatorSources,
  listed: ListedOrganization | undefined,
  recorded: RecordedTrails,
  found: FoundRecorders,
  asksRecorders: boolean,
): RecordedCoverage {
  const { recording } = reading;
  const { gap: recordersGap } = found;
  const withTrails = new Set(recorded.trails.map((trail) => trail.accountId));
  const told = [...(sources.accounts ?? []), ...recording.accounts(), ...withTrails];
  const members = new Set((listed?.accounts ?? []).map((it) => it.id));
  const strangers = [...new Set(told)].filter((id) => !members.has(id)).toSorted();
  const isRead = (id: string): boolean =>
    recording.isRecorded(id) ||
    withTrails.has(id) ||
    (sources.accounts?.includes(id) === true && !sources.failures.has(id));
  const knowsMembers = listed !== undefined && listed.organization.accountsGap === undefined;
  return {
    accounts: [
      ...(listed?.accounts ?? []),
      ...strangers.map((id) => accountNamed(id, listed === undefined ? unplacedGap(reading, id) : undefined)),
    ],
    recorders: asksRecorders ? aggregatedRecorders(reading, aggregator, sources, found) : undefined,
    stranger: (id) => (knowsMembers && !members.has(id) ? 'in the aggregator, and not in the organization' : undefined),
    unreadable: (id) => {
      if (isRead(id)) return undefined;
      if (sources.failures.has(id)) return sources.failures.why(id);
      return (
        recordersGap ?? recorded.gap ?? noRecord(reading, queryOf(id), whyUnread(id, aggregator, sources.accounts))
      );
    },
    missing: (id) => {
      const failure = sources.failures.why(id);
      if (failure !== undefined) return failure;
      if (listed === undefined) return aloneGap(reading, id);
      return recordersGap ?? recording.missing('AWS::CloudTrail::Trail', id);
    },
  };
}

function queryOf(accountId: string) {
  return { call: 'config:SelectAggregateResourceConfig', accountId, region: 'global' };
}

function whyUnread(id: string, aggregator: string, accounts: AggregatorSources['accounts']): string {
  if (accounts !== undefined && !accounts.includes(id))
    return `Aggregator ${aggregator} does not include account ${id}.`;
  return (
    `Aggregator ${aggregator} has no recorder of account ${id} that records trails, and no trail of it: ` +
    'AWS Config may be off there, or its data not reach the aggregator.'
  );
}
