import { keyIsPublic } from './is-public.js';
import { array, assert, constantFrom, dictionary, json, jsonValue, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { aDocument, anAllow } from '../../../test/support/iam-builders.js';
import { anonymous, evaluateIam, isPublic, parseIamDocument } from './index.js';

const anything = { requester: anonymous(), actions: ['*'], resources: ['*'] };

test.each([
  ['', 'The document is not valid JSON (Unexpected end of JSON input).'],
  ['{', 'The document is not valid JSON ('],
  ['null', 'The document is not a JSON object.'],
  ['[]', 'The document is not a JSON object.'],
  ['{"Statement":[],"Version":"2020-01-01"}', "The document's Version is neither 2012-10-17 nor 2008-10-17."],
  ['{"Statement":[],"statement":[]}', 'The document has an element that IAM does not know: statement.'],
  ['{"Statement":[],"Statement":[]}', 'The document has the key "Statement" twice.'],
  ['{"Statement":{"Effect":"Deny","Eff\\u0065ct":"Allow"}}', 'The document has the key "Effect" twice.'],
  [
    `{"Statement":"${'x'.repeat(200_000)}"}`,
    'The document has 200016 characters, more than any IAM document may have.',
  ],
  ['['.repeat(100_000), 'The document is not valid JSON ('],
])('%.60s is unknown with a reason', (text, problem) => {
  const document = parseIamDocument(text, 'resource');
  const { allowed, denied } = evaluateIam(document, anything);
  expect(document).toEqual({ problem: expect.stringContaining(problem) });
  expect(allowed).toMatchObject({ answer: 'unknown', because: [expect.any(String)] });
  expect(denied.answer).toBe('unknown');
  expect(isPublic(document).verdict).toBe('unknown');
});

test('nesting, however deep, is a problem of its statement', () => {
  const nested = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
  const document = parseIamDocument(`{"Statement":${nested}}`, 'resource');
  expect(document).toMatchObject({ problems: ['statement 1 is not a JSON object.'] });
  expect(evaluateIam(document, anything).allowed.answer).toBe('unknown');
});

test.each<[elements: Record<string, unknown>, problem: string]>([
  [{ Effect: 'allow' }, 'has an Effect that is neither Allow nor Deny'],
  [{ Effect: undefined }, 'has an Effect that is neither Allow nor Deny'],
  [{ Effect: ['Allow'] }, 'has an Effect that is neither Allow nor Deny'],
  [{ Sid: 5 }, 'has a Sid that is not a text'],
  [{ effect: 'Deny' }, 'has an element that IAM does not know: effect'],
  [{ Principal: undefined }, 'has no Principal'],
  [{ NotPrincipal: '*' }, 'has both Principal and NotPrincipal'],
  [{ Principal: 'me' }, 'has a Principal that is neither "*" nor an object that names principals'],
  [{ Principal: ['*'] }, 'has a Principal that is neither "*" nor an object that names principals'],
  [{ Principal: {} }, 'has a Principal that is neither "*" nor an object that names principals'],
  [{ Principal: { AWS: [] } }, 'has a Principal whose AWS is neither a text nor a list of texts'],
  [{ Principal: { AWS: [['*']] } }, 'has a Principal whose AWS is neither a text nor a list of texts'],
  [{ Principal: { AWS: null } }, 'has a Principal whose AWS is neither a text nor a list of texts'],
  [{ Principal: { AWS: 'arn:aws:iam::*:root' } }, 'has a Principal that names no principal: AWS arn:aws:iam::*:root'],
  [{ Principal: { AWS: '1234' } }, 'has a Principal that names no principal: AWS 1234'],
  [{ Principal: { Service: '*' } }, 'has a Principal that names no principal: Service *'],
  [{ Principal: { Anyone: '*' } }, 'has a Principal that names no principal: Anyone *'],
  [{ Action: undefined }, 'needs one of Action and NotAction'],
  [{ NotAction: 's3:*' }, 'needs one of Action and NotAction'],
  [{ Action: [] }, 'has an Action that is neither a text nor a list of texts'],
  [{ Action: [['s3:*']] }, 'has an Action that is neither a text nor a list of texts'],
  [{ Action: 's3' }, 'has an Action that names no action: s3'],
  [{ Resource: undefined }, 'needs one of Resource and NotResource'],
  [{ Resource: { arn: '*' } }, 'has a Resource that is neither a text nor a list of texts'],
  [{ Condition: [] }, 'has a Condition that is not an object'],
  [{ Condition: 'true' }, 'has a Condition that is not an object'],
  [{ Condition: { StringEquals: 'a' } }, 'has a condition operator whose value is not an object: StringEquals'],
  [{ Condition: { Equals: { a: 'b' } } }, 'has a condition operator that IAM does not know: Equals'],
  [{ Condition: { constructor: { a: 'b' } } }, 'has a condition operator that IAM does not know: constructor'],
  [
    { Condition: { 'ForAnyValue:Null': { a: 'b' } } },
    'has a condition operator that IAM does not know: ForAnyValue:Null',
  ],
  [
    { Condition: { StringEquals: { 'aws:x': null } } },
    'has values of the condition key aws:x that are neither a text nor a list of texts',
  ],
  [
    { Condition: { StringEquals: { 'aws:x': [] } } },
    'has values of the condition key aws:x that are neither a text nor a list of texts',
  ],
  [
    { Condition: { StringEquals: { 'aws:x': 'a', 'AWS:X': 'b' } } },
    'has the condition key aws:x twice under StringEquals',
  ],
])('%j is a problem of its statement and leaves it undecided', (elements, problem) => {
  const document = aDocument(anAllow(elements));
  expect(document).toMatchObject({ problems: [`statement 1 ${problem}.`] });
  expect(evaluateIam(document, anything).allowed).toMatchObject({
    answer: 'unknown',
    because: [expect.stringContaining(problem)],
  });
});

test('an empty Condition, and an operator without keys, test nothing', () => {
  for (const Condition of [{}, { StringEquals: {} }]) {
    expect(aDocument(anAllow({ Condition }))).toMatchObject({ problems: [] });
    expect(isPublic(aDocument(anAllow({ Condition }))).verdict).toBe('yes');
  }
});

test('variables are text in documents of the old version', () => {
  const statement = anAllow({ Resource: 'arn:aws:s3:::logs/${aws:userid}' });
  const requests = { ...anything, resources: ['arn:aws:s3:::logs/anonymous'] };
  const answers = [{ Version: '2012-10-17' }, { Version: '2008-10-17' }, {}].map((version) => {
    const document = parseIamDocument(JSON.stringify({ ...version, Statement: statement }), 'resource');
    return evaluateIam(document, { ...requests, actions: ['s3:GetObject'] }).allowed.answer;
  });
  expect(answers).toEqual(['always', 'never', 'never']);
});

test('no text makes it throw', () => {
  const texts = oneof(
    string(),
    json(),
    json().map((it) => `{"Version":"2012-10-17","Statement":${it}}`),
  );
  assert(
    property(texts, (text) => {
      const { verdict } = isPublic(parseIamDocument(text, 'resource'));
      expect(['yes', 'no', 'unknown']).toContain(verdict);
    }),
  );
});

test('no statement makes it throw, however wrong its elements are', () => {
  const names = ['Effect', 'Principal', 'NotPrincipal', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];
  const statement = dictionary(constantFrom(...names), oneof(jsonValue(), constantFrom('Allow', 'Deny', '*')));
  assert(
    property(array(statement, { maxLength: 3 }), (statements) => {
      expect(['yes', 'no', 'unknown']).toContain(isPublic(aDocument(...statements)).verdict);
    }),
  );
});

test('a document without statements allows nothing', () => {
  expect(parseIamDocument('{}', 'resource')).toMatchObject({ statements: [], problems: [] });
  expect(keyIsPublic(parseIamDocument('{"Version":"2012-10-17"}', 'resource')).verdict).toBe('no');
});

test.each<[elements: Record<string, unknown>]>([
  [{ Effect: 'Allow', Principal: '*', Action: 'kms:*' }],
  [{ Effect: 'Allow', Principal: '*', Resource: '*' }],
  [{ Effect: 'Deny', Principal: '*', Action: 'kms:*' }],
])('in a key policy %j has no effect, as it lacks Resource or Action', (elements) => {
  const others = {
    Effect: 'Allow',
    Principal: { AWS: 'arn:aws:iam::111122223333:root' },
    Action: 'kms:*',
    Resource: '*',
  };
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [elements, others] });
  const document = parseIamDocument(text, 'key');
  expect(document).toMatchObject({ problems: [], statements: [{ label: 'statement 2' }] });
  expect(parseIamDocument(text, 'resource')).toMatchObject({ problems: [expect.stringContaining('needs one of')] });
});
