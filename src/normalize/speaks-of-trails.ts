import { isObject } from '../model/is-object.js';
import { trailActions } from '../model/trail-actions.js';

/**
 * Whether an identity policy says anything of changing trails: it may allow it, or it can only deny it. What cannot be
 * understood may allow it: the facts tell.
 */
export function speaksOfTrails(document: string): 'allows' | 'denies' | 'nothing' {
  const json: unknown = JSON.parse(document);
  const all = isObject(json) ? json['Statement'] : undefined;
  const statements: readonly unknown[] = Array.isArray(all) ? all : [all];
  const speaking = statements.filter(isAboutTrails);
  if (speaking.length === 0) return 'nothing';
  return speaking.every((it) => isObject(it) && it['Effect'] === 'Deny') ? 'denies' : 'allows';
}

function isAboutTrails(statement: unknown): boolean {
  if (!isObject(statement)) return true;
  const { Action: action, NotAction: notAction } = statement;
  if (notAction !== undefined || action === undefined) return true;
  const patterns: readonly unknown[] = Array.isArray(action) ? action : [action];
  return patterns.some(
    (it) => typeof it !== 'string' || trailActions.some((name) => matches(it.toLowerCase(), name.toLowerCase())),
  );
}

/** Compares with wildcards in linear space: of several asterisks only the last is tried again. */
function matches(pattern: string, text: string): boolean {
  let [at, from] = [0, 0];
  let asterisk: { readonly at: number; from: number } | undefined;
  while (from < text.length) {
    if (pattern[at] === '*') {
      asterisk = { at, from };
      at += 1;
    } else if (pattern[at] === '?' || pattern[at] === text[from]) {
      at += 1;
      from += 1;
    } else if (asterisk === undefined) return false;
    else {
      asterisk.from += 1;
      [at, from] = [asterisk.at + 1, asterisk.from];
    }
  }
  return /^\**$/.test(pattern.slice(at));
}
