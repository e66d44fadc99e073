import { expectedPlaces } from '../../events/index.js';
import type { EventCoverage } from '../../model/log-events.js';
import type { Terminal } from '../process/terminal.js';
import { version } from '../process/version.js';
import type { QueriedChoice } from './query-choice.js';
import { megabytes } from './scanned-text.js';

/** How a source of which each query is a call is opened, whatever the service. */
export function runOptions(
  { query = {}, onRequests }: QueriedChoice,
  { signal }: Terminal,
  onScanned: (bytes: number) => void,
) {
  return {
    version: version(),
    region: undefined,
    concurrency: 1,
    signal,
    maxBytes: query.maxBytes,
    onScanned,
    onRequests: onRequests ?? (() => undefined),
  };
}

/** Which events are read, and what is known of them before. */
export function windowOptions({
  from,
  to,
  askedFrom,
  inventory,
}: Pick<QueriedChoice, 'from' | 'to' | 'askedFrom' | 'inventory'>) {
  return {
    from,
    to,
    ...(askedFrom === undefined ? {} : { askedFrom }),
    at: new Date().toISOString(),
    ...(inventory === undefined ? {} : { expected: expectedPlaces(inventory) }),
  };
}

/** What queries would take, in the words of their service. */
export interface QueryPlan {
  /** `1, in which all policies are asked` */
  readonly queries: string;
  /** `$0.005 for each gigabyte that a query scans` */
  readonly cost: string;
  /** What the budget does: `stops it once it has read`. */
  readonly budget: string;
  /** What nobody tells before. */
  readonly unknown: string;
  /** What the source cannot hold. */
  readonly coverage: EventCoverage;
  /** The queries as they would be made, with what they are called. */
  readonly title: string;
  readonly text: string;
}

/** What a reading by queries would take, as lines. */
export function queryPlanLines(plan: QueryPlan, maxBytes: number | undefined): readonly string[] {
  return [
    'This reading would take',
    `  Queries       ${plan.queries}`,
    `  Cost          ${plan.cost}`,
    ...(maxBytes === undefined ? [] : [`  Budget        --max-bytes ${plan.budget} ${megabytes(maxBytes)}`]),
    `  Not known     ${plan.unknown}`,
    ...lostBy(plan.coverage).map((it) => `  Not known     ${it}`),
    plan.title,
    ...plan.text.split('\n'),
  ];
}

/** What no reading can make good, as sentences. */
function lostBy({ cells, gaps }: EventCoverage): readonly string[] {
  const lost = cells.flatMap(({ state, gap }) => (state === 'unreadable' && gap !== undefined ? [gap] : []));
  return [...new Set([...lost, ...gaps].map((it) => it.message))];
}
