import type { DisabledPolicy } from '../../model/results.js';
import { whereDisabled } from '../parts/disabled.js';
import { prose, visible } from '../../text/printable.js';
import { block, margin, type Page } from './page.js';

/** What packs took out: nobody takes silence for compliance. */
export function disabledSection(page: Page, disabled: readonly DisabledPolicy[]): readonly string[] {
  if (disabled.length === 0) return [];
  return [
    '',
    `${page.paint('bold', 'Disabled by packs')}  these were not evaluated`,
    ...disabled.flatMap((it) => [
      `${margin}${page.paint('bold', visible(it.policyId))}`,
      ...block(
        page,
        `${visible(whereDisabled(it))}: ${prose(it.reason)} (${visible(it.file)}:${it.line})`,
        `${margin}  `,
      ),
    ]),
  ];
}
