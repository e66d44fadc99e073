import { code, escapedProse, fenced } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { recipes } from '../parts/remediation.js';
import { naturally } from './natural-order.js';
import { generatedLine, type PolicyPage } from './page-data.js';

/** The page of one policy: what, why, how it is decided, parameters, how to fix it, controls, examples. */
export function policyPage(page: PolicyPage): string {
  return `${[...lines(page)].join('\n').trimEnd()}\n`;
}

function* lines(page: PolicyPage): Generator<string> {
  yield* [generatedLine, '', `# ${escapedProse(page.title)}`, ''];
  const packs = page.packs.length === 0 ? 'none' : page.packs.map(code).join(', ');
  yield* [`${code(page.id)}: **${page.severity}**, checked on each ${code(page.target)}; packs: ${packs}`, ''];
  yield* [escapedProse(page.description), '', '## Why it matters', '', escapedProse(page.rationale), ''];
  yield* decision(page);
  yield* parameters(page);
  yield* ['## How to fix it', '', escapedProse(page.remediation.text), ''];
  for (const { label, language, content } of recipes(page.remediation)) {
    yield* [`### ${label}`, '', language === undefined ? escapedProse(content) : fenced(language, content), ''];
  }
  yield* controls(page);
  yield* examples(page);
  if (page.references.length === 0) return;
  yield* ['## Read more', '', ...page.references.map((it) => `- ${link(it)}`), ''];
}

function* decision(page: PolicyPage): Generator<string> {
  yield* ['## How it is decided', ''];
  if (page.when !== undefined) yield* ['It applies where:', '', fenced('text', page.when), ''];
  if (page.activity !== undefined) {
    yield* ['`trailproof activity` asks of the events in the logs:', '', fenced('yaml', page.activity), ''];
  }
  for (const { id, expr, severity, finding } of page.assertions) {
    const own = severity === page.severity ? '' : ` (**${severity}**)`;
    yield* [`${code(id)}${own} must hold:`, '', fenced('text', expr), ''];
    if (finding !== undefined) yield* ['A finding reads:', '', `> ${escapedProse(finding)}`, ''];
  }
  if (page.activity !== undefined) return;
  yield* [`Where there is no ${code(page.target)} at all, the outcome is ${code(page.onNoTargets)}.`, ''];
}

function* parameters(page: PolicyPage): Generator<string> {
  if (page.parameters.length === 0) return;
  yield* ['## Parameters', ''];
  yield* table(
    ['Name', 'Type', 'Default', 'Allowed', 'Meaning'].map((head) => ({ head })),
    page.parameters.map((it) => [
      code(it.name),
      it.type,
      value(it.default),
      escapedProse(it.allowed),
      escapedProse(it.description),
    ]),
  );
}

function value(it: unknown): string {
  if (Array.isArray(it)) return it.length === 0 ? 'none' : it.map(value).join(', ');
  return code(String(it));
}

function* controls(page: PolicyPage): Generator<string> {
  const frameworks = Object.entries(page.controls).toSorted(([a], [b]) => naturally(a, b));
  if (frameworks.length === 0) return;
  yield* ['## Controls', ''];
  yield* table(
    [{ head: 'Framework' }, { head: 'Controls' }],
    frameworks.map(([framework, ids]) => [code(framework), ids.map(escapedProse).join(', ')]),
  );
}

function* examples(page: PolicyPage): Generator<string> {
  if (page.examples.length === 0) return;
  yield* ['## Examples', '', 'Each is a test of this policy.', ''];
  yield* table(
    [{ head: 'What is so' }, { head: 'Outcome' }],
    page.examples.map(({ name, outcome, failing }) => [
      escapedProse(name),
      failing.length === 0 ? code(outcome) : `${code(outcome)}: ${failing.map(code).join(', ')}`,
    ]),
  );
}

/** Only what a browser opens as a page, and what cannot end the link early, becomes one. */
function link(address: string): string {
  return /^https?:\/\/[A-Za-z0-9._~:/?#@!&+,;=%-]+$/.test(address) ? `<${address}>` : escapedProse(address);
}
