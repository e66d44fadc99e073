import { expect, test } from 'vitest';
import { organizationWithFindings } from '../../../test/golden/scenarios.js';
import { aHistory, type Step } from '../../../test/support/history-builders.js';
import { render } from '../index.js';
import { historyHtml } from './html.js';
import { historyMarkdown } from './markdown.js';

const steps: Step[] = [
  ['01T00', 'COMPLIANT'],
  ['02T06', 'NON_COMPLIANT'],
  ['05T06', 'COMPLIANT'],
];

function section(html: string): string {
  return /<section id="timeline">.*?<\/section>/s.exec(html)?.[0] ?? '';
}

test('what the picture shows stands in its text and in the table', () => {
  const html = section([...historyHtml(aHistory(steps))].join(''));
  expect(html).toContain(
    '2026-03-01 to 2026-03-07: 1 finding opened or reopened, 1 closed or waived. At the end 0 open.',
  );
  expect(html.match(/<g><title>[^<]*<\/title>/g)).toHaveLength(7);
  expect(html).toContain('<title>2026-03-04: 0 opened, 0 closed, 1 open, no complete run</title>');
  expect(html.match(/<th scope="row">[\d-]+/g)).toEqual(['<th scope="row">2026-03-05', '<th scope="row">2026-03-02']);
  expect(html).toContain('<strong>Opened</strong> <span class="badge high">high</span> policy-0: Trail main');
});

test('a day of many changes names the first, and counts the rest', () => {
  const html = section([...historyHtml(aHistory(...Array.from({ length: 25 }, () => steps)))].join(''));
  expect(html.match(/<strong>Opened<\/strong>/g)).toHaveLength(10);
  expect(html).toContain('<li>and 15 more</li>');
});

test('names of the history become no markup, and run nothing', () => {
  const history = aHistory(steps);
  const target = { ...history.timelines[0]?.target, type: 'trail', name: '<img src=x onerror=alert(1)>' };
  const hostile = {
    ...history,
    timelines: history.timelines.map((it) => Object.assign({}, it, { target })),
  } as typeof history;
  const html = [...historyHtml(hostile)].join('');
  expect(html).toContain('&lt;img src=x');
  expect(html).not.toContain('<img');
  expect(html).not.toContain('<script');
  expect([...historyMarkdown(hostile)].join('')).not.toContain('<img');
});

test('the report of a scan has it with --history, and the short one leaves it out', () => {
  const history = aHistory(steps);
  const results = organizationWithFindings();
  const html = [...render('html', results, { history })].join('');
  expect(html).toContain('<li><a href="#timeline">Timeline</a></li>');
  expect(section(html)).toContain('changed between the runs of');
  const markdown = [...render('markdown', results, { history })].join('');
  expect(markdown).toContain('## Timeline\n\n2026-03-01 00:00:00 UTC to 2026-03-08 00:00:00 UTC');
  expect(markdown).toContain('| 2026-03-02 | 1 | 0 | 0 | 0 | 1 | 0 |');
  expect([...render('markdown', results, { history, maxBytes: 1000 })].join('')).not.toContain('## Timeline');
  expect([...render('html', results)].join('')).not.toContain('id="timeline"');
});
