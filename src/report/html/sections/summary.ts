import type { Results } from '../../../model/results.js';
import { outcomes, severities } from '../../../text/order.js';
import type { Causes } from '../../parts/findings.js';
import { escaped, outcomeLabels } from '../shared/markup.js';

interface Tile {
  readonly look: string;
  readonly count: number;
  readonly label: string;
  /** What the list of findings is filtered by when it is chosen. */
  readonly filter?: string;
}

/** The counts that a reader wants first; most of them filter the list of findings. */
export function* summarySection(results: Results, causes: Causes): Generator<string> {
  const { listed, evaluated, outOfScope, unreadable } = results.coverage.accounts;
  yield '<section id="summary"><h2>Summary</h2>';
  yield '<h3>Findings, one for each cause</h3>';
  yield* tiles(
    severities.map((severity) => ({
      look: severity,
      count: causes.findings.filter((it) => it.evaluation.severity === severity).length,
      label: severity,
      filter: `show=findings&severity=${severity}`,
    })),
  );
  yield '<h3>Evaluations, one for each policy and resource</h3>';
  yield* tiles([
    ...outcomes.map((outcome) => ({
      look: outcome === 'COMPLIANT' ? 'good' : outcome === 'NON_COMPLIANT' ? 'high' : '',
      count: results.evaluations.filter((it) => it.outcome === outcome && it.waiver === undefined).length,
      label: outcomeLabels[outcome] ?? outcome,
      filter: `show=${outcome}`,
    })),
    { look: '', count: causes.waived, label: 'Waived', filter: 'show=waived' },
  ]);
  yield '<h3>Accounts</h3>';
  yield* tiles([
    { look: '', count: listed, label: 'Listed' },
    { look: 'good', count: evaluated, label: 'Evaluated' },
    { look: unreadable.length > 0 ? 'high' : '', count: unreadable.length, label: 'Not readable' },
    { look: '', count: outOfScope.length, label: 'Out of scope' },
  ]);
  yield '</section>';
}

function* tiles(all: readonly Tile[]): Generator<string> {
  yield '<ul class="tiles">';
  for (const { look, count, label, filter } of all) {
    const inside = `<b>${count}</b><span>${escaped(label)}</span>`;
    const content =
      filter === undefined || count === 0
        ? `<div>${inside}</div>`
        : `<a href="#findings" data-filter="${escaped(filter)}">${inside}</a>`;
    yield `<li class="${look}">${content}</li>`;
  }
  yield '</ul>';
}
