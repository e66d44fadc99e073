import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Remark } from '../yaml/source.js';
import { fixtureRecords } from './event-fixtures.js';

/** What a fixture that names a file of this text has, and what is told of it. */
function read(text: string) {
  const folder = mkdtempSync(join(tmpdir(), 'trailproof-fixture-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'events.json'), text);
  const told: Remark[] = [];
  const records = fixtureRecords({ $file: 'events.json' }, ['fixtures', 'a'], join(folder, 'tests.yaml'), (_, remark) =>
    told.push(remark),
  );
  return { records: records?.map((it) => it['eventName']), told: told.map((it) => `${it.code}: ${it.message}`) };
}

test('a file of events, whole or one a line', () => {
  expect(read('{"Records":[{"eventName":"A"},{"eventName":"B"}]}')).toEqual({ records: ['A', 'B'], told: [] });
  expect(read('{"eventName":"A"}\n{"eventName":"B"}\n')).toEqual({ records: ['A', 'B'], told: [] });
});

test.each([
  ['{"Records":[{"eventName":"A","eventName":"B"}]}', 1],
  ['{"eventName":"A"}\n{"eventName":"B","eventN\\u0061me":"C"}\n', 2],
])('an object that says a key twice is no evidence of either: %s', (text, line) => {
  expect(read(text)).toEqual({
    records: undefined,
    told: [`duplicate-key: line ${line} of 'events.json' says the key 'eventName' of an object twice`],
  });
});
