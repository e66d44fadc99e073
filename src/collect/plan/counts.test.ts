import { expect, test } from 'vitest';
import { beyondScans, operations, type OperationName } from '../aws/operations/index.js';
import { recorderCalls } from '../aws/permissions.js';

const names = Object.keys(operations) as OperationName[];

test('every call of a live run has a rule: all but those of AWS Config, of files and of Event history', () => {
  const ofLiveRun = names.filter((name) => !name.startsWith('config:') && !beyondScans.has(name));
  expect(names.filter((name) => operations[name].plan !== undefined).toSorted()).toEqual(
    [...ofLiveRun, ...recorderCalls].toSorted(),
  );
});

test('what AWS Config does not record is said in a sentence', () => {
  const sentences = names.flatMap((name) => operations[name].notRecorded ?? []);
  expect(sentences.length).toBeGreaterThan(10);
  for (const sentence of sentences) expect(sentence).toMatch(/^[A-Z].*\.$/);
});
