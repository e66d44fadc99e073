import { docsPage } from '../../model/project.js';
import type { PolicySummary } from '../../model/results.js';

/** The page of a shipped policy; one's own has none. */
export function policyPageOf({ id, source }: PolicySummary): string | undefined {
  if (source !== 'builtin') return undefined;
  // It is no policy of a file: the page of the action explains it.
  if (id === 'account-is-readable') return docsPage('github-action.md#alerts-that-stay-true');
  return docsPage(`policies/${encodeURIComponent(id)}.md`);
}
