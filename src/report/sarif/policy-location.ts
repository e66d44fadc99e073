import type { PolicySummary } from '../../model/results.js';
import type { SarifPhysicalLocation } from './log.js';

/**
 * The place of a user's own policy in the repository; undefined for a built-in one, and for a path that does not
 * lead into the working folder: GitHub resolves paths within the checkout only.
 */
export function policyLocation(policy: PolicySummary): SarifPhysicalLocation | undefined {
  const uri = policy.source === 'builtin' ? undefined : relativeUri(policy.source);
  if (uri === undefined) return undefined;
  const line = Math.max(1, policy.line ?? 1);
  return { artifactLocation: { uri }, region: { startLine: line, startColumn: 1, endLine: line, endColumn: 2 } };
}

/** The path as a relative URI reference without `./`, each segment percent-encoded. */
function relativeUri(path: string): string | undefined {
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return undefined;
  const segments = path.split(/[/\\]+/).filter((it) => it !== '' && it !== '.');
  if (segments.length === 0 || segments.includes('..')) return undefined;
  // encodeURIComponent throws on half a surrogate pair.
  return segments.map((it) => encodeURIComponent(it.replaceAll(/\p{Cs}/gu, '\ufffd'))).join('/');
}
