import { isObject } from '../model/is-object.js';
import { trailActions } from '../model/trail-actions.js';
import { matchesWildcards } from '../text/wildcards.js';

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
    (it) =>
      typeof it !== 'string' || trailActions.some((name) => matchesWildcards(it.toLowerCase(), name.toLowerCase())),
  );
}
