import type { Verification } from '../../model/verification.js';
import { prose, visible } from '../../text/printable.js';
import { pageHead } from '../html/head.js';
import { escaped } from '../html/shared/markup.js';
import { moment } from '../parts/describe.js';
import { factsCard, findingCells, findingHeads, gapHeads, gapRows, tableOf } from './html-parts.js';
import { outcomeSentences, ownCallSentence } from './parts.js';

/** The verification as one HTML file, without a script: outcome, counts, findings, gaps, what was not known. */
export function* verificationHtml(verification: Verification): Generator<string> {
  const { record, tool } = verification;
  const { outcome, findings, scope, notes } = record;
  yield pageHead(`CloudTrail log files: ${outcome}`);
  yield '<header class="top"><div class="wide"><h1>CloudTrail log files</h1>';
  yield `<p class="verdict">${outcome.toUpperCase()}: ${escaped(outcomeSentences[outcome])}</p></div></header>\n`;
  yield '<main class="wide">\n';
  yield `<section id="summary"><h2>Summary</h2>${factsCard(verification)}</section>\n`;
  yield* section('findings', 'Findings', findings, findingHeads, findingCells);
  yield* section('gaps', 'Time that no valid digest file covers', gapRows(record), gapHeads, (it) => it);
  yield* section(
    'calls',
    'Calls of the scan, in verified log files',
    record.ownCalls ?? [],
    ['Account', 'Region', 'State', ''],
    (it) => [escaped(visible(it.account)), escaped(visible(it.region)), it.state, escaped(prose(ownCallSentence(it)))],
  );
  yield* section('open', 'Not known', scope.open, [''], (it) => [escaped(prose(it))]);
  yield* section('notes', 'Notes', notes, [''], (it) => [escaped(prose(it))]);
  yield* section(
    'keys',
    'Public keys',
    record.keys,
    ['Region', 'Fingerprint', 'Valid from', 'Valid to', 'Digest files'],
    (it) => [
      escaped(visible(it.region)),
      `<code>${escaped(visible(it.fingerprint))}</code>`,
      escaped(moment(it.validFrom)),
      escaped(moment(it.validTo)),
      String(it.digests),
    ],
  );
  yield `</main>\n<footer class="wide">${escaped(prose(`${tool.name} ${tool.version}`))}</footer>\n</body>\n</html>\n`;
}

/** A section with a table, or nothing where there is no row. The cells are HTML. */
function* section<T>(
  id: string,
  title: string,
  all: readonly T[],
  heads: readonly string[],
  cells: (it: T) => readonly string[],
): Generator<string> {
  if (all.length === 0) return;
  yield `<section id="${id}"><h2>${title}</h2>`;
  yield* tableOf(title, all, heads, cells);
  yield '</section>\n';
}
