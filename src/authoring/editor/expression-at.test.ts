import { expect, test } from 'vitest';
import { complete } from '../../expression/index.js';
import { expressionAt } from './expression-at.js';

const language = { view: { types: { object: () => undefined, names: [] }, targets: new Map() }, functions: [] };

/** What may be written at the mark in a policy on events. */
function offered(marked: string): readonly string[] {
  const offset = marked.indexOf('|>');
  const text = marked.replace('|>', '');
  const found = expressionAt(text, offset, language);
  if (found === undefined) return [];
  return complete(found.source.slice(0, found.at), found.environment).items.map((it) => it.label);
}

const policy = (activity: string, message = 'M'): string =>
  `target: account\nparams:\n  failures: { type: integer, default: 5 }\nactivity:\n  at-most:\n${activity}message: ${message}\n`;

test('a condition on events is offered the fields of an event', () => {
  expect(offered(policy('    where: event.|>\n'))).toEqual(
    expect.arrayContaining(['eventName', 'isRoot', 'principal']),
  );
  expect(offered(policy('    where: event.isRoot\n    by: [event.source|>]\n'))).toContain('sourceIPAddress');
});

test('a count is offered the parameters alone', () => {
  expect(offered(policy('    where: event.isRoot\n    count: params.|>\n'))).toEqual(['failures']);
  expect(offered(policy('    where: event.isRoot\n    count: |>p\n'))).not.toContain('event');
});

test('so is a baseline, and what must be familiar the event', () => {
  expect(offered(policy('    baseline: params.|>\n'))).toEqual(['failures']);
  expect(offered(policy('    what: [event.source|>]\n'))).toContain('sourceIPAddress');
});

test('a message is offered the incident, too', () => {
  expect(offered(policy('    where: event.isRoot\n', '"${incident.|>}"'))).toEqual(
    expect.arrayContaining(['key', 'count', 'firstAt']),
  );
});
