import type { Verification } from '../../model/verification.js';
import { escaped } from '../html/shared/markup.js';
import { prose } from '../../text/printable.js';
import { factsCard, findingCells, findingHeads, gapHeads, gapRows, tableOf } from './html-parts.js';
import { outcomeSentences, ownCallSentence } from './parts.js';

/** What `verify-logs` found of the log files, as a section of a scan's report. */
export function* integritySection(all: readonly Verification[]): Generator<string> {
  yield '<section id="integrity"><h2>Log files</h2>';
  yield '<p class="hint">Whether the log files are as CloudTrail delivered them, by their digest files.</p>';
  for (const it of all) yield* verified(it);
  yield '</section>\n';
}

function* verified(it: Verification): Generator<string> {
  const { outcome, findings, ownCalls = [], scope } = it.record;
  yield `<p><strong>${outcome.toUpperCase()}</strong>: ${escaped(outcomeSentences[outcome])}</p>${factsCard(it)}`;
  yield* part('What was found of log files', findings, findingHeads, findingCells);
  yield* part('Time that no valid digest file covers', gapRows(it.record), gapHeads, (row) => row);
  yield* part('Calls of the scan, in verified log files', ownCalls, ['Account', 'Region', 'State', 'Meaning'], (call) =>
    [call.account, call.region, call.state, ownCallSentence(call)].map((text) => escaped(prose(text))),
  );
  yield* part('What is not known of log files', scope.open, ['Why'], (text) => [escaped(prose(text))]);
}

function* part<T>(
  title: string,
  all: readonly T[],
  heads: readonly string[],
  cells: (it: T) => readonly string[],
): Generator<string> {
  if (all.length === 0) return;
  yield `<h3>${title}</h3>`;
  yield* tableOf(title, all, heads, cells);
}
