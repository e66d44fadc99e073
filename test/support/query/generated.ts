import {
  array,
  boolean,
  constant,
  constantFrom,
  letrec,
  oneof,
  option,
  record,
  tuple,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';

/** Conditions on an event, and events as texts, made of the same few values, so that the two often meet. */

const texts = [
  '',
  'a',
  'A',
  'ab',
  'a_b',
  'a%b',
  "a'b",
  'a"b',
  'a\\b',
  'a\nb',
  ' a',
  'a:b',
  '*',
  '?',
  '$',
  '${x}',
  '[',
  '{',
  'null',
  'true',
  'True',
  'false',
  '5',
  '05',
  '-5',
  '5.0',
  '10',
  '1e1',
  '0',
  '1',
  '1.0',
  '9007199254740993',
  '["a"]',
  '{"a":1}',
  '[1,2]',
  'é',
  'İ',
  'ß',
  '\u{1F480}',
  '192.0.2.1',
  '::1',
  'arn:aws:iam::1:role/a',
];
const aText = constantFrom(...texts);
const aNumber = constantFrom(0, 1, 2, 5, -5, 10, 100);
const aName = constantFrom('x', 'y', 'z');
const aSign = constantFrom('==', '!=', '<', '<=', '>', '>=');
const aTest = constantFrom('startsWith', 'endsWith', 'contains');
const aPattern = constantFrom('^a', 'b$', 'a.b', '(?i)A', '^$', '^[^a]*$', '[0-9]+', String.raw`^\\d+$`, '(?s)a.b');
const anArn = constantFrom('arn:*:iam::*:role/*', 'arn:aws:iam::1:role/?', 'a*', '*');
const some = constantFrom('exists', 'all');

const written = (text: string): string =>
  `'${text
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)
    .replaceAll('\n', String.raw`\n`)}'`;
const literal = aText.map(written);

const root = constantFrom('event.requestParameters', 'event.responseElements', 'event.additionalEventData');
const inJson = oneof(
  tuple(root, aName).map(([at, x]) => `${at}.?${x}`),
  tuple(root, aName, aName).map(([at, x, y]) => `${at}.?${x}.?${y}`),
  tuple(root, aName).map(([at, x]) => `${at}.?${x}.?items`),
);
const field = constantFrom(
  'event.?userAgent',
  'event.?errorCode',
  'event.?errorMessage',
  'event.?apiVersion',
  'event.userIdentity.?arn',
  'event.userIdentity.?userName',
  'event.userIdentity.?sessionContext.?sourceIdentity',
);
const fact = constantFrom('event.eventName', 'event.principal', 'event.actor', 'event.recipientAccountId');
const text = oneof(
  fact,
  tuple(oneof(field, inJson), oneof(constant("''"), literal)).map(([at, it]) => `${at}.orValue(${it})`),
);
const number = oneof(
  tuple(inJson, aNumber).map(([at, it]) => `${at}.orValue(${it})`),
  text.map((it) => `size(${it})`),
);
const list = inJson.map((at) => `${at}.orValue([])`);
const member = oneof(
  literal.map((it) => `it == ${it}`),
  tuple(aName, constantFrom('==', '!='), literal).map(([x, sign, it]) => `it.?${x}.orValue('') ${sign} ${it}`),
  tuple(aName, literal, aName, aNumber).map(
    ([x, it, y, other]) => `it.?${x}.orValue('') == ${it} && it.?${y}.orValue(0) == ${other}`,
  ),
  tuple(aName, aName).map(([x, y]) => `has(it.${x}) && !has(it.${y})`),
);

const atom: Arbitrary<string> = oneof(
  tuple(text, constantFrom('==', '!='), oneof(literal, text)).map((it) => it.join(' ')),
  tuple(text, literal).map(([it, other]) => `${it}.lowerAscii() == ${other}`),
  tuple(text, array(literal, { maxLength: 4 })).map(([it, others]) => `${it} in [${others.join(', ')}]`),
  tuple(text, aTest, oneof(literal, text)).map(([it, test, part]) => `${it}.${test}(${part})`),
  tuple(text, aPattern).map(([it, pattern]) => `${it}.matches('${pattern}')`),
  tuple(text, anArn).map(([it, pattern]) => `arnLike(${it}, '${pattern}')`),
  tuple(text, constantFrom(',', ':', '"', 'a'), literal).map(
    ([it, at, part]) => `${it}.split('${at}').exists(it, it == ${part})`,
  ),
  tuple(number, aSign, aNumber).map((it) => it.join(' ')),
  tuple(number, constantFrom('+', '-', '%'), aSign, aNumber).map(([it, by, sign, n]) => `${it} ${by} 2 ${sign} ${n}`),
  tuple(inJson, boolean()).map(([at, it]) => `${at}.orValue(${it})`),
  tuple(root, aName).map(([at, x]) => `has(${at}.${x})`),
  tuple(root, aName, literal).map(([at, x, it]) => `has(${at}.${x}) && ${it} in ${at}.${x}`),
  tuple(list, some, member).map(([its, of, is]) => `${its}.${of}(it, ${is})`),
  tuple(list, some, some, aName, member).map(
    ([its, of, ofThese, x, is]) => `${its}.${of}(o, o.?${x}.orValue([]).${ofThese}(it, ${is}))`,
  ),
  tuple(some, literal).map(([of, it]) => `event.resources.${of}(r, r.?type.orValue('') == ${it})`),
  constantFrom(
    'has(event.errorCode)',
    'has(event.sourceIp)',
    'event.isRoot',
    'event.isByService',
    'event.isDenied',
    'event.succeeded',
    'event.?readOnly.orValue(true)',
    'has(event.userIdentity.sessionContext)',
    "event.eventTime < timestamp('2026-11-20T10:00:00Z')",
  ),
);

/** Conditions of the language, joined. */
export const aCondition: Arbitrary<string> = letrec<{ condition: string }>((tie) => ({
  condition: oneof(
    { maxDepth: 2, withCrossShrink: true },
    atom.map((it) => `(${it})`),
    tie('condition').map((it) => `!${it}`),
    tuple(tie('condition'), constantFrom('&&', '||'), tie('condition')).map((it) => `(${it.join(' ')})`),
    array(tie('condition'), { minLength: 3, maxLength: 3 }).map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
  ),
})).condition;

function object(fields: Readonly<Record<string, string | undefined>>): string {
  const pairs = Object.entries(fields).filter(([, it]) => it !== undefined);
  return `{${pairs.map(([name, it]) => `"${name}": ${it}`).join(',')}}`;
}

const maybe = (it: Arbitrary<string>): Arbitrary<string | undefined> => option(it, { nil: undefined });
const quoted = aText.map((it) => JSON.stringify(it));
/** As it may be written: JSON.parse and JSON.stringify would make one of several. */
const scalar = oneof(
  quoted,
  constantFrom('5', '5.0', '1e1', '1E1', '-5', '10', '0', '-0', '1.0', '9007199254740993', '12345678901234567890'),
  constantFrom('true', 'false', 'null', String.raw`"\u0061"`, String.raw`"a\/b"`),
);
const json: Arbitrary<string> = letrec<{ json: string }>((tie) => ({
  json: oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    scalar,
    array(tie('json'), { maxLength: 3 }).map((it) => `[${it.join(', ')}]`),
    uniqueArray(tuple(constantFrom('x', 'y', 'z', 'items'), tie('json')), { maxLength: 3, selector: ([x]) => x }).map(
      (it) => object(Object.fromEntries(it)),
    ),
  ),
})).json;
const someJson = oneof(
  { weight: 1, arbitrary: constantFrom('null', '"null"', '{"omitted": true, "reason": "size"}') },
  { weight: 4, arbitrary: record({ x: maybe(json), y: maybe(json), z: maybe(json) }).map(object) },
);
const session = record({
  sourceIdentity: maybe(quoted),
  sessionIssuer: maybe(constantFrom('{"arn":"arn:aws:iam::1:role/a"}', '{}', 'null')),
}).map(object);
const identity = record({
  type: maybe(constantFrom('"Root"', '"IAMUser"', '"AssumedRole"', '"AWSService"', '"IdentityCenterUser"')),
  arn: maybe(oneof(quoted, constant('"arn:aws:sts::111122223333:assumed-role/deploy/a"'))),
  principalId: maybe(oneof(quoted, constant('"AROA1:a"'))),
  userName: maybe(quoted),
  invokedBy: maybe(constantFrom('"ec2.amazonaws.com"', '"signin.amazonaws.com"', '""')),
  sessionContext: maybe(session),
}).map(object);

/** Records of CloudTrail, as they stand in a log file. */
export const anEventText: Arbitrary<string> = record({
  eventTime: constantFrom('"2026-11-20T10:00:00Z"', '"2026-11-20T09:59:59Z"'),
  eventSource: quoted,
  eventName: quoted,
  eventType: constantFrom('"AwsApiCall"', '"AwsServiceEvent"'),
  sourceIPAddress: oneof(quoted, constantFrom('"ec2.amazonaws.com"', '"AWS Internal"')),
  userAgent: maybe(quoted),
  apiVersion: maybe(quoted),
  errorCode: maybe(oneof(quoted, constantFrom('null', '"null"', '"AccessDenied"'))),
  errorMessage: maybe(oneof(quoted, constantFrom('null', '"null"'))),
  recipientAccountId: maybe(quoted),
  readOnly: maybe(constantFrom('true', 'false', '"true"', 'null')),
  userIdentity: identity,
  requestParameters: maybe(someJson),
  responseElements: maybe(someJson),
  additionalEventData: maybe(someJson),
  resources: maybe(constantFrom('null', '[]', '[{"ARN":"a"}]', '[{"ARN":"arn:aws:iam::1:role/a","type":"a"}]')),
}).map(object);
