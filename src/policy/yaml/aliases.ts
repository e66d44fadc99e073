import { isAlias, isCollection, isPair, visit, type Alias, type Document, type Node } from 'yaml';
import { maxAliases, maxExpandedNodes } from './limits.js';
import type { Remark } from './source.js';

export interface AliasProblem {
  readonly alias: Alias;
  readonly remark: Remark;
}

/**
 * What is wrong with a document's aliases: one that stands for nothing, one inside its own anchor, or so many that
 * the document grows out of all proportion when they are written out.
 */
export function findAliasProblems(document: Document): readonly AliasProblem[] {
  const aliases: Alias[] = [];
  visit(document, {
    Alias: (_, alias) => {
      aliases.push(alias);
    },
  });
  const undefinedOnes = aliases.filter((alias) => alias.resolve(document) === undefined);
  if (undefinedOnes.length > 0) return undefinedOnes.map((alias) => ({ alias, remark: standsForNothing(alias) }));
  const last = aliases[maxAliases];
  if (last !== undefined)
    return [
      {
        alias: last,
        remark: {
          code: 'too-many-aliases',
          message: `more than ${maxAliases} aliases (*name)`,
          help: 'write the values themselves',
        },
      },
    ];
  return findGrowth(document, aliases);
}

function standsForNothing({ source }: Alias): Remark {
  return {
    code: 'yaml-alias',
    message: `the alias '*${source}' is not defined: no value before it has the anchor '&${source}'`,
    help: 'quote a value that starts with *',
  };
}

function findGrowth(document: Document, aliases: readonly Alias[]): readonly AliasProblem[] {
  const sizes = new Map<Node, number | 'open'>();
  let circular: Alias | undefined;
  const sizeOf = (node: unknown): number => {
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined) return 1;
      if (sizes.get(target) === 'open') {
        circular = node;
        return 1;
      }
      return sizeOf(target);
    }
    if (isPair(node)) return sizeOf(node.key) + sizeOf(node.value);
    if (!isCollection(node)) return 1;
    const known = sizes.get(node);
    if (typeof known === 'number') return known;
    sizes.set(node, 'open');
    const size = node.items.reduce<number>((sum, item) => sum + sizeOf(item), 1);
    sizes.set(node, size);
    return size;
  };
  const total = sizeOf(document.contents);
  if (circular !== undefined) {
    const message = `the alias '*${circular.source}' is used inside its own anchor`;
    return [{ alias: circular, remark: { code: 'yaml-alias', message, help: 'write the value itself' } }];
  }
  const first = aliases[0];
  if (total <= maxExpandedNodes || first === undefined) return [];
  const message = `with its aliases expanded, the file holds more than ${maxExpandedNodes} values`;
  return [{ alias: first, remark: { code: 'too-many-aliases', message, help: 'write fewer of them' } }];
}
