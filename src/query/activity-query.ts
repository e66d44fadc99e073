import type { CompiledActivity } from '../activity/index.js';
import { print, type ViewObject } from '../expression/index.js';
import { shortened, visible, visibleJson } from '../text/printable.js';
import type { Condition, Origin } from './condition.js';
import { engineNames, type QueryEngine } from './engines.js';
import { eventPattern } from './event-pattern/event-pattern.js';
import { filterPattern } from './filter-pattern/filter-pattern.js';
import { insightsFilter } from './insights.js';
import { predicateOf } from './predicate.js';
import type { Dialect } from './sql/dialect.js';
import { duckdb } from './sql/duckdb.js';
import { lake } from './sql/lake.js';
import { sqlPredicate } from './sql/predicate.js';
import { athena } from './sql/trino.js';
import { athenaStatement, duckdbStatement, insightsStatement, lakeStatement, type Statement } from './statement.js';
import { filterTemplate, ruleTemplate, type TemplateFormat } from './templates.js';
import type { LeftOut } from './weaken.js';

/** An activity policy that is put to an engine. */
export interface QueriedPolicy {
  readonly id: string;
  readonly title: string;
  readonly activity: CompiledActivity;
  /** In force in the accounts that are asked. */
  readonly params: ViewObject;
  /** Where a part of it stands: `policies/x/policy.yaml:12`. */
  place(origin: Origin): string;
}

export interface ActivityQuery {
  /** Ready to paste; undefined: nothing of the policy can be said, or no event can be one of its. */
  readonly text: string | undefined;
  /** The policy, with these parameters, speaks of no event. */
  readonly isNever: boolean;
  /** What the engine is not asked, so that more events come: one line each, with its place. */
  readonly leftOut: readonly string[];
  /** What to know of the text, one line each; those of engines that have comments stand in it, too. */
  readonly notes: readonly string[];
}

interface Said {
  readonly condition: string | undefined;
  readonly isNever: boolean;
  readonly leftOut: readonly LeftOut[];
}

/**
 * What an activity policy asks of events in the words of an engine: a statement, a pattern, or a template for one.
 *
 * @param format - a template is made of patterns alone
 */
export function activityQuery(
  policy: QueriedPolicy,
  engine: QueryEngine,
  format: TemplateFormat | 'text' = 'text',
): ActivityQuery {
  const said = saidBy(engine, predicateOf(policy.activity, policy.params));
  const leftOut = said.leftOut.map(
    ({ origin, because }) => `${policy.place(origin)}: ${visible(shortened(print(origin.node), 120))}: ${because}`,
  );
  const notes = [...notesOf(policy.activity, engine), ...(leftOut.length === 0 ? [] : [moreCome(engine)])];
  if (said.condition === undefined) return { text: undefined, isNever: said.isNever, leftOut, notes };
  const comments = [`${policy.id}: ${policy.title}`, ...notes, ...leftOut.map((it) => `  ${it}`)];
  const text = written(policy, engine, format, { comments, condition: said.condition });
  return { text, isNever: false, leftOut, notes };
}

function saidBy(engine: QueryEngine, condition: Condition): Said {
  switch (engine) {
    case 'athena': {
      return ofSql(condition, athena);
    }
    case 'lake': {
      return ofSql(condition, lake);
    }
    case 'duckdb': {
      return ofSql(condition, duckdb);
    }
    case 'insights': {
      const { text, isNever, leftOut } = insightsFilter(condition);
      return { condition: text, isNever, leftOut };
    }
    case 'eventbridge': {
      const { text, isNever, leftOut } = eventPattern(condition);
      return { condition: text, isNever, leftOut };
    }
    case 'filter-pattern': {
      const { text, isNever, leftOut } = filterPattern(condition);
      return { condition: text, isNever, leftOut };
    }
  }
}

function ofSql(condition: Condition, dialect: Dialect): Said {
  const { sql, isNever, isEverything, leftOut } = sqlPredicate(condition, dialect);
  return { condition: isNever || isEverything ? undefined : sql, isNever, leftOut };
}

function written(
  policy: QueriedPolicy,
  engine: QueryEngine,
  format: TemplateFormat | 'text',
  statement: Statement,
): string {
  switch (engine) {
    case 'athena': {
      return athenaStatement(statement);
    }
    case 'lake': {
      return lakeStatement(statement);
    }
    case 'duckdb': {
      return duckdbStatement(statement);
    }
    case 'insights': {
      return insightsStatement(statement);
    }
    case 'eventbridge': {
      if (format !== 'text')
        return ruleTemplate(format, { ...policy, comments: statement.comments }, statement.condition);
      const pretty = visibleJson(JSON.stringify(JSON.parse(statement.condition), undefined, 2));
      return `${pretty.length > 2048 ? statement.condition : pretty}\n`;
    }
    case 'filter-pattern': {
      if (format !== 'text')
        return filterTemplate(format, { ...policy, comments: statement.comments }, statement.condition);
      return `${statement.condition}\n`;
    }
  }
}

function moreCome(engine: QueryEngine): string {
  const name = engineNames[engine];
  return `${name.charAt(0).toUpperCase()}${name.slice(1)} cannot say all of it: more events come than the policy is about, and trailproof activity judges them again. Left out:`;
}

function notesOf({ form }: CompiledActivity, engine: QueryEngine): readonly string[] {
  return [...(formNotes[form.kind] ?? []), ...engineNotes[engine]];
}

/** Of forms that ask more than each event by itself. */
const formNotes: Readonly<Record<string, readonly string[]>> = {
  'at-most': ['These are the events that trailproof activity counts: how many are too many is not asked here.'],
  'followed-by': ['These are both events of the sequence: trailproof activity looks for what does not follow.'],
  familiar: [
    'These are the events that trailproof activity compares with earlier ones: what is new is not asked here. Allowed ones are among them, as they make familiar.',
  ],
  happens: ['These are the events that must happen: trailproof activity reports where they do not.'],
};

const engineNotes: Readonly<Record<QueryEngine, readonly string[]>> = {
  athena: [
    'For the table that AWS publishes, cloudtrail_logs. Add its partitions to the condition: all of it is read, and paid.',
  ],
  lake: ['Put the id of the event data store in place of EVENT_DATA_STORE_ID, and add a time: eventtime > ….'],
  duckdb: ['Reads the log files below logs, as they lie in the bucket.'],
  insights: [
    'Logs Insights reads the first 200 fields of a record, in a log group of the class Standard alone, and gives at most 10,000 events: ask for less time if there are more.',
  ],
  eventbridge: [
    'A rule sees the events of its account and Region, and read-only management events only in the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS.',
    'What a record does not tell does not match.',
  ],
  'filter-pattern': ['For the log group that a trail writes to. What a record does not tell does not match.'],
};
