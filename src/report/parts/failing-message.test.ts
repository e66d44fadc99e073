import { describe, expect, it } from 'vitest';
import type { Evaluation } from '../../model/results.js';
import { failingParagraphs } from './failing-message.js';
import { anEvaluation } from '../../../test/support/results-builders.js';

type Parts = Pick<Evaluation, 'message' | 'reasons'>;

const read = { assert: 'read', message: 'Reads are lost.', because: [] };
const write = { assert: 'write', message: 'Writes are lost.', because: [] };
const unread = { assert: 'insights', message: 'not known', because: [], unknown: true } as const;

const cause = 'the trail excludes this source of events.';

const cases: readonly (readonly [string, Parts, readonly string[]])[] = [
  [
    'a paragraph for each',
    { message: 'Writes are lost. Reads are lost.', reasons: [write, read] },
    [write.message, read.message],
  ],
  ['none for what is not known', { message: 'Writes are lost.', reasons: [write, unread] }, [write.message]],
  [
    'none for what is waived',
    { message: 'Writes are lost. Reads are lost.', reasons: [write, { ...read, waiver: 'W-1' }] },
    [write.message],
  ],
  [
    'a sentence and a cause once',
    {
      message: `Writes are lost: ${cause} Mend it. Reads are lost: ${cause} Mend it. They are many.`,
      reasons: [
        { assert: 'w', message: `Writes are lost: ${cause} Mend it.`, because: [] },
        { assert: 'r', message: `Reads are lost: ${cause} Mend it. They are many.`, because: [] },
      ],
    },
    [`Writes are lost: ${cause} Mend it.`, 'Reads are lost, for the same reason. They are many.'],
  ],
  [
    'the whole where more is said',
    { message: 'Writes are lost. Not read again.', reasons: [write] },
    ['Writes are lost. Not read again.'],
  ],
];

describe('the paragraphs of a finding', () => {
  it.each(cases)('%s', (_, parts, expected) => {
    expect(failingParagraphs(anEvaluation(parts))).toEqual(expected);
  });
});
