import type { History, Timeline } from '../../model/history.js';
import { counted } from '../../text/plural.js';
import { prose } from '../../text/printable.js';
import { describeTarget, moment } from '../parts/describe.js';
import { badge, escaped } from '../html/shared/markup.js';
import { changesByDay, severityOf, type ChangeDay, type VerdictChange } from './changes.js';
import { changesChart } from './chart.js';
import { duration, share } from './duration.js';
import { intervalStrip } from './interval-bar.js';
import { missedRanges } from './missed-days.js';
import { describeBeginning, describeSource, sortedOut } from './parts.js';

const shownDays = 366;
const shownChanges = 10;
const shownTimelines = 50;
const everything = 'trailproof history --format json has them all';

type Names = ReadonlyMap<string, string>;

/**
 * Findings over time: a picture, the same as a table day by day, and what was out of compliance the longest.
 *
 * @param names of accounts
 */
export function* timelineSection(history: History, names: Names = new Map()): Generator<string> {
  const days = changesByDay(history);
  const titles = new Map(history.policies.map((it) => [it.id, it.title]));
  yield '<section id="timeline"><h2>Timeline</h2>';
  yield `<p class="hint">${escaped(prose(`${moment(history.window.from)} to ${moment(history.window.to)}, from ${describeSource(history)}.`))}`;
  yield ' A finding is a policy that does not hold on a resource, is not waived, and follows from no other finding. Days are days of UTC.</p>';
  yield `<div class="scroll" tabindex="0" role="region" aria-label="Picture of findings over time">${changesChart(days)}</div>`;
  yield '<ul class="legend keys"><li><span class="open"></span>Open at the end of the day</li><li><span class="unseen"></span>Open when last seen, not known since</li><li><span class="opened"></span>Opened or reopened</li><li><span class="closed"></span>Closed or waived</li><li><span class="missed"></span>No complete run</li></ul>';
  yield* dayTable(days, titles, names);
  yield* longest(history, titles, names);
  const missed = missedRanges(history.runs?.missed ?? []);
  if (missed.length > 0) {
    yield '<h3>Days without a complete run</h3><p class="hint">They prove nothing: what was open stays open, what held is not known.</p><ul>';
    for (const it of missed) yield `<li>${escaped(prose(`${it.days}: ${it.message}`))}</li>`;
    yield '</ul>';
  }
  yield '</section>\n';
}

function* dayTable(days: readonly ChangeDay[], titles: Names, names: Names): Generator<string> {
  const eventful = days.filter((it) => it.changes.length > 0).toReversed();
  yield '<h3>Day by day</h3>';
  if (eventful.length === 0) {
    yield '<p>Nothing changed.</p>';
    return;
  }
  yield '<p class="hint">Days on which a verdict changed, the last one first.</p>';
  yield '<div class="scroll" tabindex="0" role="region" aria-label="Changes day by day"><table class="days"><thead><tr><th scope="col">Day</th>';
  const heads = ['Opened', 'Reopened', 'Closed', 'Waived', 'Other', 'Open', 'Not known'];
  for (const head of heads) yield `<th scope="col" class="number">${head}</th>`;
  yield '<th scope="col">What changed</th></tr></thead><tbody>';
  for (const it of eventful.slice(0, shownDays)) {
    const { opened, reopened, closed, waived, other } = it.counts;
    yield `<tr><th scope="row">${it.day}</th>`;
    for (const count of [opened, reopened, closed, waived, other, it.open + it.unseen, it.unknown]) {
      yield `<td class="number">${count}</td>`;
    }
    const more = it.changes.length - shownChanges;
    const items = it.changes.slice(0, shownChanges).map((change) => changeItem(change, titles, names));
    yield `<td><ul>${items.join('')}${more > 0 ? `<li>and ${more} more</li>` : ''}</ul></td></tr>\n`;
  }
  yield '</tbody></table></div>';
  const left = eventful.length - shownDays;
  if (left > 0) yield `<p class="hint">${counted(left, 'earlier day')} left out: ${everything}.</p>`;
}

function changeItem(change: VerdictChange, titles: Names, names: Names): string {
  const { kind, timeline, before, interval } = change;
  const { policyId, target } = timeline;
  const what = `${titles.get(policyId) ?? policyId}: ${describeTarget(target, names)}`;
  const why = [
    ...(kind === 'other' ? [`${before ?? 'not known'} → ${interval.state}`] : []),
    describeBeginning(interval),
  ].filter((it) => it !== '');
  const label = kind === 'opened' || kind === 'reopened' ? badge(severityOf(change)) : '';
  return (
    `<li><strong>${kind === 'other' ? 'Changed' : capitalized(kind)}</strong> ${label} ${escaped(prose(what))}` +
    `${why.length === 0 ? '' : ` <span class="soft">${escaped(prose(why.join('; ')))}</span>`}</li>`
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function* longest(history: History, titles: Names, names: Names): Generator<string> {
  const failing = sortedOut(history).eventful.filter((it) => it.worst !== null);
  if (failing.length === 0) return;
  const whole = Math.floor((Date.parse(history.window.to) - Date.parse(history.window.from)) / 1000);
  yield '<h3>Out of compliance the longest</h3>';
  yield '<div class="scroll" tabindex="0" role="region" aria-label="Out of compliance the longest"><table class="longest"><thead><tr><th scope="col">Policy</th><th scope="col">Resource</th><th scope="col">Over the window</th><th scope="col" class="number">Out of compliance</th><th scope="col" class="number">of the window</th><th scope="col">Longest stretch</th></tr></thead><tbody>';
  for (const it of failing.slice(0, shownTimelines)) {
    const { nonCompliant } = it.seconds;
    yield `<tr><td>${escaped(prose(titles.get(it.policyId) ?? it.policyId))}</td><td>${escaped(prose(describeTarget(it.target, names)))}</td>`;
    yield `<td>${intervalStrip(history, it.intervals)}</td><td class="number">${duration(nonCompliant)}</td>`;
    yield `<td class="number">${share(nonCompliant, whole)}</td><td>${escaped(worstText(it))}</td></tr>\n`;
  }
  yield '</tbody></table></div>';
  yield '<ul class="legend keys"><li><span class="good"></span>Compliant</li><li><span class="opened"></span>Out of compliance</li><li><span class="waived"></span>Waived</li><li><span class="unseen"></span>Not known</li><li><span class="missed"></span>Does not apply</li></ul>';
  const left = failing.length - shownTimelines;
  if (left > 0) yield `<p class="hint">${left} more: ${everything}.</p>`;
}

function worstText({ worst }: Timeline): string {
  if (worst === null) return '';
  const end = worst.stillSo ? 'still so at the end' : `to ${moment(worst.to)}`;
  return `${duration(worst.seconds)}: ${moment(worst.from)}, ${end}`;
}
