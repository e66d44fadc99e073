import type { History } from '../../model/history.js';
import { counted } from '../../text/plural.js';
import { moment } from '../parts/describe.js';
import { table } from '../markdown/table.js';
import { escapedProse } from '../markdown/escape.js';
import { changesByDay } from './changes.js';
import { describeSource } from './parts.js';

/** Findings over time as a table of the days on which one began or ended, the last one first. */
export function* timelineLines(history: History, most: number): Generator<string> {
  const eventful = changesByDay(history)
    .filter(({ counts }) => counts.opened + counts.reopened + counts.closed + counts.waived > 0)
    .toReversed();
  const { from, to } = history.window;
  yield `${moment(from)} to ${moment(to)}, from ${escapedProse(describeSource(history))}.`;
  yield '';
  if (eventful.length === 0) yield* ['No finding began or ended.', ''];
  yield* table(
    [
      { head: 'Day' },
      ...['Opened', 'Reopened', 'Closed', 'Waived', 'Open at its end', 'Not known'].map((head) => ({
        head,
        align: 'right' as const,
      })),
    ],
    eventful
      .slice(0, most)
      .map(({ day, counts: { opened, reopened, closed, waived }, open, unseen, unknown }) =>
        [day].concat([opened, reopened, closed, waived, open + unseen, unknown].map(String)),
      ),
  );
  const left = eventful.length - most;
  if (left > 0) yield* [`${counted(left, 'earlier day')} left out.`, ''];
}
