import { expect, test } from 'vitest';
import { loadActivity } from '../../test/support/activity-policies.js';

const where = "event.eventSource == 'iam.amazonaws.com' && event.eventName == 'CreateUser'";

/** What is wrong in a policy on events. */
function wrong(rest: string): readonly string[] {
  return loadActivity({ it: rest }).diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test('each form loads without a word', () => {
  const forms = [
    `never: { where: "${where}" }`,
    `at-most: { where: "${where}", by: [event.principal], count: 5, within: 10m }`,
    `at-most: { where: "${where}", count: 5, within: 2d, distinct: event.principal }`,
    `followed-by: { where: "${where}", then: "${where}", same: [event.principal], within: 15m }`,
    `happens: { where: "${where}", at-least: 2, every: 92d }`,
  ];
  for (const form of forms) expect(wrong(`activity: { ${form} }\nmessage: M`)).toEqual([]);
});

test.each([
  ['no message', `activity: { never: { where: "${where}" } }`, ["missing-key: 'message' is missing"]],
  [
    'an assertion beside it',
    `activity: { never: { where: "${where}" } }\nmessage: M\nassert: [{ id: a, expr: "true", message: M }]`,
    ["unknown-key: 'assert' has no place here"],
  ],
  [
    'an incident without an activity',
    'assert: [{ id: a, expr: "0 in [0]", message: M }]\nincident: { by: [event.principal] }',
    ["unknown-key: 'incident' has no place here"],
  ],
  [
    'two forms',
    `activity: { never: { where: "${where}" }, happens: { where: "${where}", every: 1d } }\nmessage: M`,
    ['activity-form: an activity asks just one thing'],
  ],
  ['no form', 'activity: { except: event.isRoot }\nmessage: M', ['activity-form: the activity asks nothing']],
  [
    'a misspelt field',
    'activity: { never: { where: event.isRot } }\nmessage: M',
    ["unknown-field: Event has no field 'isRot'"],
  ],
  [
    'a field that may be absent',
    `activity: { never: { where: "event.errorCode == 'AccessDenied'" } }\nmessage: M`,
    ["optional-field: 'errorCode' may be absent"],
  ],
  [
    'a part of JSON without a guard',
    `activity: { never: { where: "event.requestParameters.name == 'main'" } }\nmessage: M`,
    ["optional-field: 'name' may be absent"],
  ],
  [
    'a name of the state',
    'activity: { never: { where: account.isManagement } }\nmessage: M',
    ["unknown-name: there is no 'account' here"],
  ],
  [
    'a count that is a duration',
    `params: { within: { type: duration, default: 10m } }\nactivity: { at-most: { where: "${where}", count: params.within, within: 10m } }\nmessage: M`,
    ['types: this must be int, but it is duration'],
  ],
  [
    'a time of nothing',
    `activity: { at-most: { where: "${where}", count: 5, within: 0s } }\nmessage: M`,
    ["duration: '0s' is not a time span"],
  ],
  [
    'an event in the message of what does not happen',
    `activity: { happens: { where: "${where}", every: 1d } }\nmessage: "\${event.principal}"`,
    ["unknown-name: there is no 'event' here"],
  ],
  [
    'event and incident in one placeholder',
    `activity: { never: { where: "${where}" } }\nmessage: "\${event.principal + incident.key}"`,
    ['activity-form: one ${…} uses both the event and the incident'],
  ],
  [
    'a sum beside distinct',
    `activity: { at-most: { where: "${where}", count: 5, within: 1h, distinct: event.principal, sum: "1" } }\nmessage: M`,
    ['activity-form: distinct counts values, and sum adds numbers up: there is one count'],
  ],
  [
    'grouping what does not happen',
    `activity: { happens: { where: "${where}", every: 1d } }\nincident: { by: [event.principal] }\nmessage: M`,
    ['activity-form: what does not happen is one finding an account'],
  ],
  [
    'a parameter that nothing reads',
    `params: { unused: { type: integer, default: 1 } }\nactivity: { never: { where: "${where}" } }\nmessage: M`,
    ["unused: no expression reads the parameter 'unused': setting it changes nothing"],
  ],
])('%s', (_, rest, expected) => {
  expect(wrong(rest)).toEqual(expected);
});

test('what the condition proves needs no guard behind it', () => {
  expect(
    wrong(
      'activity: { at-most: { where: has(event.errorCode), by: [event.errorCode], count: 1, within: 1h } }\nmessage: "${event.errorCode}"',
    ),
  ).toEqual([]);
});
