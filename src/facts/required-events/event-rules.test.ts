import { describe, expect, test } from 'vitest';
import { namedCalls } from './event-names.js';
import { alarmSubjects, coverageOfEventPatterns, describeCoverage, requiresReads, type AlarmSubject } from './index.js';

const apiCall = { 'detail-type': ['AWS API Call via CloudTrail'] };

function verdictOf(subject: AlarmSubject, ...patterns: readonly unknown[]): string {
  return coverageOfEventPatterns(
    subject,
    patterns.map((it) => JSON.stringify(it)),
  ).verdict;
}

// What Object.keys gives of it are its keys.
const subjects = Object.keys(namedCalls) as (keyof typeof namedCalls)[];

function patternOf(subject: keyof typeof namedCalls): { detail: Record<string, unknown> } {
  const { eventSource, names } = namedCalls[subject];
  return { ...apiCall, detail: { eventSource: [eventSource], eventName: names } };
}

describe('rules that name the calls', () => {
  test.each(subjects)('%s: by name, with or without the service and its source', (subject) => {
    const { eventSource, names } = namedCalls[subject];
    expect(verdictOf(subject, patternOf(subject))).toBe('covers');
    expect(verdictOf(subject, { detail: { eventName: names } })).toBe('covers');
    expect(verdictOf(subject, { source: [`aws.${eventSource.split('.')[0]}`], ...patternOf(subject) })).toBe('covers');
    expect(verdictOf(subject, { source: ['aws.nothing'], ...patternOf(subject) })).toBe('misses');
  });

  test.each(subjects)('%s: a name that is left out is named', (subject) => {
    const { eventSource, names } = namedCalls[subject];
    const [first = '', ...others] = names;
    const coverage = coverageOfEventPatterns(subject, [JSON.stringify({ detail: { eventName: others } })]);
    expect(describeCoverage(coverage, 'The rule')).toBe(`The rule does not match ${first} of ${eventSource}.`);
  });

  test.each<[what: string, narrowing: { readonly detail?: object; readonly [field: string]: unknown }]>([
    ['one Region', { region: ['us-east-1'] }],
    ['one account', { account: ['111122223333'] }],
    ['one address', { detail: { sourceIPAddress: ['10.0.0.1'] } }],
    ['some addresses', { detail: { sourceIPAddress: [{ cidr: '10.0.0.0/8' }] } }],
    ['other addresses', { detail: { sourceIPAddress: [{ 'anything-but': '10.0.0.1' }] } }],
    ['success only', { detail: { errorCode: [{ exists: false }] } }],
    ['one kind of user', { detail: { userIdentity: { type: ['IAMUser'] } } }],
    ['all users but one', { detail: { userIdentity: { arn: [{ 'anything-but': { suffix: '/Terraform' } }] } } }],
    ['one trail', { detail: { requestParameters: { name: ['main'] } } }],
    ['another detail-type', { 'detail-type': ['AWS Service Event via CloudTrail'] }],
  ])('narrowed to %s', (_what, narrowing) => {
    const pattern = patternOf('cloudtrail-changes');
    const detail = { ...pattern.detail, ...narrowing.detail };
    expect(verdictOf('cloudtrail-changes', { ...pattern, ...narrowing, detail })).toBe('misses');
  });

  test.each<[what: string, pattern: unknown]>([
    ['wildcards', { detail: { eventName: [{ wildcard: '*Trail' }, { suffix: 'Logging' }] } }],
    ['the service', { source: ['aws.cloudtrail'] }],
    ['either case', { detail: { eventName: [{ suffix: { 'equals-ignore-case': 'TRAIL' } }, { prefix: 'St' }] } }],
    [
      '$or',
      {
        source: ['aws.cloudtrail'],
        $or: [{ detail: { eventName: [{ suffix: 'Trail' }] } }, { detail: { eventName: [{ prefix: 'St' }] } }],
      },
    ],
    ['addresses or none', { ...patternOf('cloudtrail-changes'), region: [{ exists: true }] }],
  ])('wider, by %s', (_what, pattern) => {
    expect(verdictOf('cloudtrail-changes', pattern)).toBe('covers');
  });

  test('several rules are judged together', () => {
    const { names } = namedCalls['cloudtrail-changes'];
    const each = names.map((name) => ({ detail: { eventName: [name] } }));
    expect(verdictOf('cloudtrail-changes', ...each)).toBe('covers');
    expect(verdictOf('cloudtrail-changes', ...each.slice(1))).toBe('misses');
    expect(verdictOf('cloudtrail-changes')).toBe('misses');
  });

  test('what came with CIS 5.0 is advised, or required', () => {
    const text = JSON.stringify(patternOf('security-group-changes'));
    expect(coverageOfEventPatterns('security-group-changes', [text])).toMatchObject({
      verdict: 'covers',
      advised: ['ModifySecurityGroupRules of ec2.amazonaws.com'],
    });
    expect(coverageOfEventPatterns('security-group-changes', [text], { sinceCis5: true }).verdict).toBe('misses');
  });
});

describe('the other subjects', () => {
  const signIn = { 'detail-type': ['AWS Console Sign In via CloudTrail'] };

  test.each<[AlarmSubject, unknown, string]>([
    ['root-usage', { detail: { userIdentity: { type: ['Root'] } } }, 'covers'],
    ['root-usage', { ...apiCall, detail: { userIdentity: { type: ['Root'] } } }, 'misses'],
    [
      'root-usage',
      {
        'detail-type': ['AWS API Call via CloudTrail', 'AWS Console Sign In via CloudTrail'],
        detail: { userIdentity: { type: ['Root'] } },
      },
      'misses',
    ],
    [
      'root-usage',
      { 'detail-type': [{ suffix: ' via CloudTrail' }], detail: { userIdentity: { type: ['Root'] } } },
      'covers',
    ],
    ['console-sign-in-without-mfa', { ...signIn, detail: { additionalEventData: { MFAUsed: ['No'] } } }, 'covers'],
    ['console-sign-in-without-mfa', { ...signIn }, 'indiscriminate'],
    ['console-sign-in-failures', { ...signIn, detail: { responseElements: { ConsoleLogin: ['Failure'] } } }, 'covers'],
    ['console-sign-in-failures', { ...signIn, detail: { errorMessage: ['Failed authentication'] } }, 'covers'],
    ['console-sign-in-failures', { ...apiCall, detail: { errorMessage: ['Failed authentication'] } }, 'misses'],
    [
      'unauthorized-api-calls',
      { detail: { errorCode: [{ prefix: 'AccessDenied' }, { suffix: 'UnauthorizedOperation' }] } },
      'covers',
    ],
    ['unauthorized-api-calls', { detail: { errorCode: [{ exists: true }] } }, 'covers'],
    ['unauthorized-api-calls', { detail: { errorCode: ['AccessDenied', 'UnauthorizedOperation'] } }, 'misses'],
    ['vpc-changes', apiCall, 'indiscriminate'],
    ['vpc-changes', { source: [{ prefix: 'aws.' }] }, 'indiscriminate'],
  ])('%s: %j: %s', (subject, pattern, verdict) => {
    expect(verdictOf(subject, pattern)).toBe(verdict);
  });
});

test('which subjects ask for reads', () => {
  expect(alarmSubjects.filter(requiresReads)).toEqual(['unauthorized-api-calls', 'root-usage']);
});

test('a pattern that cannot be read is said, where no other is enough', () => {
  expect(coverageOfEventPatterns('root-usage', ['{"source":"x"}'])).toMatchObject({ verdict: 'unreadable' });
  expect(describeCoverage(coverageOfEventPatterns('root-usage', ['{"source":"x"}']), 'The rule')).toBe(
    'The rule could not be read: a list of values, or an object, is expected (at source).',
  );
  expect(describeCoverage(coverageOfEventPatterns('root-usage', ['[]']), 'The rule')).toContain('in the whole of it');
  expect(coverageOfEventPatterns('root-usage', ['[]', '{"detail":{"userIdentity":{"type":["Root"]}}}']).verdict).toBe(
    'covers',
  );
});
