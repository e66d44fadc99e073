import type { BinaryOperator, Call, Macro, Name, Node, Span } from './ast.js';
import type { Diagnostics } from './diagnostic.js';
import { asksPresence, keyQuestion, macroMeantBy, presenceOf } from './elsewhere.js';
import { lex, type Token } from './lex.js';
import { closest } from './suggest.js';
import { describeToken, instead } from './unexpected.js';

/** What a source may be at most: beyond it nobody reads it, and checking it would take long. */
export const limits = { characters: 16_384, nodes: 2_000, nesting: 64 } as const;

const macros: readonly Macro[] = ['exists', 'all', 'exists_one', 'filter', 'map'];

function isMacro(name: string): name is Macro {
  return macros.some((macro) => macro === name);
}

/** Thrown and caught here only: the rest of the source is not looked at. */
class GiveUp extends Error {}

/**
 * Parses an expression. What cannot be understood is reported and stands in the tree as `broken`, so that the rest
 * is still checked.
 */
export function parse(source: string, diagnostics: Diagnostics): Node {
  const whole = { start: 0, end: source.length };
  if (source.length > limits.characters) {
    diagnostics.error(
      { start: 0, end: 1 },
      'too-large',
      `this expression has ${source.length} characters; at most ${limits.characters} are allowed`,
      'split it into several assertions',
    );
    return { kind: 'broken', ...whole };
  }
  try {
    return new Parser(source, diagnostics).parseWhole();
  } catch (error) {
    if (!(error instanceof GiveUp)) throw error;
    return { kind: 'broken', ...whole };
  }
}

/** From the loosest to the tightest; operators of a level associate to the left. */
const levels: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>=', 'in'],
  ['+', '-'],
  ['*', '/', '%'],
];

class Parser {
  private readonly tokens: readonly Token[];
  private at = 0;
  private nodes = 0;
  private nesting = 0;
  /** `null` and the like, with the word that it is, until it is told. */
  private readonly nothings = new Map<Node, string>();
  /** What follows a character without meaning is guesswork. */
  private readonly isGarbled: boolean;

  constructor(
    source: string,
    private readonly diagnostics: Diagnostics,
  ) {
    this.tokens = lex(source, diagnostics);
    this.isGarbled = diagnostics.hasErrors;
  }

  parseWhole(): Node {
    if (this.isAtEnd()) {
      this.diagnostics.error(this.token, 'syntax', 'there is no expression here');
      return this.broken(this.token);
    }
    try {
      return this.parseAll();
    } finally {
      for (const nothing of this.nothings.keys()) this.tellNothing(nothing, 'ask has(object.field)');
    }
  }

  private parseAll(): Node {
    const node = this.parseExpression();
    if (!this.isAtEnd()) this.unexpected();
    return this.isGarbled ? this.broken(node) : node;
  }

  private parseExpression(): Node {
    return this.nested(() => {
      const condition = this.parseLevel(0);
      if (!this.skip('?')) return condition;
      const whenTrue = this.parseLevel(0);
      this.expect(':', 'a condition has two branches: write c ? a : b');
      const whenFalse = this.parseExpression();
      return this.count({
        kind: 'conditional',
        condition,
        whenTrue,
        whenFalse,
        start: condition.start,
        end: whenFalse.end,
      });
    });
  }

  private parseLevel(level: number): Node {
    const operators = levels[level];
    if (operators === undefined) return this.parseUnary();
    let left = this.parseLevel(level + 1);
    for (;;) {
      const operatorSpan = this.token;
      const operator = this.operatorAmong(operators);
      if (operator === undefined) return left;
      const right = this.parseLevel(level + 1);
      if (this.nothings.has(left) || this.nothings.has(right)) {
        left = this.againstNothing(operator, left, right);
        continue;
      }
      left = this.count({ kind: 'binary', operator, operatorSpan, left, right, start: left.start, end: right.end });
    }
  }

  /** `trail.kmsKeyId != null`: asked in another way, and nothing else about it is wrong. */
  private againstNothing(operator: BinaryOperator, left: Node, right: Node): Node {
    const [nothing, other] = this.nothings.has(left) ? [left, right] : [right, left];
    const asked = presenceOf(other);
    if (asked !== undefined) this.tellNothing(nothing, `write ${operator === '==' ? negated(asked) : asked}`);
    return this.broken({ start: left.start, end: right.end });
  }

  private tellNothing(nothing: Node, help: string): void {
    const message = `there is no ${this.nothings.get(nothing) ?? ''}: a field is there or absent`;
    this.diagnostics.error(nothing, 'types', message, help);
    this.nothings.delete(nothing);
  }

  private operatorAmong(operators: readonly BinaryOperator[]): BinaryOperator | undefined {
    const { token } = this;
    const text = token.kind === 'symbol' || token.kind === 'identifier' ? token.text : undefined;
    if (text === '=' && operators.includes('==')) {
      this.diagnostics.error(token, 'syntax', "'=' does not compare", "write '==' instead");
      this.at += 1;
      return '==';
    }
    const operator = operators.find((it) => it === text);
    if (operator !== undefined) this.at += 1;
    return operator;
  }

  private parseUnary(): Node {
    const { token } = this;
    if (token.kind === 'identifier' && /^not$/i.test(token.text) && this.isOperandNext()) {
      this.diagnostics.error(
        token,
        'syntax',
        `there is no '${token.text}'`,
        "write '!' instead, before what it denies",
      );
      this.at += 1;
      return this.nested(() => this.parseUnary());
    }
    if (token.kind !== 'symbol' || (token.text !== '!' && token.text !== '-')) return this.parsePostfix();
    const operator = token.text;
    this.at += 1;
    const operand = this.nested(() => this.parseUnary());
    return this.count({ kind: 'unary', operator, operand, start: token.start, end: operand.end });
  }

  /** Something that may stand behind `!` follows, where behind a name it may not. */
  private isOperandNext(): boolean {
    const next = this.tokens[this.at + 1];
    if (next === undefined || next.kind === 'end') return false;
    if (next.kind === 'symbol') return next.text === '!' || next.text === '(';
    return next.kind !== 'identifier' || next.text !== 'in';
  }

  private parsePostfix(): Node {
    let node = this.parsePrimary();
    for (;;) {
      if (this.is('.') || this.is('.?')) {
        const isOptional = this.is('.?');
        this.at += 1;
        node = this.parseMember(node, isOptional);
      } else if (this.is('[')) {
        this.at += 1;
        const key = this.parseExpression();
        const end = this.closing(']');
        node = this.count({ kind: 'index', object: node, key, start: node.start, end });
      } else {
        return node;
      }
    }
  }

  private parseMember(object: Node, isOptional: boolean): Node {
    const { token } = this;
    if (token.kind !== 'identifier') this.unexpected('a name must follow the dot');
    this.at += 1;
    if (!isOptional && this.is('(')) return this.parseCall(token, object);
    return this.count({
      kind: 'select',
      object,
      field: token.text,
      fieldSpan: token,
      isOptional,
      start: object.start,
      end: token.end,
    });
  }

  private parseCall(nameToken: Token & { readonly kind: 'identifier' }, receiver: Node | undefined): Node {
    const name = nameToken.text;
    const args = this.parseArguments();
    const start = receiver?.start ?? nameToken.start;
    const call: Call = { kind: 'call', name, nameSpan: nameToken, receiver, args, start, end: this.previousEnd };
    if (receiver === undefined && name === 'has') return this.toHas(call);
    if (receiver === undefined && asksPresence(name) && args.length === 1) return this.toPresence(call);
    if (receiver !== undefined && isMacro(name)) return this.toMacro(call, name, receiver);
    if (receiver !== undefined && args.length === 2 && args[0]?.kind === 'name') {
      const meant = macroMeantBy(name) ?? closest(name, macros);
      if (meant !== undefined) {
        const help = macroMeantBy(name) === undefined ? `did you mean '${meant}'?` : `write list.${meant}(x, …)`;
        this.diagnostics.error(nameToken, 'unknown-macro', `there is no '${name}'`, help);
        return isMacro(meant) ? this.toMacro(call, meant, receiver) : this.count(call);
      }
    }
    return this.count(call);
  }

  private toPresence(call: Call): Node {
    const [argument] = call.args;
    const asked = argument === undefined ? undefined : presenceOf(argument);
    const message = `there is no function '${call.name}'`;
    const isDenied = /nu?l|none/i.test(call.name) && asked !== undefined;
    const help = asked === undefined ? 'ask has(object.field)' : `write ${isDenied ? negated(asked) : asked}`;
    this.diagnostics.error(call.nameSpan, 'unknown-function', message, help);
    return this.broken(call);
  }

  private toHas(call: Call): Node {
    const [argument] = call.args;
    if (call.args.length === 1 && argument?.kind === 'select' && !argument.isOptional) {
      return this.count({ kind: 'has', select: argument, start: call.start, end: call.end });
    }
    if (argument?.kind === 'index') {
      const asked = keyQuestion(argument.object, argument.key);
      const help = asked === undefined ? 'a map gives a value for each key: compare that' : `ask for its key: ${asked}`;
      this.diagnostics.error(call, 'types', 'has() takes a field, and this is an entry of a map', help);
    } else if (argument?.kind !== 'broken') {
      this.diagnostics.error(call, 'types', 'has() takes a field', 'write has(object.field)');
    }
    return this.broken(call);
  }

  private toMacro(call: Call, macro: Macro, list: Node): Node {
    const [variable, body] = call.args;
    if (call.args.length !== 2 || body === undefined || variable?.kind !== 'name') {
      if (!call.args.some((it) => it.kind === 'broken')) {
        this.diagnostics.error(
          call.nameSpan,
          'types',
          `${macro}() takes a name and an expression`,
          `write list.${macro}(x, …)`,
        );
      }
      return this.broken(call);
    }
    const name: Name = variable;
    return this.count({
      kind: 'macro',
      macro,
      list,
      variable: name.name,
      variableSpan: name,
      body,
      start: call.start,
      end: call.end,
    });
  }

  private parseArguments(): Node[] {
    this.at += 1;
    const args: Node[] = [];
    while (!this.is(')') && !this.isAtEnd()) {
      args.push(this.parseExpression());
      if (!this.skip(',')) break;
    }
    this.closing(')');
    return args;
  }

  private parsePrimary(): Node {
    const { token } = this;
    switch (token.kind) {
      case 'int':
      case 'string': {
        this.at += 1;
        return this.count({ kind: 'literal', value: token.value, start: token.start, end: token.end });
      }
      case 'identifier': {
        return this.parseIdentifier(token);
      }
      case 'symbol': {
        if (token.text === '(') {
          this.at += 1;
          const inner = this.parseExpression();
          this.closing(')');
          return inner;
        }
        if (token.text === '[') return this.parseList(token.start);
        break;
      }
      case 'end': {
        break;
      }
    }
    this.unexpected();
  }

  private parseIdentifier(token: Token & { readonly kind: 'identifier' }): Node {
    this.at += 1;
    if (token.text === 'true' || token.text === 'false') {
      return this.count({ kind: 'literal', value: token.text === 'true', start: token.start, end: token.end });
    }
    if (/^(null|nil|none|undefined)$/i.test(token.text) && !this.is('(') && !this.is('.')) {
      const nothing = this.broken(token);
      this.nothings.set(nothing, token.text);
      return nothing;
    }
    if (/^(true|false)$/i.test(token.text) && !this.is('(') && !this.is('.')) {
      const text = token.text.toLowerCase();
      this.diagnostics.error(token, 'syntax', `there is no '${token.text}'`, `write ${text} instead`);
      return this.broken(token);
    }
    if (this.is('(')) return this.parseCall(token, undefined);
    return this.count({ kind: 'name', name: token.text, start: token.start, end: token.end });
  }

  private parseList(start: number): Node {
    this.at += 1;
    const items: Node[] = [];
    while (!this.is(']') && !this.isAtEnd()) {
      items.push(this.parseExpression());
      if (!this.skip(',')) break;
    }
    const end = this.closing(']');
    return this.count({ kind: 'list', items, start, end });
  }

  private get token(): Token {
    // The last token is `end`, and nothing reads past it.
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] as Token;
  }

  private isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  private get previousEnd(): number {
    return this.tokens[this.at - 1]?.end ?? 0;
  }

  private is(symbol: string): boolean {
    return this.token.kind === 'symbol' && this.token.text === symbol;
  }

  private skip(symbol: string): boolean {
    if (!this.is(symbol)) return false;
    this.at += 1;
    return true;
  }

  private expect(symbol: string, help: string): void {
    if (!this.skip(symbol)) this.unexpected(help);
  }

  private closing(symbol: string): number {
    this.expect(symbol, `'${symbol}' is missing`);
    return this.previousEnd;
  }

  /** One syntax error is enough: what follows it is guesswork. */
  private unexpected(help?: string): never {
    const { token } = this;
    if (this.isGarbled) throw new GiveUp();
    const before = this.tokens[this.at - 1];
    if (before?.kind === 'identifier' && /^(?:if|when|unless)$/i.test(before.text)) {
      this.diagnostics.error(before, 'syntax', `there is no '${before.text}'`, 'write c ? a : b');
      throw new GiveUp();
    }
    const message =
      token.kind === 'end' ? 'the expression ends too early' : `${describeToken(token)} was not expected here`;
    this.diagnostics.error(token, 'syntax', message, help ?? instead(token));
    throw new GiveUp();
  }

  private nested<T>(parsePart: () => T): T {
    this.nesting += 1;
    if (this.nesting > limits.nesting) {
      this.diagnostics.error(
        this.token,
        'too-large',
        `this expression is nested deeper than ${limits.nesting} levels`,
        'split it into several assertions',
      );
      throw new GiveUp();
    }
    const result = parsePart();
    this.nesting -= 1;
    return result;
  }

  private count<T extends Node>(node: T): T {
    this.nodes += 1;
    if (this.nodes > limits.nodes) {
      this.diagnostics.error(
        node,
        'too-large',
        `this expression has more than ${limits.nodes} parts`,
        'split it into several assertions',
      );
      throw new GiveUp();
    }
    return node;
  }

  private broken({ start, end }: Span): Node {
    return { kind: 'broken', start, end };
  }
}

function negated(asked: string): string {
  return asked.startsWith('has(') ? `!${asked}` : `!(${asked})`;
}
