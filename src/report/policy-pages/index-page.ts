import { severities } from '../../text/order.js';
import { code, escapedProse } from '../markdown/escape.js';
import { table } from '../markdown/table.js';
import { naturally } from './natural-order.js';
import { generatedLine, type PolicyPage } from './page-data.js';
import { counted } from '../../text/plural.js';

/** The list of all policies, by severity and by control. */
export function policyIndex(pages: readonly PolicyPage[]): string {
  return `${[...lines(pages)].join('\n').trimEnd()}\n`;
}

function* lines(pages: readonly PolicyPage[]): Generator<string> {
  yield* [generatedLine, '', '# Policies', ''];
  yield* [
    `${counted(pages.length, 'policy', 'policies')}, [by severity](#by-severity) and [by control](#by-control).`,
    '',
    '## By severity',
    '',
  ];
  for (const severity of severities) {
    const own = pages.filter((it) => it.severity === severity).toSorted((a, b) => naturally(a.id, b.id));
    if (own.length === 0) continue;
    yield* [`### ${severity.charAt(0).toUpperCase()}${severity.slice(1)}`, ''];
    yield* table(
      ['Policy', 'Checked on each', 'Packs'].map((head) => ({ head })),
      own.map((it) => [linkTo(it), code(it.target), it.packs.map(code).join(', ')]),
    );
  }
  yield* ['## By control', ''];
  for (const [framework, controls] of byControl(pages)) {
    yield* [`### ${escapedProse(framework)}`, ''];
    yield* table(
      [{ head: 'Control' }, { head: 'Policies' }],
      controls.map(([control, policies]) => [escapedProse(control), policies.map(linkTo).join('<br>')]),
    );
  }
}

function linkTo({ id, title }: PolicyPage): string {
  return `[${escapedProse(title)}](${id}.md)`;
}

type Controls = readonly (readonly [string, readonly PolicyPage[]])[];

function byControl(pages: readonly PolicyPage[]): readonly (readonly [string, Controls])[] {
  const frameworks = new Map<string, Map<string, PolicyPage[]>>();
  for (const page of pages.toSorted((a, b) => naturally(a.id, b.id))) {
    for (const [framework, ids] of Object.entries(page.controls)) {
      const controls = frameworks.get(framework) ?? new Map<string, PolicyPage[]>();
      frameworks.set(framework, controls);
      for (const id of new Set(ids)) controls.set(id, [...(controls.get(id) ?? []), page]);
    }
  }
  return [...frameworks]
    .toSorted(([a], [b]) => naturally(a, b))
    .map(([framework, controls]) => [framework, [...controls].toSorted(([a], [b]) => naturally(a, b))] as const);
}
