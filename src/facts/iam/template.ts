/** A text of the document that may hold policy variables: literal text, `${*}` and its like, and variables. */
export interface Template {
  /** as written */
  readonly text: string;
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly type: 'text'; readonly text: string }
  /** `${*}`, `${?}`, `${$}`: the character itself, never a wildcard */
  | { readonly type: 'character'; readonly text: string }
  | { readonly type: 'variable'; readonly key: string; readonly fallback: string | undefined };

/**
 * Documents of version 2008-10-17, and those that name no version, have no variables: there `${aws:username}` is just
 * text.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function parseTemplate(text: string, takesVariables: boolean): Template {
  if (!takesVariables || !text.includes('${')) return { text, parts: [{ type: 'text', text }] };
  const parts: TemplatePart[] = [];
  let end = 0;
  for (const match of text.matchAll(/\$\{([^{}]*)\}/g)) {
    if (match.index > end) parts.push({ type: 'text', text: text.slice(end, match.index) });
    parts.push(variable(match[1] ?? ''));
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ type: 'text', text: text.slice(end) });
  return { text, parts };
}

function variable(inner: string): TemplatePart {
  if (inner === '*' || inner === '?' || inner === '$') return { type: 'character', text: inner };
  const match = /^\s*([^,]*?)\s*(?:,\s*'(.*)'\s*)?$/s.exec(inner);
  const [, key = inner, fallback] = match ?? [];
  return { type: 'variable', key, fallback };
}

export function hasVariables(template: Template): boolean {
  return template.parts.some((part) => part.type === 'variable');
}
