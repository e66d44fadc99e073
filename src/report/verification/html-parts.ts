import type { Verification, VerificationRecord } from '../../model/verification.js';
import { prose, visible } from '../../text/printable.js';
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
} from './parts.js';

const shownObjects = 50;
const shownRows = 1000;

/** When, of what, and how many: as a card. */
export function factsCard({ record, run }: Verification): string {
  const { window, asOf, counts } = record;
  const rows = [
    ['Window', `${moment(window.from)} to ${moment(window.to)}`],
    ['As of', moment(asOf)],
    ['Source', prose(run.source)],
    ['Scope', describeScope(record)],
    ['Digest files', digestCounts(counts.digests)],
    ['Log files', logCounts(counts.logFiles)],
    ['Proved', describeProofs(record)],
  ];
  const list = rows.map(([label = '', text = '']) => `<div><dt>${label}</dt><dd>${escaped(text)}</dd></div>`);
  return `<div class="card"><dl class="facts">${list.join('')}</dl></div>`;
}

export const findingHeads = ['Effect', 'What', 'Objects'];

export function findingCells(it: VerificationRecord['findings'][number]): readonly string[] {
  return [it.effect, `${escaped(prose(findingLabel(it)))}. ${escaped(prose(findingMessage(it)))}`, objects(it)];
}

export const gapHeads = ['Chain', 'From', 'To', 'Cause', 'Effect', 'Why'];

/** A row for each time that no valid digest file covers. */
export function gapRows(record: VerificationRecord): readonly (readonly string[])[] {
  return eventfulChains(record).flatMap((chain) =>
    chain.gaps.map((gap) => [
      escaped(prose(chainLabel(chain))),
      moment(gap.from),
      moment(gap.to),
      gap.cause,
      gap.effect,
      escaped(prose(gap.message)),
    ]),
  );
}

function objects({ bucket, objects: keys, count }: VerificationRecord['findings'][number]): string {
  const shown = keys.slice(0, shownObjects);
  const items = shown.map((key) => `<li><code>${escaped(visible(`s3://${bucket}/${key}`))}</code></li>`);
  const more = count > shown.length ? [`<li>and ${count - shown.length} more</li>`] : [];
  return `<ul>${[...items, ...more].join('')}</ul>`;
}

/** A table for whoever scrolls, reads or hears it. The cells are HTML. */
export function* tableOf<T>(
  label: string,
  all: readonly T[],
  heads: readonly string[],
  cells: (it: T) => readonly string[],
): Generator<string> {
  yield `<div class="scroll" tabindex="0" role="region" aria-label="${escaped(label)}"><table>`;
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
    yield `<p class="hint">and ${all.length - shownRows} more: verify-logs --format json has them all</p>`;
}
