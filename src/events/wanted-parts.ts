import { wantedMembers, type WantedValues } from '../model/log-events.js';

/** What is wanted of events, where texts that they must hold are not all. */
export interface WantedCondition {
  readonly texts: ReadonlySet<string>;
  /** On the columns that AWS publishes: true for each event that is wanted and holds none of the texts. */
  readonly sql: string;
  /** Events that are wanted whatever they hold. */
  readonly eventIds: readonly string[];
}

/** What SQL asks of events. */
export interface WantedParts {
  /** One of which stands in one of the columns, or is the id of the event. */
  readonly texts: readonly string[];
  /** Ids of events beside them. */
  readonly ids: readonly string[];
  readonly condition: string | undefined;
}

/** The parts of what is wanted, in order; undefined: all events are. */
export function wantedParts(wanted: WantedValues, condition: WantedCondition | undefined): WantedParts | undefined {
  const texts = condition?.texts ?? wanted;
  if (texts === 'all' || texts.has('')) return undefined;
  // Which members a record has, a table does not tell of all of them.
  if ([...texts].some((it) => wantedMembers.has(it))) return undefined;
  const ids = (condition?.eventIds ?? []).filter((it) => !texts.has(it));
  return { texts: [...texts].toSorted(), ids: [...new Set(ids)].toSorted(), condition: condition?.sql };
}

/** Text in SQL. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
