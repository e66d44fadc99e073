// Used by the report's writer and by its script in the browser: no Node, no DOM.

/**
 * Text as content of an element or of a quoted attribute: nothing in it becomes markup, nor a command where a runner has the
 * page in its log.
 */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('##[', '&#35;#[')
    .replaceAll(/^(\s*):(?=:)/gm, '$1&#58;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** `<span class="badge critical">critical</span>`; `kind` is one of our own words. */
export function badge(kind: string, label = kind): string {
  return `<span class="badge ${escaped(kind.toLowerCase().replaceAll('_', '-'))}">${escaped(label)}</span>`;
}

/** What people read for an outcome. */
export const outcomeLabels: Readonly<Record<string, string>> = {
  NON_COMPLIANT: 'Non-compliant',
  INSUFFICIENT_DATA: 'Insufficient data',
  COMPLIANT: 'Compliant',
  NOT_APPLICABLE: 'Not applicable',
};
