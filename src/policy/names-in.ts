import { fieldsOfName, speaksOf, type Expression, type Template } from '../expression/index.js';

/** True when an expression speaks of a name of its scope. */
export function mentions(expression: Expression, name: string): boolean {
  return speaksOf(expression.root, name);
}

export function templateMentions(template: Template, name: string): boolean {
  return expressionsIn(template).some((part) => mentions(part, name));
}

/** Names of the parameters that expressions read. */
export function parametersRead(expressions: readonly Expression[]): ReadonlySet<string> {
  return new Set(expressions.flatMap(({ root }) => [...fieldsOfName(root, 'params')]));
}

/** What a message shows between its texts. */
export function expressionsIn({ parts }: Template): readonly Expression[] {
  return parts.filter((part) => typeof part !== 'string');
}
