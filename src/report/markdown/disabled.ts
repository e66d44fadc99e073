import type { DisabledPolicy } from '../../model/results.js';
import { whereDisabled } from '../parts/disabled.js';
import { code, escapedProse } from './escape.js';
import { table } from './table.js';

/** What packs took out, where, why, and the line that says so. */
export function* disabledSection(disabled: readonly DisabledPolicy[]): Generator<string> {
  if (disabled.length === 0) return;
  yield '## Disabled by packs';
  yield '';
  yield* table(
    [{ head: 'Policy' }, { head: 'Where' }, { head: 'Reason' }, { head: 'Said in' }],
    disabled.map((it) => [
      code(it.policyId),
      escapedProse(whereDisabled(it)),
      escapedProse(it.reason),
      code(`${it.file}:${it.line}`),
    ]),
  );
}
