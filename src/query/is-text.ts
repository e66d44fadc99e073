import type { Term } from './condition.js';

/** A text, whatever the event holds. */
export function isText(term: Term): boolean {
  switch (term.kind) {
    case 'literal': {
      return typeof term.value === 'string';
    }
    case 'path':
    case 'or': {
      return term.as === 'text';
    }
    case 'first':
    case 'replaced':
    case 'group':
    case 'lower':
    case 'joined': {
      return true;
    }
    case 'choice': {
      return term.branches.some(({ value }) => isText(value));
    }
    default: {
      return false;
    }
  }
}
