import type { PolicySummary, Results } from '../../../model/results.js';
import { byId, byText, outcomes } from '../../../text/order.js';
import { prose, visible } from '../../../text/printable.js';
import { disabledPolicies, whereDisabled } from '../../parts/disabled.js';
import { outcomesByPolicy, type PolicyOutcomes } from '../../parts/outcomes.js';
import { controlLabels, recipes } from '../../parts/remediation.js';
import { badge, escaped, outcomeLabels } from '../shared/markup.js';

/** The policies with their outcomes, each with its reason, parameters and how to fix it; then the controls. */
export function* policiesSection(results: Results): Generator<string> {
  const all = outcomesByPolicy(results);
  yield '<section id="policies"><h2>Policies</h2>';
  for (const it of all) yield policyDetails(it);
  yield* disabledList(results);
  yield '</section><section id="controls"><h2>Controls</h2>';
  yield '<p class="hint">What the policies of this run say of each control that they serve. A control may ask for more than a tool can see.</p>';
  yield* controlTable(all);
  yield '</section>';
}

function policyDetails({ policy, counts, waived }: PolicyOutcomes): string {
  const { id, title, severity, description, rationale, remediation } = policy;
  const numbers = [
    ...outcomes.flatMap((outcome) =>
      counts[outcome] === 0
        ? []
        : [
            `<a href="#findings" data-filter="${escaped(new URLSearchParams({ show: outcome, policy: visible(id) }).toString())}">${counts[outcome]} ${escaped((outcomeLabels[outcome] ?? outcome).toLowerCase())}</a>`,
          ],
    ),
    ...(waived === 0 ? [] : [`${waived} waived`]),
  ];
  return [
    `<details class="policy" id="policy-${escaped(visible(id))}"><summary>${badge(severity)} <strong>${escaped(prose(title))}</strong> <code>${escaped(visible(id))}</code></summary><div>`,
    `<p>${numbers.length === 0 ? 'It applied to nothing.' : numbers.join(' · ')}</p>`,
    `<p>${escaped(prose(description))}</p><p>${escaped(prose(rationale))}</p>`,
    `<h3>How to fix</h3><p>${escaped(prose(remediation.text))}</p>`,
    ...recipes(remediation).map(({ label, language, content }) =>
      language === undefined
        ? `<h4>${label}</h4><p>${escaped(prose(content))}</p>`
        : `<h4>${label}</h4><pre tabindex="0">${escaped(content.trimEnd().split('\n').map(visible).join('\n'))}</pre>`,
    ),
    facts(policy),
    '</div></details>',
  ].join('');
}

function facts({ controls, params, source, line }: PolicySummary): string {
  const rows = [
    ['Controls', controlLabels(controls).map(visible).join(', ')],
    [
      'Parameters',
      Object.entries(params)
        .map(([name, value]) => visible(`${name}: ${JSON.stringify(value)}`))
        .join(', '),
    ],
    ['Source', visible(line === undefined ? source : `${source}:${line}`)],
  ].filter(([, text]) => text !== '');
  return `<dl class="facts">${rows.map(([label = '', text = '']) => `<div><dt>${label}</dt><dd>${escaped(text)}</dd></div>`).join('')}</dl>`;
}

function* disabledList(results: Results): Generator<string> {
  const disabled = disabledPolicies(results);
  if (disabled.length === 0) return;
  yield '<h3>Not asked</h3><ul>';
  for (const it of disabled) {
    const place = `${it.file}:${it.line}`;
    yield `<li><code>${escaped(visible(it.policyId))}</code> ${escaped(prose(`${whereDisabled(it)}: ${it.reason} (${place})`))}</li>`;
  }
  yield '</ul>';
}

const verdictOrder = ['NON_COMPLIANT', 'INSUFFICIENT_DATA', 'COMPLIANT', 'NOT_APPLICABLE'] as const;

function* controlTable(all: readonly PolicyOutcomes[]): Generator<string> {
  const byControl = new Map<string, PolicyOutcomes[]>();
  for (const it of all) {
    for (const label of controlLabels(it.policy.controls)) byControl.set(label, [...(byControl.get(label) ?? []), it]);
  }
  const frameworks = [...new Set([...byControl.keys()].map(frameworkOf))].toSorted(byText);
  for (const framework of frameworks) {
    const labels = [...byControl.keys()].filter((it) => frameworkOf(it) === framework).toSorted(numerically);
    const open = labels.filter((label) => verdictOf(byControl.get(label) ?? []) === 'NON_COMPLIANT').length;
    const name = escaped(visible(framework));
    yield `<details class="policy"><summary><strong>${name}</strong> <span class="soft">${labels.length} controls, ${open} non-compliant</span></summary><div><div class="scroll" tabindex="0" role="region" aria-label="Controls of ${name}"><table>`;
    yield '<thead><tr><th scope="col">Control</th><th scope="col">Verdict</th><th scope="col">Policies</th></tr></thead><tbody>';
    for (const label of labels) {
      const policies = (byControl.get(label) ?? []).map(({ policy }) => policy).toSorted(byId);
      const links = policies.map(({ id }) => `<a href="#policy-${escaped(visible(id))}">${escaped(visible(id))}</a>`);
      const verdict = verdictOf(byControl.get(label) ?? []);
      const control = escaped(visible(label.slice(framework.length + 1)));
      const shown = `<a href="#findings" data-filter="${escaped(new URLSearchParams({ show: verdict, control: visible(label) }).toString())}">${control}</a>`;
      yield `<tr><th scope="row">${shown}</th><td>${badge(verdict, outcomeLabels[verdict])}</td><td>${links.join(', ')}</td></tr>`;
    }
    yield '</tbody></table></div></div></details>';
  }
}

function frameworkOf(label: string): string {
  return label.split(' ')[0] ?? label;
}

/** The worst of what its policies say; waived evaluations count as what they are: not compliant, and accepted. */
function verdictOf(all: readonly PolicyOutcomes[]): (typeof verdictOrder)[number] {
  return verdictOrder.find((outcome) => all.some(({ counts }) => counts[outcome] > 0)) ?? 'NOT_APPLICABLE';
}

function numerically(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true }) || byText(a, b);
}
