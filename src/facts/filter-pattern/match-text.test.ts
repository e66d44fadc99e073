import { describe, expect, test } from 'vitest';
import { matchesRecord, parseFilterPattern } from './index.js';

/** Whether each record matches, as `aws logs test-metric-filter` answers. */
function matching(pattern: string, records: readonly string[]): readonly string[] {
  const parsed = parseFilterPattern(pattern);
  if (parsed.state === 'invalid') throw new Error(parsed.problem.message);
  return records.filter((it) => matchesRecord(parsed.pattern, it));
}

describe('the documented JSON patterns', () => {
  const record = JSON.stringify({
    eventType: 'UpdateTrail',
    sourceIPAddress: '111.111.111.111',
    arrayKey: ['value', 'another value'],
    objectList: [
      { name: 'a', id: 1 },
      { name: 'b', id: 2 },
    ],
    SomeObject: null,
    'cluster.name': 'c',
    user: { id: 1, email: 'John.Stiles@example.com' },
    users: [
      { id: 2, email: 'John.Doe@example.com' },
      { id: 3, email: 'Jane.Doe@example.com' },
    ],
    actions: ['GET', 'PUT', 'DELETE'],
    bandwidth: 90,
    latency: 49.5,
    ThisFlag: true,
    number: [0.001],
  });

  test.each([
    '{ $.eventType = "UpdateTrail" }',
    '{ $.eventType = *Trail }',
    '{ $.eventType = %Trail% }',
    '{ $.sourceIPAddress != 123.123.* }',
    '{ $.sourceIPAddress = %111\\.111\\.1[01]{1,2}% }',
    '{ $.arrayKey[0] = "value" }',
    '{ $.arrayKey[0] = %val.{2}% }',
    '{ $.arrayKey[*] = "another value" }',
    '{ $.objectList[1].id = 2 }',
    '{ $.SomeObject IS NULL }',
    '{ $.SomeOtherObject NOT EXISTS }',
    '{ $.ThisFlag IS TRUE }',
    '{ $.[\'cluster.name\'] = "c" }',
    '{ $.["cluster.name"] = "c" }',
    '{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }',
    '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch" && $.actions[2] = "nonmatch" }',
    '{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "DELETE" }',
    '{ $.bandwidth > 75 }',
    '{ $.latency < 50 }',
    '{ $.bandwidth >= 90 && $.latency <= 49.5 }',
    '{ $.number[0] = 1e-3 }',
    '{ $.number[0] != 1e+3 }',
    '{ $.user.* = "John*" }',
    '{ $.users[*].id = 3 }',
    '',
    ' ',
  ])('%s matches', (pattern) => {
    expect(matching(pattern, [record])).toEqual([record]);
  });

  test.each([
    '{ $.eventType = "updateTrail" }',
    '{ $.eventType = "Update" }',
    '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = "nonmatch") && $.actions[2] = "nonmatch" }',
    '{ $.SomeObject NOT EXISTS }',
    '{ $.SomeOtherObject IS NULL }',
    '{ $.ThisFlag IS FALSE }',
    '{ $.ThisFlag = true }',
    '{ $.cluster.name = "c" }',
    '{ $.arrayKey = "value" }',
    '{ $.objectList[2].id = 2 }',
  ])('%s does not', (pattern) => {
    expect(matching(pattern, [record])).toEqual([]);
  });
});

describe('one value, as AWS compares it', () => {
  const written = {
    missing: '{}',
    null: '{"v":null}',
    nullText: '{"v":"null"}',
    true: '{"v":true}',
    false: '{"v":false}',
    trueText: '{"v":"true"}',
    zero: '{"v":0}',
    one: '{"v":1}',
    onePointZero: '{"v":1.0}',
    oneE0: '{"v":1e0}',
    oneText: '{"v":"1"}',
    onePointZeroText: '{"v":"1.0"}',
    minusOne: '{"v":-1}',
    oneAndAHalf: '{"v":1.5}',
    ten: '{"v":10}',
    tenText: '{"v":"10"}',
    alpha: '{"v":"Alpha"}',
    lowercase: '{"v":"alpha"}',
    alphabet: '{"v":"Alphabet"}',
    xAlpha: '{"v":"xAlpha"}',
    empty: '{"v":""}',
    list: '{"v":[]}',
    object: '{"v":{}}',
    listWithAll: '{"v":[1,"Alpha",null]}',
    star: '{"v":"a*b"}',
    question: '{"v":"a?b"}',
    twice: '{"v":1,"v":2}',
    twiceOne: '{"v":2,"v":1}',
    noJson: 'not JSON',
    topLevelList: '[{"v":1}]',
    broken: '{broken',
  } as const;
  type Name = keyof typeof written;
  // Object.keys forgets that the keys are these names.
  const names = Object.keys(written) as Name[];
  const numbers: Name[] = [
    'zero',
    'one',
    'onePointZero',
    'oneE0',
    'minusOne',
    'oneAndAHalf',
    'ten',
    'twice',
    'twiceOne',
  ];
  const texts: Name[] = [
    'nullText',
    'trueText',
    'oneText',
    'onePointZeroText',
    'tenText',
    'alpha',
    'lowercase',
    'alphabet',
    'xAlpha',
    'empty',
    'star',
    'question',
  ];
  const allBut = (...left: readonly Name[]): readonly Name[] =>
    [...numbers, ...texts].filter((it) => !left.includes(it));

  test.each<[pattern: string, matched: readonly Name[]]>([
    ['{ $.v = 1 }', ['one', 'onePointZero', 'oneE0', 'oneText', 'twiceOne']],
    ['{ $.v != 1 }', allBut('one', 'onePointZero', 'oneE0', 'oneText', 'twiceOne')],
    ['{ $.v = 1.0 }', ['one', 'onePointZero', 'oneE0', 'onePointZeroText', 'twiceOne']],
    ['{ $.v > 1 }', ['oneAndAHalf', 'ten', 'twice']],
    ['{ $.v <= 0 }', ['zero', 'minusOne']],
    ['{ $.v = "1" }', ['one', 'oneText', 'twiceOne']],
    ['{ $.v = "1.0" }', ['onePointZero', 'onePointZeroText']],
    ['{ $.v = "Alpha" }', ['alpha']],
    ['{ $.v = Alpha }', ['alpha']],
    ['{ $.v != "Alpha" }', allBut('alpha')],
    ['{ $.v = "Alpha*" }', ['alpha', 'alphabet']],
    ['{ $.v = "*Alpha" }', ['alpha', 'xAlpha']],
    ['{ $.v = "a?b" }', ['question']],
    ['{ $.v = a*b }', ['star', 'question']],
    ['{ $.v = * }', allBut()],
    ['{ $.v != * }', []],
    ['{ $.v = "" }', ['empty']],
    ['{ $.v = %^Al.*% }', ['alpha', 'alphabet']],
    ['{ $.v = %pha$% }', ['alpha', 'lowercase', 'xAlpha']],
    ['{ $.v != %a% }', allBut('alpha', 'lowercase', 'alphabet', 'xAlpha', 'star', 'question')],
    ['{ $.v = true }', ['trueText']],
    ['{ $.v = "null" }', ['nullText']],
    ['{ $.v IS TRUE }', ['true']],
    ['{ $.v IS FALSE }', ['false']],
    ['{ $.v IS NULL }', ['null', 'listWithAll']],
    ['{ $.v NOT EXISTS }', ['missing']],
    ['{ $.v[*] = "Alpha" }', ['listWithAll']],
    ['{ $.v[2] IS NULL }', ['listWithAll']],
    ['{ $.* = "Alpha" }', ['alpha']],
  ])('%s', (pattern, matched) => {
    const found = matching(pattern, Object.values(written));
    expect(names.filter((it) => found.includes(written[it])).toSorted()).toEqual([...matched].toSorted());
  });
});

describe('steps', () => {
  const deep =
    '{"nested":{"value":"hit"},"items":[{"a":1,"b":0},{"a":0,"b":2}],"arr":["miss","hit"],"matrix":[[0,1],[2,3]]}';
  const flat = '{"nested.value":"hit","arr":{"0":"hit"},"nested":[{"value":"hit"}]}';

  test.each<[pattern: string, matched: readonly string[]]>([
    ['{ $.nested.value = hit }', [deep]],
    ["{ $.['nested.value'] = hit }", [flat]],
    ['{ $.arr[1] = hit }', [deep]],
    ['{ $.arr[*] = hit }', [deep, flat]],
    ['{ $.arr.* = hit }', [deep, flat]],
    ['{ $.matrix[1][0] = 2 }', [deep]],
    // Each condition looks for a member of its own.
    ['{ $.items[*].a = 1 && $.items[*].b = 2 }', [deep]],
    ['{ $.items[*].c NOT EXISTS }', [deep, flat]],
    ['{ $.items[*].a NOT EXISTS }', [flat]],
    ['{ $.__proto__ NOT EXISTS }', [deep, flat]],
    ['{ $.constructor.name = * }', []],
    ['{ $.arr.length > 0 }', []],
  ])('%s', (pattern, matched) => {
    expect(matching(pattern, [deep, flat])).toEqual(matched);
  });

  test('a record may be as deep as it likes, and hold texts that look like anything', () => {
    const depth = 100_000;
    const record = `{"a":${'['.repeat(depth)}${']'.repeat(depth)},"v":"###1","w":"\\u0023\\u00232","n":12}`;
    expect(matching('{ $.v = "###1" && $.w = "##2" && $.n = 12 }', [record])).toHaveLength(1);
  });
});

describe('terms', () => {
  const records = [
    '[ERROR 400] BAD REQUEST',
    '[ERROR 401] UNAUTHORIZED REQUEST',
    '[ERROR 419] MISSING ARGUMENTS',
    '[ERROR 420] INVALID ARGUMENTS',
    '[INFO] REQUEST FAILED',
    'INTERNAL SERVER ERROR',
    'error',
  ];

  test.each<[pattern: string, matched: readonly number[]]>([
    ['ERROR', [0, 1, 2, 3, 5]],
    ['ERROR ARGUMENTS', [2, 3]],
    ['?ERROR ?ARGUMENTS', [0, 1, 2, 3, 5]],
    ['?INFO ?INVALID', [3, 4]],
    ['ERROR -ARGUMENTS', [0, 1, 5]],
    ['-ERROR', [4, 6]],
    // What is optional is not looked at beside what is not.
    ['?INFO REQUEST', [0, 1, 4]],
    ['"INTERNAL SERVER ERROR"', [5]],
    ['"ERROR 401"', [1]],
    ['%ERROR\\s4[12]%', [2, 3]],
    ['%^\\[ERROR%', [0, 1, 2, 3]],
    ['AUTHORIZED', [1]],
  ])('%s', (pattern, matched) => {
    expect(matching(pattern, records)).toEqual(matched.map((it) => records[it]));
  });
});

describe('space-delimited patterns', () => {
  const records = [
    '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /index.html HTTP/1.0" 404 1534',
    '127.0.0.2 - jane [10/Oct/2000:13:25:16 -0700] "GET /index.html HTTP/1.0" 410 0',
    '127.0.0.3 - frank [10/Oct/2000:13:25:17 -0700] "POST /api HTTP/1.0" 500 2048',
    '127.0.0.5  -  frank [10/Oct/2000:13:25:19 -0700] "GET /index.html HTTP/1.0" 404 1534 extra',
    'ERROR "two words"',
    'ERROR "not closed',
  ];

  test.each<[pattern: string, matched: readonly number[]]>([
    ['[ip, user, username, timestamp, request, status_code, bytes]', [0, 1, 2, 3]],
    ['[ip, user, username, timestamp, request =*.html*, status_code = 4*, bytes]', [0, 1, 3]],
    ['[ip, user, username, timestamp, request, status_code = 404 || status_code = 410, bytes]', [0, 1, 3]],
    ['[ip, user, username, timestamp, request, status_code, bytes > 1000]', [0, 2]],
    ['[..., status_code = 404, bytes]', [0]],
    ['[w1 = ERROR, w2]', [4, 5]],
    ['[w1 = ERROR, w2 = "two words"]', [4]],
    ['[w1 = ERROR, w2 != %two%, w3]', [5]],
    ['[w1 = %127.*3%, ...]', [2]],
    ['[]', [0, 1, 2, 3, 4, 5]],
  ])('%s', (pattern, matched) => {
    expect(matching(pattern, records)).toEqual(matched.map((it) => records[it]));
  });
});
