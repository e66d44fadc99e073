import type { Verification, VerificationRecord } from '../../model/verification.js';
import { prose, visible } from '../../text/printable.js';
import { pageHead } from '../html/head.js';
import { escaped } from '../html/shared/markup.js';
import { moment } from '../parts/describe.js';
import {
  chainLabel,
  describeProofs,
  describeScope,
  digestCounts,
  eventfulChains,
  findingLabel,
  findingMessage,
  logCounts,
  outcomeSentences,
  ownCallSentence,
} from './parts.js';

const shownObjects = 50;
const shownRows = 1000;

/** The verification as one HTML file, without a script: outcome, counts, findings, gaps, what was not known. */
export function* verificationHtml({ record, run, tool }: Verification): Generator<string> {
  const { outcome, findings, scope, notes } = record;
  yield pageHead(`CloudTrail log files: ${outcome}`);
  yield '<header class="top"><div class="wide"><h1>CloudTrail log files</h1>';
  yield `<p class="verdict">${outcome.toUpperCase()}: ${escaped(outcomeSentences[outcome])}</p></div></header>\n`;
  yield '<main class="wide">\n';
  yield facts(record, run.source);
  yield* section('findings', 'Findings', findings, ['Effect', 'What', 'Objects'], (it) => [
    it.effect,
    `${escaped(prose(findingLabel(it)))}. ${escaped(prose(findingMessage(it)))}`,
    objects(it),
  ]);
  const gaps = eventfulChains(record).flatMap((chain) => chain.gaps.map((gap) => ({ chain, gap })));
  yield* section(
    'gaps',
    'Time that no valid digest file covers',
    gaps,
    ['Chain', 'From', 'To', 'Cause', 'Effect', 'Why'],
    ({ chain, gap }) => [
      escaped(prose(chainLabel(chain))),
      moment(gap.from),
      moment(gap.to),
      gap.cause,
      gap.effect,
      escaped(prose(gap.message)),
    ],
  );
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

function facts(record: VerificationRecord, source: string): string {
  const { window, asOf, counts } = record;
  const rows = [
    ['Window', `${moment(window.from)} to ${moment(window.to)}`],
    ['As of', moment(asOf)],
    ['Source', prose(source)],
    ['Scope', describeScope(record)],
    ['Digest files', digestCounts(counts.digests)],
    ['Log files', logCounts(counts.logFiles)],
    ['Proved', describeProofs(record)],
  ];
  const list = rows.map(([label = '', text = '']) => `<div><dt>${label}</dt><dd>${escaped(text)}</dd></div>`);
  return `<section id="summary"><h2>Summary</h2><div class="card"><dl class="facts">${list.join('')}</dl></div></section>\n`;
}

function objects({ bucket, objects: keys, count }: VerificationRecord['findings'][number]): string {
  const shown = keys.slice(0, shownObjects);
  const items = shown.map((key) => `<li><code>${escaped(visible(`s3://${bucket}/${key}`))}</code></li>`);
  const more = count > shown.length ? [`<li>and ${count - shown.length} more</li>`] : [];
  return `<ul>${[...items, ...more].join('')}</ul>`;
}

/** A table, or nothing where there is no row. The cells are HTML. */
function* section<T>(
  id: string,
  title: string,
  all: readonly T[],
  heads: readonly string[],
  cells: (it: T) => readonly string[],
): Generator<string> {
  if (all.length === 0) return;
  yield `<section id="${id}"><h2>${title}</h2><div class="scroll" tabindex="0" role="region" aria-label="${title}"><table>`;
  if (heads.some((it) => it !== '')) {
    yield `<thead><tr>${heads.map((it) => (it === '' ? '<td></td>' : `<th scope="col">${it}</th>`)).join('')}</tr></thead>`;
  }
  yield '<tbody>';
  for (const it of all.slice(0, shownRows)) {
    yield `<tr>${cells(it)
      .map((cell) => `<td>${cell}</td>`)
      .join('')}</tr>`;
  }
  yield '</tbody></table></div>';
  if (all.length > shownRows)
    yield `<p class="hint">and ${all.length - shownRows} more: --format json has them all</p>`;
  yield '</section>\n';
}
