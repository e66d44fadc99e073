import { expect, test } from 'vitest';
import { benignDay } from './benign-day.js';
import { activityPolicies, judged, raised } from './index.js';

/** What must be told once where the allow lists of an organization are set. */
const given = {
  'snapshots-and-images-stay-private': { trustedAccounts: ['444455556666'] },
  ...Object.fromEntries(
    [...activityPolicies.values()]
      .filter(({ params }) => params.has('pipelines'))
      .map(({ id }) => [id, { pipelines: ['arn:aws:iam::*:role/deploy'] }]),
  ),
};

/** The same on another day. */
const theDayBefore = benignDay.map((it) =>
  Object.assign({}, it, { eventTime: String(it['eventTime']).replace('2026-11-20', '2026-11-19') }),
);

test('a benign day raises nothing, once pipelines and the backup account are named', () => {
  expect(raised(benignDay, { given, earlier: theDayBefore })).toEqual([]);
});

test('in an account without a past, what it does is new', () => {
  expect(raised(benignDay, { given, earlier: benignDay.slice(0, 1) })).toEqual([
    'principals-do-familiar-things',
    'regions-are-familiar',
  ]);
});

test('before that, it raises what is informational, and the sharing of backups', () => {
  const severities = raised(benignDay).map((id) => `${activityPolicies.get(id)?.document.severity ?? ''} ${id}`);
  expect(severities).toEqual([
    'informational bucket-policies-change-by-pipeline',
    'informational functions-change-by-pipeline',
    'informational iam-policies-change-by-pipeline',
    // Whose account it is, nobody has said.
    'high snapshots-and-images-stay-private',
  ]);
});

test('nothing in it is left open', () => {
  expect(judged(benignDay, { given, earlier: theDayBefore }).filter((it) => it.outcome !== 'COMPLIANT')).toEqual([]);
});
