import { describe, expect, test } from 'vitest';
import { trailEnvironment } from '../../test/support/view-objects.js';
import { bool, compile } from './index.js';

/** `code start-end: message (help)` for each diagnostic. */
function check(source: string): string[] {
  return compile(source, trailEnvironment, bool).diagnostics.map(
    ({ code, severity, message, help, start, end }) =>
      `${severity === 'warning' ? 'warning ' : ''}${code} '${source.slice(start, end)}': ${message}${help === undefined ? '' : ` (${help})`}`,
  );
}

describe('right expressions', () => {
  test.each([
    'trail.isLogging',
    '!trail.isLogging || trail.isMultiRegionTrail',
    "has(trail.kmsKeyId) && trail.kmsKeyId.startsWith('arn:aws:kms:')",
    "!has(trail.kmsKeyId) || trail.kmsKeyId.startsWith('arn:')",
    'has(trail.kmsKeyId) ? trail.kmsKeyId == trail.arn : true',
    "trail.?kmsKeyId.orValue('') != ''",
    "has(bucket.objectLock) && bucket.objectLock.mode == 'COMPLIANCE' && bucket.objectLock.days >= params.minDays",
    'bucket.?objectLock.days.orValue(0) >= params.minDays',
    "account.trails.exists(t, t.isLogging && t.isMultiRegionTrail && t.eventSelectors.exists(s, s.readWriteType in ['All']))",
    'organization.accounts.all(a, a.isInOrganizationTrail || now - a.joinedTimestamp < params.maxSilence)',
    'size(account.trails) > 0 && account.trails.all(t, t.isLogging)',
    'account.trails.size() == 0 || account.trails.all(t, t.isLogging)',
    "account.coverage.data['AWS::S3::Object'].writeLosses.all(l, l.isLogBucket)",
    "now - trail.?startLoggingTime.orValue(now) <= duration('24h') + days(3)",
    "timestamp('2026-11-21T00:00:00Z') > now",
    "trail.name.matches('^org-[a-z]+$')",
    'isArn(trail.name) && arn(trail.name).accountId == account.id',
    'arn(trail.arn).partition == \'aws\' && arnLike(trail.arn, "arn:aws:cloudtrail:*:*:trail/*")',
    'fresh(trail.delivery.logs, params.maxSilence)',
    "size(coverage(account, 'protected', false).management.writeLosses) == 0",
    "account.trails.map(t, t.name).filter(n, n != '').exists_one(n, n in params.names)",
    "params.names.join(', ').split(',').exists(n, n.lowerAscii().contains('org'))",
    '[1, 2, 0x10].exists(n, n % 2 == 0 && -n < 5 * 3 - 4 / 2)',
    'string(params.minDays) + string(now) + string(params.strict) == "" || int(now) > 0',
    "r'\\d' == '\\\\d' && '''it's''' == \"it's\"",
    'params.strict ? trail.isLogging : !trail.isLogging // a comment',
  ])('%s', (source) => {
    expect(check(source)).toEqual([]);
  });
});

describe('wrong expressions', () => {
  test.each([
    [
      'trail.isMultiRegonTrail',
      [
        "unknown-field 'isMultiRegonTrail': Trail has no field 'isMultiRegonTrail' (did you mean 'isMultiRegionTrail'?)",
      ],
    ],
    ['trial.isLogging', ["unknown-name 'trial': there is no 'trial' here (did you mean 'trail'?)"]],
    ['fresh', ["unknown-name 'fresh': there is no 'fresh' here (it is a function: write fresh(…))"]],
    ['params.minDay > 3', ["unknown-field 'minDay': params has no field 'minDay' (did you mean 'minDays'?)"]],
    [
      "trail.kmsKeyId.startsWith('arn:')",
      [
        "optional-field 'kmsKeyId': 'kmsKeyId' may be absent (guard it: has(…kmsKeyId) && …, or use .?kmsKeyId.orValue(…))",
      ],
    ],
    [
      "has(trail.kmsKeyId) || trail.kmsKeyId == ''",
      [
        "optional-field 'kmsKeyId': 'kmsKeyId' may be absent (guard it: has(…kmsKeyId) && …, or use .?kmsKeyId.orValue(…))",
      ],
    ],
    [
      "trail.?kmsKeyId == ''",
      ["optional-field 'trail.?kmsKeyId': this may be absent (give a default: add .orValue(…))"],
    ],
    ['has(trail.kmsKeId)', ["unknown-field 'kmsKeId': Trail has no field 'kmsKeId' (did you mean 'kmsKeyId'?)"]],
    [
      'has(trail.isLogging)',
      ["needless-guard 'isLogging': 'isLogging' is always there: has() of it says nothing (ask isLogging itself)"],
    ],
    ['has(trail)', ["types 'has(trail)': has() takes a field (write has(object.field))"]],
    [
      "trail.eventSelectors.exists(s, s.readWriteType == 'all')",
      ["never-equal ''all'': 'all' is not one of ReadOnly | WriteOnly | All (did you mean 'All'?)"],
    ],
    [
      "trail.eventSelectors.exists(s, s.readWriteType in ['All', 'Writeonly'])",
      ["never-equal ''Writeonly'': 'Writeonly' is not one of ReadOnly | WriteOnly | All (did you mean 'WriteOnly'?)"],
    ],
    [
      'has(trail.latestDeliveryTime) && now - trail.latestDeliveryTime <= 24',
      ["types 'now - trail.latestDeliveryTime <= 24': cannot compare duration <= int (write duration('24h'))"],
    ],
    ["params.maxSilence > duration('24hours')", ["bad-literal ''24hours'': '24hours' is not a duration (write '24h')"]],
    ["params.maxSilence > duration('7d')", ["bad-literal ''7d'': '7d' is not a duration (write '168h')"]],
    [
      "now > timestamp('2026-02-31T00:00:00Z')",
      [
        "bad-literal ''2026-02-31T00:00:00Z'': '2026-02-31T00:00:00Z' is not a time (write it as in '2026-11-21T00:00:00Z')",
      ],
    ],
    ['account.trails.exist(t, t.isLogging)', ["unknown-macro 'exist': there is no 'exist' (did you mean 'exists'?)"]],
    ["trail.name = 'x'", ["syntax '=': '=' does not compare (write '==' instead)"]],
    ["trail.name == 'x' and trail.isLogging", ["syntax 'and': 'and' was not expected here (write && instead)"]],
    ['trail.isLogging & true', ["syntax '&': '&' has no meaning here (write '&&')"]],
    [
      'trail.kmsKeyId == null',
      ["types 'null': there is no null: a field is there or absent (write !has(trail.kmsKeyId))"],
    ],
    [
      'account.trails[0].isLogging',
      [
        "types 'account.trails[0]': list<Trail> cannot be read by key (lists have no order to rely on: use exists, all or filter)",
      ],
    ],
    [
      'account.trails.isLogging',
      ["types 'isLogging': list<Trail> has no fields (ask its members: exists(x, …), all(x, …) or map(x, …))"],
    ],
    [
      'account.trails',
      ["types 'account.trails': this must be true or false, but it is list<Trail> (ask size(…) > 0, or exists(x, …))"],
    ],
    [
      'account == account',
      ["types 'account == account': cannot compare Account == Account (compare what names them, as in a.arn == b.arn)"],
    ],
    [
      'account.trails.exists(t, t in account.trails)',
      [
        "types 't in account.trails': a list of Trail never holds Trail (compare what names them, as in a.arn == b.arn)",
      ],
    ],
    ['account.trails.exists(trail, true)', ["name-in-use 'trail': 'trail' is already a name (choose another)"]],
    [
      "trail.name.matches('(')",
      [
        "bad-literal ''('': this is not a regular expression: error parsing regexp: missing closing ): `(` (RE2 syntax: no look-around, no back references)",
      ],
    ],
    [
      'trail.name.matches(trail.arn)',
      ["bad-literal 'trail.arn': matches() takes a regular expression that is written out"],
    ],
    [
      "trail.name.startWith('a')",
      ["unknown-function 'startWith': there is no function 'startWith' (did you mean 'startsWith'?)"],
    ],
    [
      "startsWith(trail.name, 'a')",
      [
        "unknown-function 'startsWith': there is no function 'startsWith' in this form (call it on a value: x.startsWith(…))",
      ],
    ],
    [
      'arn(trail.name).accountId == account.id',
      ["types 'trail.name': arn(arn) does not take string here (guard it: isArn(…) && …)"],
    ],
    [
      "size(coverage(account, 'protectd', true).insights) == 0",
      [
        "types ''protectd'': coverage(Account, any | protected, bool) does not take 'protectd' here (did you mean 'protected'?)",
      ],
    ],
    ['params.minDays / params.minDays == 1', ["types 'params.minDays': divide by a number other than 0, written out"]],
    ['1.5 < 2', ["bad-literal '1.5': '1.5' is not a whole number (numbers here are whole numbers)"]],
    [
      "trail.isLogging == 'true'",
      ["types 'trail.isLogging == 'true'': cannot compare bool == string (use the condition by itself, or with !)"],
    ],
    [
      "params.minDays == '365'",
      ["types 'params.minDays == '365'': cannot compare int == string (write 365 without quotes)"],
    ],
    [
      "trail.isLogging ? 'a' : 1",
      ["types 'trail.isLogging ? 'a' : 1': the branches differ: string and int (make both text with string(…))"],
    ],
    ["'unclosed", ["syntax ''unclosed': this text is not closed (close it with ')"]],
    ['', ["syntax '': there is no expression here"]],
    ['trail.', ["syntax '': the expression ends too early (a name must follow the dot)"]],
    ['(trail.isLogging', ["syntax '': the expression ends too early (')' is missing)"]],
    ['trail.isLogging \u0000', ["syntax '\u0000': the character U+0000 has no meaning here"]],
    [
      'trail.isLogging.orValue(true)',
      [
        "needless-guard 'orValue': this is always there (put .? before the field that may be absent, or leave orValue() out)",
      ],
    ],
    [
      'trail.__proto__',
      [
        "unknown-field '__proto__': Trail has no field '__proto__' (it has: arn, name, accountId, homeRegion, s3BucketName, s3KeyPrefix, isMultiRegionTrail, isOrganizationTrail, includeGlobalServiceEvents, logFileValidationEnabled, kmsKeyId, cloudWatchLogsLogGroupArn, …)",
      ],
    ],
    [
      'trail.isLoging && params.minDay > 1 && trail.name == 3',
      [
        "unknown-field 'isLoging': Trail has no field 'isLoging' (did you mean 'isLogging'?)",
        "unknown-field 'minDay': params has no field 'minDay' (did you mean 'minDays'?)",
        "types 'trail.name == 3': cannot compare string == int (make text of it with string(…))",
      ],
    ],
    [
      'account.trails.all(t, t.isLogging)',
      [
        "warning vacuous-all 'account.trails': all() holds for an empty list, and this list may be empty (guard it: size(…) > 0 && ….all(…))",
      ],
    ],
    [
      "key.keyState != 'Enabled'",
      [
        "warning open-enum 'key.keyState != 'Enabled'': AWS may add values: != also holds for the new ones (say what is right, with == or in)",
      ],
    ],
    [
      "size(account.coverage.data['AWS::S3::Objects'].writeLosses) == 0",
      [
        "warning resource-type ''AWS::S3::Objects'': 'AWS::S3::Objects' is not a known resource type of data events (did you mean 'AWS::S3::Object'?)",
      ],
    ],
  ])('%s', (source, expected) => {
    expect(check(source)).toEqual(expected);
  });
});

describe('what is too large', () => {
  test('a long source', () => {
    expect(check(`true ${' '.repeat(20_000)}`)[0]).toMatch(/^too-large/);
  });
  test('deep nesting of every kind', () => {
    for (const [open, close] of [
      ['(', ')'],
      ['!', ''],
      ['-', ''],
      ['[', ']'],
      ['size(', ')'],
      ['true ? true : ', ''],
      ['trail.eventSelectors.exists(x, ', ')'],
    ] as const) {
      expect(check(open.repeat(500) + 'true' + close.repeat(500))[0]).toMatch(/^too-large/);
    }
  });
  test('many parts', () => {
    expect(check(Array.from({ length: 1_001 }, () => 'true').join(' && '))[0]).toMatch(/^too-large/);
    expect(
      check(Array.from({ length: 900 }, () => 'true').join(' && ')).filter((it) => !it.startsWith('warning')),
    ).toEqual([]);
  });
});

test('a macro that never reads its variable is warned of', () => {
  expect(check('account.trails.exists(t, trail.isLogging)')).toEqual([
    "warning unused 't': 't' is never read: exists() checks the same for every member (ask about t, or ask size(…) > 0)",
  ]);
  expect(check("account.trails.map(t, 'x').exists(n, n == 'x')")).toEqual([
    "warning unused 't': 't' is never read: map() checks the same for every member (ask about t, or ask size(…) > 0)",
  ]);
  expect(check('account.trails.exists(t, account.trails.exists(s, s.name == t.name))')).toEqual([]);
});
