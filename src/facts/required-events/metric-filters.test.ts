import { describe, expect, test } from 'vitest';
import {
  alarmSubjects,
  coverageOfMetricFilters,
  describeCoverage,
  standardPatterns,
  type AlarmSubject,
} from './index.js';
import { namedCalls } from './event-names.js';

function verdictOf(subject: AlarmSubject, ...patterns: readonly string[]): string {
  return coverageOfMetricFilters(subject, patterns).verdict;
}

function saidOf(subject: AlarmSubject, ...patterns: readonly string[]): string {
  return describeCoverage(coverageOfMetricFilters(subject, patterns));
}

const anyOf = (names: readonly string[]): string => names.map((it) => `($.eventName = ${it})`).join(' || ');
const trailNames = namedCalls['cloudtrail-changes'].names;
const root = '$.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent"';

describe('every pattern of every version of the benchmark', () => {
  const all = alarmSubjects.flatMap((subject) =>
    standardPatterns[subject].map(({ from, text, isSecurityHub, isTooWide }) => ({
      subject,
      from,
      text,
      isSecurityHub,
      isTooWide,
    })),
  );

  test.each(all)('$subject: $from', ({ subject, text, isTooWide }) => {
    expect(verdictOf(subject, text)).toBe(isTooWide ? 'too-wide-by-the-book' : 'covers');
  });

  test.each(all)('$subject: $from, literally', ({ subject, text, isSecurityHub }) => {
    const { verdict } = coverageOfMetricFilters(subject, [text], { mode: 'literal' });
    expect(verdict).toBe(isSecurityHub ? 'covers' : 'differs');
  });

  test.each(all.filter((it) => !it.isTooWide))('$subject: $from, narrowed in any way', ({ subject, text }) => {
    const inner = text.replace(/^\{(.*)\}$/, '$1');
    for (const narrowing of [
      '$.sourceIPAddress = "10.0.0.1"',
      '$.sourceIPAddress != "10.0.0.1"',
      '$.sourceIPAddress != 10.*',
      '$.awsRegion = "us-east-1"',
      '$.awsRegion != %^us-%',
      '$.userIdentity.arn != "arn:aws:iam::111122223333:role/Terraform"',
      '$.userIdentity.userName NOT EXISTS',
      '$.userAgent = *',
      '$.vpcEndpointId NOT EXISTS',
      '$.recipientAccountId = 111122223333',
    ]) {
      expect(`${narrowing}: ${verdictOf(subject, `{ (${inner}) && (${narrowing}) }`)}`).toBe(`${narrowing}: misses`);
    }
  });

  test.each(all.filter((it) => !it.isTooWide))('$subject: $from, wider or written otherwise', ({ subject, text }) => {
    const inner = text.replace(/^\{(.*)\}$/, '$1');
    for (const wider of [
      `{\n\n  ${inner.replaceAll('(', '\t(\n  ').replaceAll(') ', '   )\r\n')}\n}`,
      `{ (${inner}) || ($.eventName = "SomethingElse") }`,
      `{ ($.eventName = "SomethingElse") || (${inner}) }`,
      `{ (${inner}) && ($.eventVersion = *) && ($.eventID = *) }`,
    ]) {
      expect(`${wider}: ${verdictOf(subject, wider)}`).toBe(`${wider}: covers`);
    }
  });
});

describe('lists of event names', () => {
  // What Object.keys gives of it are its keys.
  const subjects = Object.keys(namedCalls) as (keyof typeof namedCalls)[];

  test.each(subjects)('%s: reversed, in quotes, with their service', (subject) => {
    const { names, eventSource } = namedCalls[subject];
    const quoted = names.toReversed().map((it) => `$.eventName="${it}"`);
    expect(verdictOf(subject, `{ ${quoted.join(' || ')} }`)).toBe('covers');
    expect(verdictOf(subject, `{ (${quoted.join('||')}) && $.eventSource = "${eventSource}" }`)).toBe('covers');
    expect(verdictOf(subject, `{ $.eventType = AwsApiCall && $.readOnly IS FALSE && (${quoted.join('||')}) }`)).toBe(
      'covers',
    );
    expect(verdictOf(subject, `{ $.eventSource = "${eventSource}" }`)).toBe('covers');
  });

  test.each(subjects)('%s: any name that is left out is named', (subject) => {
    const { names, eventSource } = namedCalls[subject];
    for (const name of names) {
      const said = saidOf(subject, `{ ${anyOf(names.filter((it) => it !== name))} }`);
      expect(said).toBe(`The filter pattern does not match ${name} of ${eventSource}.`);
    }
  });

  test.each(subjects)('%s: && between names, and the wrong service, can never match', (subject) => {
    const { names } = namedCalls[subject];
    const joined = names.map((it) => `($.eventName = ${it})`).join(' && ');
    expect(coverageOfMetricFilters(subject, [`{ ${joined} }`])).toMatchObject({ verdict: 'misses', isAll: true });
    const elsewhere = `{ ($.eventSource = "nowhere.amazonaws.com") && (${anyOf(names)}) }`;
    expect(coverageOfMetricFilters(subject, [elsewhere])).toMatchObject({ verdict: 'misses', isAll: true });
  });

  test('several filters that each raise the alarm are judged together', () => {
    const [first = '', ...others] = trailNames;
    expect(verdictOf('cloudtrail-changes', `{ $.eventName = ${first} }`, `{ ${anyOf(others)} }`)).toBe('covers');
    expect(verdictOf('cloudtrail-changes', `{ $.eventName = ${first} }`)).toBe('misses');
    expect(verdictOf('cloudtrail-changes')).toBe('misses');
  });

  test('a filter that matches everything spoils nothing for another', () => {
    const good = `{ ${anyOf(trailNames)} }`;
    expect(verdictOf('cloudtrail-changes', '', good)).toBe('covers');
    expect(verdictOf('cloudtrail-changes', good, '{ $.eventName = * }')).toBe('covers');
    expect(verdictOf('cloudtrail-changes', '{ $.eventName = StopLogging }', '')).toBe('indiscriminate');
  });

  test('wildcards and regular expressions', () => {
    expect(verdictOf('cloudtrail-changes', '{ $.eventName = "*Trail" || $.eventName = "*Logging" }')).toBe('covers');
    expect(verdictOf('cloudtrail-changes', '{ $.eventName = %^(Create)% }')).toBe('unreadable');
    expect(verdictOf('cloudtrail-changes', '{ $.eventName = %Trail$|Logging% }')).toBe('covers');
    expect(saidOf('cloudtrail-changes', '{ $.eventName = "*Trail" }')).toMatch(/StartLogging.*StopLogging/);
    expect(saidOf('cloudtrail-changes', '{ $.eventName = %^Stop|Trail% }')).toBe(
      'The filter pattern does not match StartLogging of cloudtrail.amazonaws.com.',
    );
  });

  test('names of fields and values are written as CloudTrail writes them', () => {
    expect(verdictOf('cloudtrail-changes', `{ ${anyOf(trailNames).replaceAll('eventName', 'EventName')} }`)).toBe(
      'misses',
    );
    expect(verdictOf('cloudtrail-changes', `{ ${anyOf(trailNames.map((it) => it.toLowerCase()))} }`)).toBe('misses');
    expect(verdictOf('cloudtrail-changes', '{ $.Records[*].eventName = StopLogging }')).toBe('misses');
  });

  test('what came later, or is on no list, is advised', () => {
    const text = `{ ${anyOf(namedCalls['security-group-changes'].names)} }`;
    expect(coverageOfMetricFilters('security-group-changes', [text])).toEqual({
      verdict: 'covers',
      advised: ['ModifySecurityGroupRules of ec2.amazonaws.com'],
    });
    expect(coverageOfMetricFilters('security-group-changes', [text], { sinceCis5: true })).toMatchObject({
      verdict: 'misses',
      missed: [{ what: 'ModifySecurityGroupRules of ec2.amazonaws.com' }],
    });
    expect(saidOf('cloudtrail-changes', `{ ${anyOf(trailNames)} }`)).toContain('It does not match PutEventSelectors');
  });

  test('an event that is missed is shown whole', () => {
    const coverage = coverageOfMetricFilters('cloudtrail-changes', [
      `{ (${anyOf(trailNames)}) && $.sourceIPAddress = "10.0.0.1" }`,
    ]);
    expect(coverage).toMatchObject({
      verdict: 'misses',
      isAll: false,
      missed: [
        {
          what: 'CreateTrail of cloudtrail.amazonaws.com',
          because: [{ field: 'sourceIPAddress', value: '198.51.100.7' }],
          isWholeClass: false,
          event: {
            eventSource: 'cloudtrail.amazonaws.com',
            eventName: 'CreateTrail',
            sourceIPAddress: '198.51.100.7',
            awsRegion: 'eu-central-1',
            readOnly: false,
          },
        },
        ...trailNames.slice(1).map((it) => ({ what: `${it} of cloudtrail.amazonaws.com` })),
      ],
    });
    expect(describeCoverage(coverage)).toContain('with sourceIPAddress "198.51.100.7"');
  });

  test('a condition on what a call asks for narrows', () => {
    for (const condition of [
      '$.requestParameters.name = "main"',
      '$.requestParameters.name != "test"',
      '$.errorCode NOT EXISTS',
      '$.errorCode IS NULL',
      '$.responseElements.* = "x"',
      '$.requestParameters.items[0].id NOT EXISTS',
    ]) {
      const { verdict } = coverageOfMetricFilters('cloudtrail-changes', [`{ (${anyOf(trailNames)}) && ${condition} }`]);
      expect(`${condition}: ${verdict}`).toBe(`${condition}: misses`);
    }
  });

  test('two conditions that only together leave something out', () => {
    const narrowing = '($.awsRegion != "us-east-1" || $.sourceIPAddress != "10.0.0.1")';
    expect(
      saidOf('kms-key-deletion', `{ (${anyOf(['DisableKey', 'ScheduleKeyDeletion'])}) && ${narrowing} }`),
    ).toContain('with awsRegion "us-east-1" and with sourceIPAddress "10.0.0.1"');
  });

  test('conditions that leave nothing out together', () => {
    const all = '($.awsRegion = "us-east-1" || $.awsRegion != "us-east-1")';
    expect(verdictOf('kms-key-deletion', `{ (${anyOf(['DisableKey', 'ScheduleKeyDeletion'])}) && ${all} }`)).toBe(
      'covers',
    );
    const either = '($.userIdentity.userName = * || $.userIdentity.userName NOT EXISTS)';
    expect(verdictOf('kms-key-deletion', `{ (${anyOf(['DisableKey', 'ScheduleKeyDeletion'])}) && ${either} }`)).toBe(
      'covers',
    );
  });
});

describe('the other subjects', () => {
  test.each([
    ['root-usage', '{ $.userIdentity.type = "Root" }', 'covers'],
    [
      'root-usage',
      '{ $.eventType != "AwsServiceEvent" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type = Root }',
      'covers',
    ],
    ['root-usage', '{ $.userIdentity.type=Root&&$.userIdentity.invokedBy   NOT   EXISTS }', 'covers'],
    ['root-usage', '{ $.userIdentity.type = "root" }', 'misses'],
    ['root-usage', `{ ${root} && $.eventType = "AwsApiCall" }`, 'misses'],
    ['root-usage', `{ ${root} && $.eventName != "GetBucketLocation" }`, 'misses'],
    ['root-usage', '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy = "x" }', 'misses'],
    ['root-usage', '{ $.userIdentity.type != "IAMUser" && $.userIdentity.type != "x" }', 'covers'],
    ['root-usage', '{ $.eventType = "AwsApiCall" || $.eventType != "AwsApiCall" }', 'indiscriminate'],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "AccessDenied*") || ($.errorCode = "*UnauthorizedOperation") }',
      'covers',
    ],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "*UnauthorizedOperation*") || ($.errorCode = "*AccessDenied*") }',
      'covers',
    ],
    ['unauthorized-api-calls', '{ $.errorCode = * }', 'covers'],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied") }',
      'misses',
    ],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }',
      'misses',
    ],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "*UnauthorizedOperation") && ($.errorCode = "AccessDenied*") }',
      'misses',
    ],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.eventName != "HeadBucket" }',
      'covers',
    ],
    [
      'unauthorized-api-calls',
      '{ ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") && $.eventName != "Head*" }',
      'misses',
    ],
    ['unauthorized-api-calls', '{ $.eventName = * }', 'indiscriminate'],
    ['console-sign-in-without-mfa', '{ $.eventName = ConsoleLogin && $.additionalEventData.MFAUsed = "No" }', 'covers'],
    [
      'console-sign-in-without-mfa',
      '{ $.additionalEventData.MFAUsed != Yes && $.eventName = "ConsoleLogin" && $.eventSource = "signin.*" }',
      'covers',
    ],
    [
      'console-sign-in-without-mfa',
      '{ $.eventName = "ConsoleLogin" || $.additionalEventData.MFAUsed != "Yes" }',
      'indiscriminate',
    ],
    ['console-sign-in-without-mfa', '{ $.eventName = "ConsoleLogin" }', 'indiscriminate'],
    [
      'console-sign-in-without-mfa',
      '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed NOT EXISTS }',
      'misses',
    ],
    [
      'console-sign-in-without-mfa',
      '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed = "NO" }',
      'misses',
    ],
    [
      'console-sign-in-without-mfa',
      '{ $.eventName = "ConsoleLogin" && $.additionalEventData.MFAUsed != "Yes" && $.userIdentity.type = "Root" }',
      'misses',
    ],
    [
      'console-sign-in-failures',
      '{ $.eventName = ConsoleLogin && $.responseElements.ConsoleLogin = "Failure" }',
      'covers',
    ],
    ['console-sign-in-failures', '{ $.errorMessage = "Failed*" }', 'covers'],
    ['console-sign-in-failures', '{ $.eventName = ConsoleLogin && $.errorMessage = * }', 'covers'],
    ['console-sign-in-failures', '{ $.eventName = ConsoleLogin }', 'indiscriminate'],
    ['console-sign-in-failures', '{ $.eventName = ConsoleLogin && $.errorCode = "*" }', 'misses'],
    [
      'console-sign-in-failures',
      '{ $.eventName = ConsoleLogin && $.errorMessage = "Failed authentication" && $.userIdentity.type = IAMUser }',
      'misses',
    ],
    ['vpc-changes', '', 'indiscriminate'],
    ['vpc-changes', '{ $.eventSource = "ec2.amazonaws.com" }', 'covers'],
  ] as const)('%s: %s: %s', (subject, pattern, verdict) => {
    expect(verdictOf(subject, pattern)).toBe(verdict);
  });
});

describe('patterns that are not on JSON', () => {
  const optional = trailNames.map((it) => `?${it}`).join(' ');

  test.each([
    [optional, 'covers'],
    ['%Trail|Logging%', 'covers'],
    ['?Trail ?Logging', 'covers'],
    // In the name of the service, as it happens.
    ['cloudtrail', 'covers'],
    ['CreateTrail', 'misses'],
    [trailNames.join(' '), 'misses'],
    [`${optional} ERROR`, 'misses'],
    ['Trail -Terraform', 'misses'],
    // Whether this stands so in the text is nothing that AWS promises.
    ['"\\"eventSource\\": \\"cloudtrail.amazonaws.com\\""', 'unknown'],
    ['[..., w = *Trail*]', 'unknown'],
  ])('%s: %s', (pattern, verdict) => {
    expect(verdictOf('cloudtrail-changes', pattern)).toBe(verdict);
  });
});

test('a pattern that cannot be read is said, where no other is enough', () => {
  expect(coverageOfMetricFilters('root-usage', ['{ $.a == b }'])).toEqual({
    verdict: 'unreadable',
    text: '{ $.a == b }',
    problem: { column: 7, message: '== is not a comparison: write =' },
  });
  expect(verdictOf('root-usage', '{ $.a == b }', `{ ${root} }`)).toBe('covers');
  expect(saidOf('root-usage', '{ $.a == b }')).toBe(
    'The filter pattern could not be read: == is not a comparison: write = (column 7).',
  );
});
