import type { History } from '../../model/history.js';
import { byText } from '../../text/order.js';
import { counted } from '../../text/plural.js';
import { prose } from '../../text/printable.js';
import { pageHead } from '../html/head.js';
import { escaped } from '../html/shared/markup.js';
import { inChunks } from '../parts/chunks.js';
import { describeTarget, moment } from '../parts/describe.js';
import { duration } from './duration.js';
import { timelineSection } from './html-timeline.js';
import { describeSource } from './parts.js';

/** The history as one HTML file, without a script: totals, findings over time, what was not known. */
export function historyHtml(history: History): Iterable<string> {
  return inChunks(page(history));
}

function* page(history: History): Generator<string> {
  const { summary, window, gaps, tool } = history;
  yield pageHead('CloudTrail compliance over time');
  yield '<header class="top"><div class="wide"><h1>CloudTrail compliance over time</h1>';
  yield `<p class="verdict">${escaped(headline(history))}</p></div></header>\n<main class="wide">\n`;
  const rows = [
    ['Window', `${moment(window.from)} to ${moment(window.to)}`],
    ['Source', describeSource(history)],
    ...(history.organization === undefined ? [] : [['Organization', history.organization]]),
    ['Timelines', `${summary.timelines} (a policy on a resource)`],
    ['Out of compliance', `${duration(summary.seconds.nonCompliant)} in total`],
    ['Not known', `${duration(summary.seconds.insufficientData)} in total`],
    ['Longest stretch', worst(history)],
  ];
  const list = rows.map(([label = '', text = '']) => `<div><dt>${label}</dt><dd>${escaped(prose(text))}</dd></div>`);
  yield `<section id="summary"><h2>Summary</h2><div class="card"><dl class="facts">${list.join('')}</dl></div></section>\n`;
  yield* timelineSection(history);
  const messages = [...new Set(gaps.map((it) => prose(it.message)))].toSorted(byText);
  if (messages.length > 0) {
    yield '<section id="gaps"><h2>Not known, or not read</h2><ul>';
    for (const it of messages) yield `<li>${escaped(it)}</li>`;
    yield '</ul></section>\n';
  }
  yield `</main>\n<footer class="wide">${escaped(prose(`${tool.name} ${tool.version}`))}</footer>\n</body>\n</html>\n`;
}

function headline({ summary }: History): string {
  if (summary.everNonCompliant === 0) return 'No policy was seen out of compliance in this time.';
  const { everNonCompliant, nonCompliantNow } = summary;
  return `${counted(everNonCompliant, 'verdict')} out of compliance at some time, ${nonCompliantNow} at the end.`;
}

function worst({ summary, timelines }: History): string {
  const it = summary.worst;
  const whose = timelines.find((other) => other.policyId === it?.policyId && other.fingerprint === it.fingerprint);
  if (it === null || whose === undefined) return 'none';
  const end = it.stillSo ? 'still so at the end' : `to ${moment(it.to)}`;
  return `${duration(it.seconds)}: ${it.policyId} on ${describeTarget(whose.target, new Map())}, ${moment(it.from)}, ${end}`;
}
