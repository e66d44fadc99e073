import type { PolicySummary, Results } from '../../../model/results.js';
import { outcomes } from '../../../text/order.js';
import { prose, visible } from '../../../text/printable.js';
import { disabledPolicies, whereDisabled } from '../../parts/disabled.js';
import { outcomesByPolicy, type PolicyOutcomes } from '../../parts/outcomes.js';
import { controlLabels, recipes } from '../../parts/remediation.js';
import { badge, escaped, outcomeLabels } from '../shared/markup.js';

/** The policies with their outcomes, each with its reason, parameters and how to fix it. */
export function* policiesSection(results: Results): Generator<string> {
  const all = outcomesByPolicy(results);
  yield '<section id="policies"><h2>Policies</h2><p class="print-only">What is folded here and below is printed only where it was open on the screen.</p>';
  for (const it of all) yield policyDetails(it);
  yield* disabledList(results);
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
