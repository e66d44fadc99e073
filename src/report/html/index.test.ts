import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { hostileOrganization, organizationWithFindings } from '../../../test/golden/scenarios.js';
import { aPolicy, aResults, anAccountTarget, anEvaluation, aTarget } from '../../../test/support/results-builders.js';
import type { Results } from '../../model/results.js';
import { html } from './index.js';
import { Selection, type Filter } from './browser/select-entries.js';
import { pageData } from './page-data.js';

function written(results: Results): string {
  return [...html(results)].join('');
}

function dataIn(page: string): unknown {
  const [, text = ''] = /<script id="data" type="application\/json">([^]*?)<\/script>/.exec(page) ?? [];
  return JSON.parse(text);
}

test('only our own style and script run: the policy names them by their hashes, and nothing else', () => {
  const page = written(organizationWithFindings());
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  const hashOf = (element: string) => {
    const [, text = ''] = new RegExp(`<${element}>([^]*?)</${element}>`).exec(page) ?? [];
    return `sha256-${createHash('sha256').update(text).digest('base64')}`;
  };
  expect(policy.replaceAll('&#39;', "'")).toBe(
    `default-src 'none'; style-src '${hashOf('style')}'; script-src '${hashOf('script')}'; base-uri 'none'; form-action 'none'`,
  );
  expect(page).not.toMatch(/ (?:style|on\w+)="/);
});

test('the page holds every evaluation, whatever stands in it', () => {
  for (const results of [organizationWithFindings(), hostileOrganization()]) {
    const page = written(results);
    expect(dataIn(page)).toEqual(JSON.parse(JSON.stringify(pageData(results))));
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page.match(/<\/script/g)).toHaveLength(2);
  }
});

test('no name becomes markup, in the page or in what its script shows', () => {
  const name = '</script><img src=x onerror=alert(1)>';
  const results = aResults({ evaluations: [anEvaluation({ outcome: 'NON_COMPLIANT', target: aTarget({ name }) })] });
  const page = written(results);
  expect(page).not.toContain('<img');
  expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;');
});

describe('coverage', () => {
  const regions = [
    { names: ['eu-central-1', 'eu-west-1'], read: 'full', write: 'full' },
    { names: ['us-east-1'], read: 'none', write: 'full' },
  ] as const;

  test('is a grid of accounts by Regions', () => {
    const page = written({
      ...aResults(),
      accounts: [{ id: '111111111111', name: 'payments', path: ['Root', 'Prod'] }],
      recording: [{ accounts: ['111111111111'], regions }],
    });
    expect(page).toContain('payments (111111111111)<br><span class="ou">Root / Prod</span>');
    expect(page.match(/<td class="full"/g)).toHaveLength(2);
    expect(page).toContain('<td class="partial" title="read: none, write: full">');
  });

  test('has one row for many accounts in the same state', () => {
    const ids = [...Array(61).keys()].map((it) => String(it).padStart(12, '1'));
    const page = written({ ...aResults(), recording: [{ accounts: ids, regions }] });
    expect(page).toContain('<summary>61 accounts</summary>');
    expect(page.match(/<td class="partial"/g)).toHaveLength(1);
  });

  test('says when it was not read', () => {
    expect(written(aResults())).toContain('This run did not read what is recorded in each Region.');
    const logs = {
      from: '2026-11-20T00:00:00.000Z',
      to: '2026-11-21T00:00:00.000Z',
      cells: 96,
      proven: 0,
      present: 94,
      silent: 2,
      unreadable: [],
    };
    const results = aResults();
    const ofLogs = { ...results, coverage: { ...results.coverage, logs } };
    expect(written(ofLogs)).toContain('94 with log files, 2 without a log file');
  });
});

describe('the list of evaluations', () => {
  const results: Results = {
    ...aResults({
      policies: [
        aPolicy({ controls: [{ framework: 'cis-3.0', id: '3.1' }] }),
        aPolicy({ id: 'other', controls: [{ framework: 'cis-3.0', id: '3.10' }] }),
      ],
      evaluations: [
        anEvaluation({
          target: anAccountTarget('1', 'payments'),
          outcome: 'NON_COMPLIANT',
          message: 'Stopped by hand.',
        }),
        anEvaluation({ target: anAccountTarget('2', 'shop'), outcome: 'NON_COMPLIANT', severity: 'critical' }),
        anEvaluation({ policyId: 'other', target: anAccountTarget('1', 'payments'), severity: 'low' }),
      ],
    }),
    accounts: [
      { id: '1', name: 'payments', path: ['Root', 'Prod'] },
      { id: '2', name: 'shop', path: ['Root', 'Prod', 'Web'] },
    ],
  };
  const all: Filter = { search: '', show: '', severity: '', policy: '', control: '', ou: '', account: '' };
  const selection = new Selection(pageData(results));
  const found = (filter: Partial<Filter>) =>
    selection.matching({ ...all, ...filter }).map((it) => `${it.name} ${it.severity}`);

  test.each<[Partial<Filter>, string[]]>([
    [{}, ['shop critical', 'payments high', 'payments low']],
    [{ show: 'findings' }, ['shop critical', 'payments high']],
    [{ show: 'COMPLIANT' }, ['payments low']],
    [{ show: 'waived' }, []],
    [{ search: 'HAND stopped' }, ['payments high']],
    [{ severity: 'critical' }, ['shop critical']],
    [{ policy: 'other' }, ['payments low']],
    [{ control: 'cis-3.0' }, ['shop critical', 'payments high', 'payments low']],
    [{ control: 'cis-3.0 3.1' }, ['shop critical', 'payments high']],
    [{ ou: 'Root / Prod' }, ['shop critical', 'payments high', 'payments low']],
    [{ ou: 'Root / Prod / Web' }, ['shop critical']],
    [{ account: '1' }, ['payments high', 'payments low']],
  ])('%j', (filter, expected) => {
    expect(found(filter)).toEqual(expected);
  });

  test.each([
    ['severity', ['critical', 'high', 'low']],
    ['account', ['payments (1)', 'shop (2)']],
    ['ou', ['Root / Prod', 'Root / Prod / Web']],
    ['control', ['cis-3.0 3.1', 'cis-3.0 3.10']],
  ] as const)('grouped by %s', (grouping, labels) => {
    expect(selection.grouped(selection.matching(all), grouping).map((it) => it.label)).toEqual(labels);
  });
});
