import { missedRanges } from './missed-days.js';
import type { History, Interval, State, Timeline } from '../../model/history.js';
import { asLogLines } from '../parts/chunks.js';
import { describeTarget, moment } from '../parts/describe.js';
import type { ReportOptions } from '../options.js';
import { byText } from '../../text/order.js';
import { block, labelled, padded, pageOf, type Page } from '../text/page.js';
import type { Look } from '../text/paint.js';
import { prose, visible } from '../../text/printable.js';
import { bar, legend } from './bar.js';
import { duration, share } from './duration.js';
import { describeBeginning, describeSource, sortedOut, type Steady } from './parts.js';
import { counted } from '../../text/plural.js';

/** More would scroll away the rest; Markdown and JSON have them all. */
const shownTimelines = 50;
const shownIntervals = 20;
const shownGaps = 20;

const looks: Readonly<Record<State, Look>> = {
  COMPLIANT: 'green',
  NON_COMPLIANT: 'red',
  INSUFFICIENT_DATA: 'yellow',
  NOT_APPLICABLE: 'dim',
  NOT_THERE_YET: 'dim',
  GONE: 'dim',
};

/** The history for a terminal: totals, a timeline for each policy and target that changed, and what was not known. */
export function historyText(history: History, { columns, color }: ReportOptions = {}): Iterable<string> {
  return asLogLines(linesOf(history, pageOf(columns, color)));
}

function* linesOf(history: History, page: Page): Generator<string> {
  const { eventful, steady } = sortedOut(history);
  const names = new Map<string, string>();
  yield* head(page, history);
  if (eventful.length > 0) yield* ['', page.paint('dim', legend)];
  for (const it of eventful.slice(0, shownTimelines)) yield* timeline(page, history, it, names);
  const left = eventful.length - shownTimelines;
  if (left > 0) yield* ['', `… and ${left} more: --format json has them all`];
  yield* theRest(page, steady);
  yield* missedDays(page, history);
  yield* unknowns(page, history);
}

const column = 19;

function head(page: Page, history: History): string[] {
  const { window, summary } = history;
  const { worst } = summary;
  const whole = Math.floor((Date.parse(window.to) - Date.parse(window.from)) / 1000);
  const worstTarget = history.timelines.find(
    (it) => it.policyId === worst?.policyId && it.fingerprint === worst.fingerprint,
  );
  const lines: readonly (readonly [string, string])[] = [
    ['Window', `${moment(window.from)} to ${moment(window.to)} (${duration(whole)})`],
    ['Source', describeSource(history)],
    ['Timelines', `${summary.timelines} (a policy on a target)`],
    [
      'Out of compliance',
      `${summary.everNonCompliant} at some time, ${summary.nonCompliantNow} at the end; ` +
        `${duration(summary.seconds.nonCompliant)} in total`,
    ],
    ['Not known', `${duration(summary.seconds.insufficientData)} in total`],
    [
      'Worst stretch',
      worst === null || worstTarget === undefined
        ? 'none'
        : `${duration(worst.seconds)}: ${visible(worst.policyId)} on ${describeTarget(worstTarget.target, new Map())}, ` +
          `${moment(worst.from)} to ${moment(worst.to)}${worst.stillSo ? ', and still' : ''}`,
    ],
  ];
  return [
    page.paint('bold', 'Compliance over time'),
    ...lines.flatMap(([label, text]) => labelled(page, label, text, '', column)),
  ];
}

function timeline(page: Page, history: History, it: Timeline, names: ReadonlyMap<string, string>): string[] {
  const whole = it.intervals.reduce((sum, { seconds }) => sum + seconds, 0);
  const { nonCompliant, insufficientData } = it.seconds;
  const worst = it.worst === null ? '' : `, worst stretch ${duration(it.worst.seconds)}`;
  const totals =
    `out of compliance ${duration(nonCompliant)} (${share(nonCompliant, whole)})${worst}, ` +
    `not known ${duration(insufficientData)}`;
  const shown = it.intervals.slice(0, shownIntervals);
  const left = it.intervals.length - shown.length;
  return [
    '',
    ...block(page, `${visible(it.policyId)} (${it.severity}): ${describeTarget(it.target, names)}`, '', 'bold'),
    `  [${bar(history, it.intervals, page.width - 4)}]`,
    ...block(page, totals, '  '),
    ...shown.flatMap((interval) => describeInterval(page, interval, it.worst !== null)),
    ...(left > 0 ? [`  … and ${left} more intervals: --format json has them all`] : []),
  ];
}

/** What began it is told of timelines that were out of compliance. */
function describeInterval(page: Page, interval: Interval, isTold: boolean): string[] {
  const { state, from, seconds, waived, message } = interval;
  const said = state === 'NON_COMPLIANT' || state === 'INSUFFICIENT_DATA' ? prose(message) : '';
  const what = `${state}${waived === true ? ' (waived)' : ''}`;
  const line = `  ${moment(from)}  ${page.paint(looks[state], padded(what, 17))}  ${duration(seconds)}`;
  if (!isTold) return [line];
  return [line, ...block(page, describeBeginning(interval), '      ', 'dim'), ...block(page, said, '      ')];
}

function theRest(page: Page, steady: readonly Steady[]): string[] {
  if (steady.length === 0) return [];
  const width = Math.max(...steady.map((it) => it.state.length));
  return [
    '',
    page.paint('bold', 'Unchanged all the time'),
    ...steady.map(
      ({ policyId, state, targets }) =>
        `  ${page.paint(looks[state], padded(state, width))}  ${visible(policyId)}: ${counted(targets, 'target')}`,
    ),
  ];
}

function missedDays(page: Page, { runs }: History): string[] {
  if (runs === undefined) return [];
  const ranges = missedRanges(runs.missed).map((it) => `${visible(it.days)} (${prose(it.message)})`);
  const shown = ranges.slice(0, shownGaps);
  return [
    '',
    page.paint(
      'bold',
      `Days: ${runs.days}, of which ${runs.covered} with a complete run and ${runs.missed.length} without`,
    ),
    ...shown.map((it) => `  ${it}`),
    ...(ranges.length > shown.length ? [`  … and ${ranges.length - shown.length} more`] : []),
  ];
}

/** Why something was not known, each reason once. */
function unknowns(page: Page, { gaps }: History): string[] {
  const messages = [...new Set(gaps.map((it) => prose(it.message)))].toSorted(byText);
  if (messages.length === 0) return [];
  const shown = messages.slice(0, shownGaps);
  return [
    '',
    page.paint('bold', 'Not known, or not read'),
    ...shown.flatMap((it) => block(page, it, '  ')),
    ...(messages.length > shown.length ? [`  … and ${messages.length - shown.length} more`] : []),
  ];
}
