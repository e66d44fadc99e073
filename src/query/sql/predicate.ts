import { no, yes } from '../build.js';
import type { Condition } from '../condition.js';
import { weakened, type LeftOut } from '../weaken.js';
import type { Dialect } from './dialect.js';
import { SqlRenderer } from './render.js';

/** What stands behind WHERE. */
export interface SqlPredicate {
  /** Two-valued: true for each event of which the condition holds, or is not known. */
  readonly sql: string;
  /** The condition holds of no event, whatever happens. */
  readonly isNever: boolean;
  /** Nothing of the condition is asked: all events come. */
  readonly isEverything: boolean;
  /** Nothing is left out: it is true for no other events but those whose JSON engines may read otherwise. */
  readonly isExact: boolean;
  /** What is not asked, so that more events come. */
  readonly leftOut: readonly LeftOut[];
}

/**
 * A condition in a dialect of SQL. What the dialect has no words for is left out, and told; records from which CloudTrail
 * left out what is asked come, too, as nothing is known of them, and so do those with numbers of several spellings.
 */
export function sqlPredicate(condition: Condition, dialect: Dialect): SqlPredicate {
  const probe = new SqlRenderer(dialect);
  const { condition: asked, leftOut } = weakened(condition, probe);
  const renderer = new SqlRenderer(dialect);
  const sql = holdsOrUnknown(asked, renderer, '');
  const unread = unreadOf(renderer, dialect);
  return {
    sql: unread.length === 0 ? sql : `${sql}\nOR (${among(asked, unread, dialect)})`,
    isNever: asked === no,
    isEverything: asked === yes,
    isExact: leftOut.length === 0,
    leftOut,
  };
}

/** Of records that do not tell what is asked in JSON, the rest of the condition decides. */
function among(asked: Condition, unread: readonly string[], dialect: Dialect): string {
  const rest = weakened(asked, new SqlRenderer(dialect, true)).condition;
  const isOne = unread.length === 1 ? unread.join('') : `(${unread.join('\n    OR ')})`;
  return rest === yes ? isOne : `${isOne}\n  AND ${holdsOrUnknown(rest, new SqlRenderer(dialect, true), '  ')}`;
}

function unreadOf(renderer: SqlRenderer, dialect: Dialect): readonly string[] {
  const unread: string[] = [];
  for (const [column, ways] of renderer.readJson) {
    unread.push(dialect.isReadOtherwise(column));
    for (const names of ways.values()) {
      const other = names.length === 0 ? dialect.columnIsNoObject(column) : dialect.jsonIsNoObject(column, names);
      if (other !== undefined) unread.push(other);
    }
  }
  return unread;
}

function holdsOrUnknown(condition: Condition, renderer: SqlRenderer, indent: string): string {
  if (condition === yes || condition === no) return String(condition === yes);
  return `coalesce(\n${indent}  ${laidOut(condition, renderer, `${indent}  `)},\n${indent}  true)`;
}

/** Conditions that are joined stand on lines of their own. */
function laidOut(condition: Condition, renderer: SqlRenderer, indent: string): string {
  if (condition.kind === 'not' && isJoined(condition.of)) {
    return `NOT (\n${indent}  ${laidOut(condition.of, renderer, `${indent}  `)}\n${indent})`;
  }
  if (!isJoined(condition)) return renderer.condition(condition);
  const word = condition.kind === 'all' ? 'AND' : 'OR';
  return condition.parts
    .map((it) =>
      isJoined(it)
        ? `(\n${indent}  ${laidOut(it, renderer, `${indent}  `)}\n${indent})`
        : laidOut(it, renderer, indent),
    )
    .join(`\n${indent}${word} `);
}

function isJoined(condition: Condition): condition is Condition & { readonly kind: 'all' | 'any' } {
  return condition.kind === 'all' || condition.kind === 'any';
}
