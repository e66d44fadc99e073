import type { Results } from '../../../model/results.js';
import { counted } from '../../../text/plural.js';
import { prose, shortened, visible } from '../../../text/printable.js';
import { accountLabel, describeTarget } from '../../parts/describe.js';
import { listed } from '../../parts/accounts.js';
import type { Causes } from '../../parts/findings.js';
import { gapGroups } from '../../parts/gap-groups.js';
import {
  assertionsOf,
  isAccepting,
  placeOf,
  remarksOf,
  waiverGroups,
  type WaiverGroup,
} from '../../parts/waiver-groups.js';
import { escaped } from '../shared/markup.js';

const shownTargets = 50;
const shownAccounts = 20;

/** What waivers accept, with who answers for it and until when. */
export function* waiversSection(
  results: Results,
  causes: Causes,
  names: ReadonlyMap<string, string>,
): Generator<string> {
  const groups = waiverGroups(results, causes);
  if (groups.length === 0) return;
  yield '<section id="waivers"><h2>Waivers</h2>';
  yield '<p class="hint">Accepted until the day named, then findings again. Not counted as findings.</p>';
  for (const group of groups.filter(isAccepting)) yield waiverCard(group, names);
  const remarks = remarksOf(groups);
  if (remarks.length > 0) {
    yield '<h3>About the waivers</h3><ul>';
    for (const { severity, message, place } of remarks) {
      yield `<li><strong>${severity}</strong> <code>${escaped(visible(place))}</code> ${escaped(prose(message))}</li>`;
    }
    yield '</ul>';
  }
  yield '</section>';
}

function waiverCard({ id, waiver, whole, partly, following }: WaiverGroup, names: ReadonlyMap<string, string>): string {
  const accepted = [
    ...whole.map((it) => `${it.policyId}: ${describeTarget(it.target, names)}`),
    ...partly.map((it) => `${assertionsOf(it, id).join(', ')} of ${it.policyId}: ${describeTarget(it.target, names)}`),
    ...(following > 0 ? [`${counted(following, 'evaluation')} in other places that follow from it`] : []),
  ];
  const more = accepted.length - shownTargets;
  const rows = [
    ['Reason', waiver.reason],
    ['Owner', waiver.owner],
    ['Approved by', waiver.approvedBy ?? ''],
    ['Ticket', waiver.ticket ?? ''],
    ['Protected meanwhile by', waiver.compensatingControl ?? ''],
    ['File', placeOf(waiver) ?? ''],
  ].filter(([, text]) => text !== '');
  return [
    `<div class="card"><h3>${escaped(visible(id))}, until ${escaped(visible(waiver.expires))}</h3><dl class="facts">`,
    ...rows.map(([label = '', text = '']) => `<div><dt>${label}</dt><dd>${escaped(prose(text))}</dd></div>`),
    '<div><dt>Accepts</dt><dd><ul>',
    ...accepted.slice(0, shownTargets).map((it) => `<li>${escaped(prose(it))}</li>`),
    ...(more > 0 ? [`<li>and ${more} more</li>`] : []),
    '</ul></dd></div></dl></div>',
  ].join('');
}

/** Everything that could not be read, whether or not an outcome hangs on it. */
export function* gapsSection(results: Results, names: ReadonlyMap<string, string>): Generator<string> {
  yield '<section id="gaps"><h2>Gaps</h2>';
  if (results.gaps.length === 0) {
    yield '<p>Everything that was asked for was read.</p></section>';
    return;
  }
  const values = counted(results.gaps.length, 'value');
  yield `<p class="hint">${values} could not be read. An evaluation that needs one of them is “Insufficient data”, never a pass or a fail.</p>`;
  yield '<div class="scroll" tabindex="0" role="region" aria-label="Gaps"><table class="stacked"><thead><tr><th scope="col">Call</th><th scope="col">Reason</th><th scope="col" class="number">Times</th><th scope="col">Accounts</th><th scope="col">For example</th></tr></thead><tbody>';
  for (const { call, reason, count, accounts, example } of gapGroups(results.gaps)) {
    const asked = listed(
      accounts.map((id) => (id === 'unknown' ? 'an account that is not known' : accountLabel(id, names))),
      shownAccounts,
      'account',
    );
    yield `<tr><td><code>${escaped(visible(call))}</code></td><td>${reason}</td><td class="number">${count}</td><td>${escaped(asked)}</td><td>${escaped(prose(shortened(example, 500)))}</td></tr>`;
  }
  yield '</tbody></table></div></section>';
}
