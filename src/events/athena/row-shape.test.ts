import { array, assert, constant, letrec, oneof, property } from 'fast-check';
import { expect, test } from 'vitest';
import { logTableColumns } from './ddl.js';
import { recordFields } from './record-fields.js';
import { parseType, type ColumnType } from './columns.js';
import { recordOf, shapeOf } from './row-shape.js';
import { eventFields } from '../../activity/event-object.js';
import { eventObject } from '../../activity/event-object.js';
import { ABSENT, Unknown } from '../../expression/index.js';

const all = shapeOf(logTableColumns());

/** A row that holds these texts, by their paths in the record. */
function rowOf(shape: ReturnType<typeof shapeOf>, texts: Readonly<Record<string, string>>): string {
  return JSON.stringify(shape.held.map(({ field }) => texts[field.path] ?? null));
}

test('the table has each field that policies may ask for', () => {
  expect(all.lacking).toEqual([]);
  const derived = new Set([
    'principal',
    'actor',
    'isRoot',
    'isByService',
    'isDenied',
    'succeeded',
    'sourceIp',
    'resourceIds',
  ]);
  const paths = new Set(recordFields.map(({ path }) => path));
  const types = {
    Event: '',
    UserIdentity: 'userIdentity.',
    SessionContext: 'userIdentity.sessionContext.',
    SessionIssuer: 'userIdentity.sessionContext.sessionIssuer.',
    SessionAttributes: 'userIdentity.sessionContext.attributes.',
    OnBehalfOf: 'userIdentity.onBehalfOf.',
  };
  const missing = Object.entries(types).flatMap(([type, start]) =>
    (eventFields[type] ?? []).filter((it) => !derived.has(it) && !paths.has(start + it)),
  );
  expect(missing).toEqual([]);
});

test('what a table lacks is not known in its records, and what it has is absent where it is NULL', () => {
  const older = logTableColumns().map(({ name, type }) => ({
    name,
    type: type.replace('sourceidentity:string,', '').replace(/onbehalfof:struct<[^>]*>,/, ''),
  }));
  const shape = shapeOf(
    older.filter(({ name }) => !['managementevent', 'tlsdetails', 'resources', 'useragent'].includes(name)),
  );
  expect(shape.lacking.filter((it) => it.isNeeded === true)).toEqual([]);
  const texts = {
    eventName: 'X',
    userIdentity: '',
    'userIdentity.type': 'AssumedRole',
    'userIdentity.sessionContext': '',
  };
  const unread = new Unknown(['e']);
  const event = eventObject(recordOf(shape, rowOf(shape, texts)) ?? {}, unread);
  for (const field of ['managementEvent', 'tlsDetails', 'resources', 'resourceIds', 'userAgent', 'actor']) {
    expect([field, event.get(field)]).toEqual([field, unread]);
  }
  for (const field of ['errorCode', 'vpcEndpointId', 'requestParameters']) expect(event.get(field)).toBe(ABSENT);
  const whole = eventObject(recordOf(all, rowOf(all, texts)) ?? {}, unread);
  for (const field of ['managementEvent', 'tlsDetails', 'userAgent']) expect(whole.get(field)).toBe(ABSENT);
  expect(whole.get('actor')).not.toBe(unread);
});

test('JSON that is not whole is not known', () => {
  const record = recordOf(all, rowOf(all, { requestParameters: '{"a":', responseElements: 'null' }));
  const unread = new Unknown(['e']);
  const event = eventObject(record ?? {}, unread);
  expect(event.get('requestParameters')).toBe(unread);
  expect(event.get('responseElements')).toBe(ABSENT);
});

test.each(['', '{', '{}', '[]', '[1]', 'null'])('%j is no row', (text) => {
  expect(recordOf(all, text)).toBeUndefined();
});

test('types are read, however they are written; what is not understood is of another kind', () => {
  const { type } = letrec((tie) => ({
    type: oneof({ maxDepth: 4 }, constant('string'), tie('struct'), tie('array'), constant('map<string,string>')),
    struct: array(tie('type'), { minLength: 1, maxLength: 3 }).map(
      (its) => `struct<${its.map((it, index) => `f${index}:${String(it)}`).join(',')}>`,
    ),
    array: tie('type').map((it) => `array<${String(it)}>`),
  }));
  assert(
    property(type, (text) => {
      expect(written(parseType(String(text).toUpperCase().replaceAll(',', ' , ')))).toBe(text);
    }),
  );
  const wrong = ['', 'date', 'struct<a:string', 'array<string>>', 'struct<a:string>b', 'map<string>', 'array<a,b>'];
  expect(wrong.map((it) => parseType(it).kind)).toEqual(wrong.map(() => 'other'));
});

function written(type: ColumnType): string {
  switch (type.kind) {
    case 'struct': {
      return `struct<${[...type.fields].map(([name, it]) => `${name}:${written(it)}`).join(',')}>`;
    }
    case 'array': {
      return `array<${written(type.item)}>`;
    }
    case 'map': {
      return 'map<string,string>';
    }
    default: {
      return type.kind === 'text' ? 'string' : type.kind;
    }
  }
}
