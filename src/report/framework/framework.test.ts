import { describe, expect, test } from 'vitest';
import {
  aDisabledPolicy,
  aGap,
  aPolicy,
  aResults,
  anAccountTarget,
  anEvaluation,
  anEvidence,
} from '../../../test/support/results-builders.js';
import { schemaCheck } from '../../json-schema.js';
import { frameworks } from '../../model/frameworks.js';
import type { Evaluation, PolicySummary, Results } from '../../model/results.js';
import { frameworkCsv } from './csv.js';
import { frameworkJson } from './json.js';
import { frameworkMarkdown } from './markdown.js';
import { frameworkRows } from './rows.js';
import { frameworkText } from './text.js';

const policy = aPolicy({ id: 'validates', controls: [{ framework: 'cis-3.0', id: '3.2' }] });
const second = aPolicy({ id: 'encrypts', controls: [{ framework: 'cis-3.0', id: '3.2' }] });
const waiver = { id: 'W-1', reason: 'It is known.', owner: 'security', expires: '2027-01-01' };

function on(account: number, parts: Partial<Evaluation>, policyId = 'validates'): Evaluation {
  const id = String(account).repeat(12);
  return anEvaluation({ policyId, target: anAccountTarget(id, `account ${account}`), ...parts });
}

function rowOf(results: Results, id = '3.2', framework = 'cis-3.0') {
  const row = frameworkRows(results, framework)[0]?.rows.find((it) => it.control.id === id);
  if (row === undefined) throw new Error(`There is no row for ${id}.`);
  return row;
}

describe('the verdict of a control', () => {
  test.each<[string, readonly Evaluation[], string]>([
    ['all that it asks holds', [on(1, {}), on(2, { outcome: 'NOT_APPLICABLE' })], 'COMPLIANT'],
    ['one fails', [on(1, { outcome: 'NON_COMPLIANT' }), on(2, { outcome: 'INSUFFICIENT_DATA' })], 'NON_COMPLIANT'],
    ['one of another policy fails', [on(1, {}), on(1, { outcome: 'NON_COMPLIANT' }, 'encrypts')], 'NON_COMPLIANT'],
    ['one is not known', [on(1, {}), on(2, { outcome: 'INSUFFICIENT_DATA' })], 'INSUFFICIENT_DATA'],
    ['what fails is waived', [on(1, {}), on(2, { outcome: 'NON_COMPLIANT', waiver })], 'WAIVED'],
    [
      'a waiver hides nothing else',
      [on(1, { outcome: 'INSUFFICIENT_DATA' }), on(2, { outcome: 'NON_COMPLIANT', waiver })],
      'INSUFFICIENT_DATA',
    ],
    ['it applies to nothing', [on(1, { outcome: 'NOT_APPLICABLE' })], 'NOT_APPLICABLE'],
    ['there is nothing', [], 'NOT_APPLICABLE'],
  ])('%s', (_, evaluations, verdict) => {
    expect(rowOf(aResults({ policies: [policy, second], evaluations })).verdict).toBe(verdict);
  });

  test('is none where not one account was evaluated', () => {
    const accounts = {
      evaluated: 0,
      outOfScope: [{ id: '222222222222', name: 'b', reason: 'its state is SUSPENDED' }],
    };
    const row = rowOf(aResults({ policies: [policy, second], accounts }));
    expect(row.verdict).toBe('NOT_ASKED');
    expect(row.reason).toBe('Not one account was evaluated');
  });

  test('names the evaluations that decide it', () => {
    const failing = on(2, { outcome: 'NON_COMPLIANT' });
    const row = rowOf(aResults({ policies: [policy], evaluations: [on(1, {}), failing] }));
    expect(row.deciding).toEqual([failing]);
    expect(row.counts).toEqual({ compliant: 1, nonCompliant: 1, insufficientData: 0, notApplicable: 0, waived: 0 });
  });

  test('is never a pass where no policy of the run serves it', () => {
    const rows = frameworkRows(aResults({ policies: [policy], evaluations: [on(1, {})] }))[0]?.rows ?? [];
    for (const { control, verdict } of rows.filter((it) => it.control.id !== '3.2')) {
      expect([control.id, verdict]).toEqual([
        control.id,
        control.manual === undefined ? (control.inherited === undefined ? 'NOT_ASKED' : 'INHERITED') : 'MANUAL',
      ]);
    }
  });
});

test('every control of the catalogue has a row, also those that no policy decides', () => {
  const controls = frameworks.map((it) => ({ framework: it.id, id: it.controls[0]?.id ?? '' }));
  const shown = frameworkRows(aResults({ policies: [aPolicy({ controls })] }));
  expect(shown.map(({ framework, rows }) => [framework.id, rows.length])).toEqual(
    frameworks.map((it) => [it.id, it.controls.length]),
  );
});

test('a framework of the organization’s own has the controls that its policies name', () => {
  const own = aPolicy({
    id: 'own',
    controls: [
      { framework: 'acme', id: 'LOG-2' },
      { framework: 'acme', id: 'LOG-1' },
    ],
  });
  const results = aResults({ policies: [own], evaluations: [on(1, { outcome: 'NON_COMPLIANT' }, 'own')] });
  expect(frameworkRows(results).map((it) => it.framework.id)).toEqual(['acme']);
  expect(frameworkRows(results)[0]?.rows.map((it) => [it.control.id, it.verdict])).toEqual([
    ['LOG-1', 'NON_COMPLIANT'],
    ['LOG-2', 'NON_COMPLIANT'],
  ]);
});

test('all formats say the same', () => {
  const evaluations = [on(1, { outcome: 'NON_COMPLIANT', evidence: ['a1'] }), on(2, {})];
  const results = aResults({ policies: [policy], evaluations });
  const validate = schemaCheck('schema/framework-report.v1.json', { allErrors: true });
  const document: unknown = JSON.parse([...frameworkJson(results)].join(''));
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
  expect(document).toMatchObject({ frameworks: [{ id: 'cis-3.0' }] });
  const row = /^\| 3\.2 .*$/m.exec([...frameworkMarkdown(results)].join(''))?.[0];
  expect(row).toContain('**fail** | 1 pass, 1 fail |');
  expect([...frameworkCsv(results)].find((it) => it.startsWith('cis-3.0,3.2,'))).toContain(
    `,2,automated,NON_COMPLIANT,,1,1,0,0,0,validates,${evaluations[0]?.fingerprint},a1,`,
  );
});

test('the terminal shows each control in a line, and what is to be done about it', () => {
  const evaluations = [on(1, { outcome: 'NON_COMPLIANT' }), on(2, {})];
  const results = aResults({ policies: [policy], evaluations });
  const shown = [...frameworkText(results, { columns: 100 })].join('');
  expect(shown).toMatch(/^ {2}fail {2,}3\.2 {2,}.*: 1 pass, 1 fail$/m);
  expect(shown).toMatch(/^ +validates fails on 1 account: 111111111111 \(account 1\)$/m);
  const ofNewer = aResults({ policies: [{ ...policy, controls: [{ framework: 'cis-7.0', id: '4.2' }] }] });
  expect([...frameworkText(ofNewer, { columns: 100 })].join('')).toMatch(/^ {2}by hand {2,}4\.10 /m);
  expect(shown).toContain('controls: 1 fail, ');
  expect(shown.split('\n').filter((line) => line.length > 100)).toEqual([]);
  expect([...frameworkText(results, { columns: 100, color: true })].join('')).toContain('\u001B[31mfail');
});

describe('a control that another system satisfies', () => {
  const siem = {
    id: 'SIEM-1',
    controls: [{ framework: 'cis-3.0', id: '3.2' }],
    statement: 'The SIEM checks each digest file.',
    owner: 'soc',
    expires: '2027-01-01',
    isExpired: false,
  };
  const failing = [on(1, { outcome: 'NON_COMPLIANT' })];
  const ended = { ...siem, id: 'SIEM-0', expires: '2020-01-01', isExpired: true };

  test('fails all the same where it is about a setting, and says that it is attested', () => {
    const row = rowOf(aResults({ policies: [policy], evaluations: failing, attestations: [siem] }));
    expect(row).toMatchObject({ verdict: 'NON_COMPLIANT', deciding: failing });
    expect(row.reason).toBe(
      'It fails, though it is attested: The SIEM checks each digest file. (SIEM-1, soc, until 2027-01-01)',
    );
  });

  test('is waived all the same where what is waived is a setting', () => {
    const waived = [on(1, { outcome: 'NON_COMPLIANT', waiver })];
    const row = rowOf(aResults({ policies: [policy], evaluations: waived, attestations: [siem] }));
    expect(row).toMatchObject({ verdict: 'WAIVED', deciding: waived });
    expect(row.reason).toBe(
      'It fails and is waived, though it is attested: The SIEM checks each digest file. (SIEM-1, soc, until 2027-01-01)',
    );
  });

  test('is attested with what was not asked of it', () => {
    const disabled = [aDisabledPolicy({ policyId: policy.id, targets: 2, reason: 'legacy' })];
    const results = aResults({ policies: [policy], evaluations: [on(1, {})], attestations: [siem] });
    const row = rowOf({ ...results, disabled });
    expect(row.verdict).toBe('ATTESTED');
    expect(row.reason).toContain('validates is disabled for 2 resources: legacy');
  });

  test('is attested where it is about being notified, and its evaluations are counted all the same', () => {
    const controls = [{ framework: 'cis-3.0', id: '3.2' }];
    const alarm = aPolicy({ id: 'alarms-on-root-usage', controls });
    const evaluations = [on(1, { outcome: 'NON_COMPLIANT' }, alarm.id)];
    const row = rowOf(aResults({ policies: [alarm], evaluations, attestations: [siem] }));
    expect(row).toMatchObject({ verdict: 'ATTESTED', counts: { nonCompliant: 1 }, deciding: [] });
    expect(row.reason).toBe('The SIEM checks each digest file. (SIEM-1, soc, until 2027-01-01)');
  });

  test.each<[string, readonly Evaluation[], string]>([
    ['passes anyway', [on(1, {})], 'COMPLIANT'],
    ['applies to nothing', [], 'ATTESTED'],
    ['is not known', [on(1, { outcome: 'INSUFFICIENT_DATA' })], 'INSUFFICIENT_DATA'],
  ])('%s', (_, evaluations, verdict) => {
    expect(rowOf(aResults({ policies: [policy], evaluations, attestations: [siem] })).verdict).toBe(verdict);
  });

  test('is unknown or waived by the setting beside an alarm that another system makes up for', () => {
    const controls = [{ framework: 'cis-3.0', id: '3.2' }];
    const alarm = aPolicy({ id: 'alarms-on-root-usage', controls });
    const unheard = on(1, { outcome: 'NON_COMPLIANT' }, alarm.id);
    const unread = on(1, { outcome: 'INSUFFICIENT_DATA' });
    const verdict = (evaluations: readonly Evaluation[]) =>
      rowOf(aResults({ policies: [alarm, policy], evaluations, attestations: [siem] }));
    expect(verdict([unheard, unread])).toMatchObject({ verdict: 'INSUFFICIENT_DATA', deciding: [unread] });
    expect(verdict([unheard, unread]).reason).toContain('It is not known, though it is attested: ');
    const accepted = on(1, { outcome: 'NON_COMPLIANT', waiver });
    expect(verdict([unheard, accepted])).toMatchObject({ verdict: 'WAIVED', deciding: [accepted] });
    expect(verdict([unheard, on(1, {})]).verdict).toBe('ATTESTED');
    expect(verdict([on(1, { outcome: 'INSUFFICIENT_DATA' }, alarm.id), on(1, {})]).verdict).toBe('ATTESTED');
  });

  test('is not attested any more, and says since when', () => {
    const row = rowOf(aResults({ policies: [policy], evaluations: failing, attestations: [ended] }));
    expect(row).toMatchObject({ verdict: 'NON_COMPLIANT', deciding: failing });
    expect(row.reason).toBe('The attestation SIEM-0 of soc ended on 2020-01-01');
  });

  test('is attested for this control alone', () => {
    const results = aResults({ policies: [policy], evaluations: failing, attestations: [siem] });
    expect(rowOf(results, '3.5').verdict).toBe('NOT_ASKED');
    expect(rowOf(aResults({ policies: [policy], attestations: [siem] }), '4.10', 'cis-7.0').verdict).toBe('MANUAL');
  });

  test('is shown in every format', () => {
    const results = aResults({ policies: [policy], evaluations: failing, attestations: [siem, ended] });
    const validate = schemaCheck('schema/framework-report.v1.json', { allErrors: true });
    const document: unknown = JSON.parse([...frameworkJson(results)].join(''));
    validate(document);
    expect(validate.errors ?? []).toEqual([]);
    const texts = [frameworkMarkdown, frameworkText, frameworkCsv, frameworkJson].map((it) =>
      [...it(results)].join(''),
    );
    for (const text of texts) {
      expect(text).toMatch(/attested/i);
      expect(text.replaceAll(/\s+/g, ' ')).toContain('SIEM checks each digest file');
      expect(text).toContain('SIEM-0');
    }
  });
});

describe('what was asked in part is no pass', () => {
  const controls = [{ framework: 'cis-3.0', id: '3.1' }];
  const logging = aPolicy({ id: 'trail-is-logging', controls });
  const holds = [on(1, {}, logging.id)];
  const all = [
    aPolicy({ id: 'account-has-multi-region-trail', controls, params: { managementEvents: true } }),
    aPolicy({ id: 'account-records-management-events', controls, params: { eventDataStores: false } }),
    aPolicy({ id: 'trail-is-logging', controls }),
  ];

  test('policies that serve it are not in the run', () => {
    const row = rowOf(aResults({ policies: [logging], evaluations: holds }), '3.1');
    expect(row).toMatchObject({ verdict: 'NOT_ASKED', counts: { compliant: 1 } });
    expect(row.reason).toContain('Not in this run: account-has-multi-region-trail, account-records-management-events');
    expect(rowOf(aResults({ policies: all, evaluations: holds }), '3.1').verdict).toBe('COMPLIANT');
  });

  test('a policy is disabled for some', () => {
    const disabled = [aDisabledPolicy({ policyId: logging.id, targets: 2, reason: 'legacy' })];
    const row = rowOf({ ...aResults({ policies: all, evaluations: holds }), disabled }, '3.1');
    expect(row).toMatchObject({ verdict: 'NOT_ASKED' });
    expect(row.reason).toContain('trail-is-logging is disabled for 2 resources: legacy');
  });

  test('a benchmark demands trails, and event data stores were let count', () => {
    const lax = all.map((it) => ({ ...it, params: { eventDataStores: true } }));
    const row = rowOf(aResults({ policies: lax, evaluations: holds }), '3.1');
    expect(row.verdict).toBe('NOT_ASKED');
    expect(row.reason).toContain('account-records-management-events was asked with eventDataStores true, not false');
  });

  test('a framework demands the very text of a pattern', () => {
    const alarm = (mode: string) =>
      aPolicy({
        id: 'alarms-on-vpc-changes',
        controls: [{ framework: 'security-hub', id: 'CloudWatch.14' }],
        params: { mode },
      });
    const evaluations = [on(1, {}, 'alarms-on-vpc-changes')];
    const verdictIn = (mode: string) =>
      rowOf(aResults({ policies: [alarm(mode)], evaluations }), 'CloudWatch.14', 'security-hub').verdict;
    expect([verdictIn('covers'), verdictIn('literal')]).toEqual(['NOT_ASKED', 'COMPLIANT']);
    // A binding asks one account for less.
    const bound = evaluations.map((it) => Object.assign({}, it, { params: { mode: 'covers' } }));
    const results = aResults({ policies: [alarm('literal')], evaluations: bound });
    const row = rowOf(results, 'CloudWatch.14', 'security-hub');
    expect(row.verdict).toBe('NOT_ASKED');
    expect(row.reason).toContain('alarms-on-vpc-changes was asked of 1 resource with mode covers, not literal');
  });

  test('a number that asks for more is no less than what is demanded', () => {
    const verdictIn = (framework: string, id: string, policyId: string, params: PolicySummary['params']) => {
      const asked = aPolicy({ id: policyId, controls: [{ framework, id }], params });
      const evaluations = [on(1, {}, policyId)];
      return rowOf(aResults({ policies: [asked], evaluations }), id, framework).verdict;
    };
    const rotating = (maxRotationDays: unknown) =>
      verdictIn('security-hub', 'KMS.4', 'kms-key-rotates', { maxRotationDays });
    expect([90, 2560, 9999, '90'].map(rotating)).toEqual(['COMPLIANT', 'COMPLIANT', 'NOT_ASKED', 'NOT_ASKED']);
    const by = ['compliance-lock', 'governance-lock'];
    const locked = (minDays: number) => verdictIn('security-hub', 'S3.15', 'log-bucket-is-locked', { by, minDays });
    expect([1, 3650, 0].map(locked)).toEqual(['COMPLIANT', 'COMPLIANT', 'NOT_ASKED']);
  });

  test('a parameter is told that is not the policy’s own, and accounts that were left out', () => {
    const others = all.filter((it) => it.id !== 'account-has-multi-region-trail');
    const lax = aPolicy({
      id: 'account-has-multi-region-trail',
      controls,
      params: { managementEvents: true, maxFailure: '720h' },
    });
    const policies = [lax, ...others];
    const outOfScope = [{ id: '222222222222', name: 'b', reason: 'not named by --account' }];
    const row = rowOf(aResults({ policies, evaluations: holds, accounts: { evaluated: 1, outOfScope } }), '3.1');
    expect(row.verdict).toBe('COMPLIANT');
    expect(row.reason).toContain('asked with maxFailure 720h instead of 24h');
    expect(row.reason).toContain('This is said without 1 of 2 accounts, which the run left out');
  });
});

describe('an auditor is told over which accounts a verdict was reached', () => {
  const outOfScope = [{ id: '222222222222', name: 'old', reason: 'not named by --account' }];
  const unreadable = [{ id: '333333333333', name: 'locked', reason: 'sts:AssumeRole was denied' }];
  const accounts = { evaluated: 1, outOfScope, unreadable };
  const results = aResults({ policies: [policy], evaluations: [on(1, {})], accounts });

  test('in JSON, by id and reason', () => {
    expect(JSON.parse([...frameworkJson(results)].join(''))).toMatchObject({
      source: 'live',
      interrupted: false,
      accounts,
    });
  });

  test('in each row of CSV', () => {
    const [head = '', ...rows] = [...frameworkCsv(results)];
    expect(head.trimEnd()).toMatch(
      /,accounts_listed,accounts_evaluated,accounts_not_readable,accounts_left_out,accounts_not_evaluated,source$/,
    );
    expect(rows.filter((it) => !it.endsWith(',3,1,1,1,222222222222 and 333333333333,live\r\n'))).toEqual([]);
  });

  test.each([
    ['Markdown', frameworkMarkdown],
    ['text', frameworkText],
  ])('at the head of %s', (_, report) => {
    const text = [...report(results)].join('').replaceAll(/\s+/g, ' ');
    expect(text).toContain('Accounts: 1 of 3 evaluated, 1 not readable, 1 left out');
    expect(text).toMatch(
      /Not readable, what is asked of them is unknown: 333333333333 .locked.: sts:AssumeRole was denied/,
    );
    expect(text).toMatch(/Left out, no verdict covers them: 222222222222 .old.: not named by/);
  });
});

test('an account stands for what could not be listed there', () => {
  const found = anEvaluation({ policyId: 'validates', outcome: 'INSUFFICIENT_DATA' });
  const rest = { type: 'trail', id: '333333333333', accountId: '333333333333', region: '*' } as const;
  const open = [anEvaluation({ policyId: 'validates', outcome: 'INSUFFICIENT_DATA', target: rest })];
  for (const report of [frameworkText, frameworkMarkdown]) {
    const plain = (evaluations: readonly Evaluation[]) =>
      [...report(aResults({ policies: [policy], evaluations }))].join('').replaceAll('`', '').replaceAll(/\s+/g, ' ');
    expect(plain(open)).toContain('validates is unknown for what is in 1 account: 333333333333');
    expect(plain([found, ...open])).toContain('validates is unknown for 1 resource and what else is in 1 account: ');
  }
});

test('what is unknown names what could not be read, and what holds the calls that answered', () => {
  const gap = aGap({ id: 'g1', call: 'cloudtrail:GetTrailStatus', reason: 'access-denied' });
  const open = aResults({
    policies: [policy],
    evaluations: [on(1, { outcome: 'INSUFFICIENT_DATA', gaps: ['g1'] })],
    gaps: [gap],
  });
  const held = aResults({
    policies: [policy],
    evaluations: [on(1, { evidence: ['a1'] })],
    evidence: [anEvidence({ id: 'a1', call: 'cloudtrail:DescribeTrails' })],
  });
  for (const report of [frameworkText, frameworkMarkdown]) {
    const plain = (results: Results) => [...report(results)].join('').replaceAll('`', '').replaceAll(/\s+/g, ' ');
    expect(plain(open)).toContain(
      'validates is unknown for 1 account: 111111111111 (account 1); not read: cloudtrail:GetTrailStatus (access-denied)',
    );
    expect(plain(held)).toContain('cloudtrail:DescribeTrails');
  }
});
