import { missedRanges } from './missed-days.js';
import type { History, Interval, Timeline } from '../../model/history.js';
import { asLines, inChunks } from '../parts/chunks.js';
import { describeTarget, moment } from '../parts/describe.js';
import { code, escapedProse } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { timelineLines } from './markdown-timeline.js';
import { byText } from '../../text/order.js';
import { duration, share } from './duration.js';
import { describeBeginning, describeSource, sortedOut } from './parts.js';

/** The history as Markdown: totals, a table of all that changed, one of intervals for each that was out of compliance. */
export function historyMarkdown(history: History): Iterable<string> {
  return inChunks(asLines(lines(history)));
}

function* lines(history: History): Generator<string> {
  const { window, summary, gaps, runs } = history;
  const { eventful, steady } = sortedOut(history);
  const whole = Math.floor((Date.parse(window.to) - Date.parse(window.from)) / 1000);
  yield '# Compliance over time';
  yield '';
  yield* table(
    [{ head: '' }, { head: '' }],
    [
      ['Window', `${moment(window.from)} to ${moment(window.to)} (${duration(whole)})`],
      ['Source', escapedProse(describeSource(history))],
      ['Timelines (a policy on a target)', String(summary.timelines)],
      ['Out of compliance at some time', `${summary.everNonCompliant}, ${summary.nonCompliantNow} at the end`],
      ['Out of compliance in total', duration(summary.seconds.nonCompliant)],
      ['Not known in total', duration(summary.seconds.insufficientData)],
      ['Worst stretch', worst(history)],
    ],
  );
  yield* ['## Day by day', '', ...timelineLines(history, Number.POSITIVE_INFINITY)];
  if (eventful.length > 0) yield* ['## What changed', ''];
  yield* table(
    [
      { head: 'Policy' },
      { head: 'Target' },
      { head: 'Out of compliance', align: 'right' },
      { head: 'of the window', align: 'right' },
      { head: 'Worst stretch', align: 'right' },
      { head: 'Not known', align: 'right' },
    ],
    eventful.map((it) => [
      code(it.policyId),
      target(it),
      duration(it.seconds.nonCompliant),
      share(it.seconds.nonCompliant, whole),
      it.worst === null ? '–' : duration(it.worst.seconds),
      duration(it.seconds.insufficientData),
    ]),
  );
  for (const it of eventful.filter(({ worst: own }) => own !== null)) {
    yield* [`### ${code(it.policyId)}: ${target(it)}`, ''];
    yield* table(
      [{ head: 'From' }, { head: 'State' }, { head: 'For', align: 'right' }, { head: 'Began' }],
      it.intervals.map(row),
    );
  }
  if (steady.length > 0) yield* ['## Unchanged all the time', ''];
  yield* table(
    [{ head: 'State' }, { head: 'Policy' }, { head: 'Targets', align: 'right' }],
    steady.map(({ state, policyId, targets }) => [state, code(policyId), String(targets)]),
  );
  if (runs !== undefined) {
    yield* ['## Days', ''];
    yield `${runs.days} days, ${runs.covered} with a complete run, ${runs.missed.length} without.`;
    yield '';
    yield* table(
      [{ head: 'Missed' }, { head: 'Why' }],
      missedRanges(runs.missed).map(({ days, message }) => [escapedProse(days), escapedProse(message)]),
    );
  }
  const messages = [...new Set(gaps.map((it) => escapedProse(it.message)))].toSorted(byText);
  if (messages.length > 0) yield* ['## Not known, or not read', '', ...messages.map((it) => `- ${it}`)];
}

function worst({ summary, timelines }: History): string {
  const it = summary.worst;
  const whose = timelines.find((other) => other.policyId === it?.policyId && other.fingerprint === it.fingerprint);
  if (it === null || whose === undefined) return 'none';
  return (
    `${duration(it.seconds)}: ${code(it.policyId)} on ${target(whose)}, ` +
    `${moment(it.from)} to ${moment(it.to)}${it.stillSo ? ', and still' : ''}`
  );
}

function target(it: Timeline): string {
  return escapedProse(describeTarget(it.target, new Map()));
}

function row(interval: Interval): string[] {
  const { state, from, seconds, message, waived } = interval;
  const said = state === 'NON_COMPLIANT' || state === 'INSUFFICIENT_DATA' ? message : '';
  const began = [describeBeginning(interval), said].filter((it) => it !== '').join('. ');
  return [moment(from), waived === true ? `${state} (waived)` : state, duration(seconds), escapedProse(began)];
}
