import { insteadOfWord } from './elsewhere.js';
import type { Token } from './lex.js';

/** A token as messages name it. */
export function describeToken(token: Token): string {
  switch (token.kind) {
    case 'identifier':
    case 'symbol': {
      return `'${token.text}'`;
    }
    case 'int': {
      return `the number ${token.value}`;
    }
    case 'string': {
      return 'this text';
    }
    case 'end': {
      return 'the end';
    }
  }
}

/** What to write for a token that has no place there. */
export function instead(token: Token): string | undefined {
  if (token.kind === 'identifier') return insteadOfWord(token.text);
  if (token.kind === 'symbol' && token.text === ',') return 'join two conditions with &&, or make them two assertions';
  if (token.kind === 'symbol' && token.text === '{') return 'there are no map literals in this language';
  return undefined;
}
