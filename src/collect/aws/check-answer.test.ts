import { describe, expect, test } from 'vitest';
import { MalformedAnswer } from '../../normalize/malformed-answer.js';
import { answerFormOf, type AnswerForm } from './answer-form.js';
import { checkAnswer, type WholeAnswer } from './check-answer.js';

const forms = {
  json: answerFormOf('cloudtrail:ListTrails', 'json', undefined),
  query: answerFormOf('sts:AssumeRole', 'query', undefined),
  s3: answerFormOf('s3:GetBucketLogging', 'rest-xml', { is: 'xml', roots: ['BucketLoggingStatus'] }),
  policy: answerFormOf('s3:GetBucketPolicy', 'rest-xml', { is: 'json' }),
  object: answerFormOf('s3:GetObject', 'rest-xml', { is: 'content' }),
  head: answerFormOf('s3:HeadBucket', 'rest-xml', { is: 'none' }),
} as const satisfies Readonly<Record<string, AnswerForm>>;

type FormName = keyof typeof forms;

interface Parts extends Partial<Omit<WholeAnswer, 'body'>> {
  readonly text?: string;
}

function check(form: FormName, { text = '', ...parts }: Parts): void {
  const headers = { 'x-amzn-requestid': 'a-request' };
  const method = form === 'head' ? 'HEAD' : 'GET';
  checkAnswer({ method, status: 200, headers, ...parts, body: Buffer.from(text) }, forms[form]);
}

const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n';
const logging = `${xmlHead}<BucketLoggingStatus xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`;
const page = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Welcome</body></html>';

describe('what AWS writes passes', () => {
  test.each<[string, FormName, Parts]>([
    ['a JSON object', 'json', { text: '{"Trails":[]}' }],
    ['an empty one: whether that says enough is for its reader', 'json', { text: '{}' }],
    [
      'a document named after the operation',
      'query',
      { text: '<AssumeRoleResponse xmlns="x"><a/></AssumeRoleResponse>' },
    ],
    ['an empty element', 's3', { text: logging }],
    ['one with white space around it', 's3', { text: `\n${logging}\n` }],
    ['a stored policy', 'policy', { text: '{"Statement":[]}' }],
    ['an object', 'object', { text: page }],
    ['a part of an object', 'object', { text: 'abc', status: 206 }],
    ['an empty object', 'object', {}],
    ['the answer to HEAD', 'head', {}],
    ["S3's own header", 's3', { text: logging, headers: { 'x-amz-request-id': 'a-request' } }],
    ['an error in JSON', 'json', { status: 400, text: '{"__type":"TrailNotFoundException"}' }],
    [
      'an error in a header',
      'json',
      { status: 403, headers: { 'x-amzn-requestid': 'a', 'x-amzn-errortype': 'Denied' } },
    ],
    ['an error of Query', 'query', { status: 403, text: '<ErrorResponse><Error/></ErrorResponse>' }],
    ['an error of S3', 's3', { status: 404, text: `${xmlHead}<Error><Code>NoSuchBucket</Code></Error>` }],
    [
      'an error where the policy would be',
      'policy',
      { status: 404, text: '<Error><Code>NoSuchBucketPolicy</Code></Error>' },
    ],
    ['an error to HEAD', 'head', { status: 404 }],
    ['a redirect to HEAD', 'head', { status: 301 }],
  ])('%s', (_, form, parts) => {
    expect(() => check(form, parts)).not.toThrow();
  });
});

const noBody = ['json', 'query', 's3', 'policy'] as const;
const whole: Readonly<Record<FormName, string>> = {
  json: '{"Trails":[]}',
  query: '<AssumeRoleResponse/>',
  s3: logging,
  policy: '{"Statement":[]}',
  object: 'content',
  head: '',
};
const every = Object.keys(forms) as FormName[];

describe('what AWS did not write is told', () => {
  test.each(every)('%s: without a request id', (form) => {
    expect(() => check(form, { text: whole[form], headers: {} })).toThrow("lacks AWS's request id");
    expect(() => check(form, { text: whole[form], headers: { 'x-amzn-requestid': '' } })).toThrow(MalformedAnswer);
    expect(() => check(form, { status: 404, headers: {} })).toThrow(MalformedAnswer);
  });

  test.each(every)('%s: with another status of success', (form) => {
    for (const status of [201, 202, 203, 204, 205, 207]) {
      expect(() => check(form, { status, text: whole[form] })).toThrow(`(HTTP ${status}, `);
    }
  });

  test.each(every.filter((form) => form !== 'object'))('%s: in part', (form) => {
    expect(() => check(form, { status: 206, text: whole[form] })).toThrow('HTTP 206');
  });

  test.each(noBody)('%s: nothing at all', (form) => {
    expect(() => check(form, {})).toThrow('HTTP 200, empty');
    expect(() => check(form, { status: 304 })).toThrow('HTTP 304, empty');
    expect(() => check(form, { status: 404 })).toThrow('HTTP 404, empty');
  });

  test.each(noBody)('%s: a page', (form) => {
    const headers = { 'x-amzn-requestid': 'a', 'content-type': 'text/html; charset=utf-8' };
    for (const status of [200, 302, 403, 404, 502]) {
      expect(() => check(form, { status, headers, text: page })).toThrow(`HTTP ${status}, text/html`);
    }
  });

  test.each(noBody)('%s: an answer that is cut anywhere', (form) => {
    const text = whole[form].trim();
    for (let length = 0; length < text.length; length += 1) {
      expect(() => check(form, { text: text.slice(0, length) })).toThrow(MalformedAnswer);
    }
  });

  test.each<[FormName, string]>([
    ['json', '[]'],
    ['json', 'null'],
    ['json', '"Trails"'],
    ['json', '{}{}'],
    ['query', '<ListUsersResponse></ListUsersResponse>'],
    ['s3', `${xmlHead}<ListBucketResult></ListBucketResult>`],
    ['s3', `${xmlHead}<Error><Code>InternalError</Code></Error>`],
    ['s3', `${xmlHead}<BucketLoggingStatus></BucketLoggingStatus><p>`],
    ['s3', '{}'],
    ['policy', logging],
  ])('%s: another document: %s', (form, text) => {
    expect(() => check(form, { text })).toThrow(MalformedAnswer);
  });

  test.each<[FormName, string]>([
    ['json', '{}'],
    ['json', '{"message":"no route"}'],
    ['json', '<Error><Code>NoSuchBucket</Code></Error>'],
    ['query', '{"__type":"AccessDenied"}'],
    ['s3', '<html></html>'],
    ['s3', '<Error><Code>NoSuchLifecycleConfiguration</Code>'],
  ])('%s: an error that is written otherwise: %s', (form, text) => {
    expect(() => check(form, { status: 404, text })).toThrow('is not an error document of AWS');
  });
});
