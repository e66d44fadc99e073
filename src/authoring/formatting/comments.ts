import { Lexer } from 'yaml';

/** The comments of a YAML text, sorted, each as often as it stands there. */
export function commentsOf(text: string): readonly string[] {
  const comments: string[] = [];
  for (const token of new Lexer().lex(text)) if (token.startsWith('#')) comments.push(token.trimEnd());
  return comments.toSorted();
}
