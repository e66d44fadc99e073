import { isViewMap, isViewObject, Unknown, ViewList, type Value, type ViewObject } from '../expression/index.js';
import type { EventCategory } from '../facts/index.js';

/**
 * Whether a coverage that has only its lists of losses, as one of a fixture has, records each event of a source: only
 * when no loss could hold one. Losses of reads and of writes both count, as a fixture has no catalogue of events.
 */
export function coversByLosses(coverage: ViewObject, category: EventCategory, eventSource: string): boolean | Unknown {
  const lists = lossLists(coverage, category, eventSource);
  if (lists instanceof Unknown) return lists;
  return noneHeld(lists, (loss) => mayHoldOf(loss, eventSource));
}

/** Whether no loss of the lists holds an event that is asked about. */
function noneHeld(lists: readonly Value[], mayHold: (loss: Value) => boolean | Unknown): boolean | Unknown {
  let open: Unknown | undefined;
  for (const list of lists) {
    if (!(list instanceof ViewList)) {
      open = join(open, list);
      continue;
    }
    for (const loss of list.members) {
      const holds = mayHold(loss);
      if (holds === true) return false;
      if (holds instanceof Unknown) open = join(open, holds);
    }
    for (const { value, because } of list.doubtful) {
      if (mayHold(value) !== false) open = join(open, because);
    }
    if (list.rest !== undefined) open = join(open, list.rest);
  }
  return open ?? true;
}

/** The same of the events on objects of S3: only a loss that is confined to other objects leaves these recorded. */
export function objectsByLosses(coverage: ViewObject, arn: string, readOnlys: readonly boolean[]): boolean | Unknown {
  const data = coverage.get('data');
  if (typeof data !== 'object' || !isViewMap(data)) return unknownOf(data);
  const ofObjects = data.get('AWS::S3::Object');
  if (typeof ofObjects !== 'object' || !isViewObject(ofObjects)) return unknownOf(ofObjects);
  return noneHeld(
    readOnlys.map((readOnly) => ofObjects.get(readOnly ? 'readLosses' : 'writeLosses')),
    (loss) => {
      if (typeof loss !== 'object' || !isViewObject(loss)) return unknownOf(loss);
      const prefix = loss.get('resourceArnPrefix');
      if (prefix instanceof Unknown) return prefix;
      return typeof prefix !== 'string' || prefix.startsWith(arn) || arn.startsWith(prefix);
    },
  );
}

function lossLists(coverage: ViewObject, category: EventCategory, eventSource: string): readonly Value[] | Unknown {
  switch (category) {
    case 'Management': {
      return bothLists(coverage.get('management'));
    }
    case 'Data': {
      const map = coverage.get('data');
      if (typeof map !== 'object' || !isViewMap(map) || map.keys === undefined) return unknownOf(map);
      return map.keys.flatMap((type) => bothLists(map.get(type)));
    }
    case 'NetworkActivity': {
      const map = coverage.get('networkActivity');
      if (typeof map !== 'object' || !isViewMap(map)) return unknownOf(map);
      const network = map.get(eventSource);
      return typeof network === 'object' && isViewObject(network) ? [network.get('losses')] : [network];
    }
  }
}

function bothLists(coverage: Value): readonly Value[] {
  if (typeof coverage !== 'object' || !isViewObject(coverage)) return [coverage];
  return [coverage.get('readLosses'), coverage.get('writeLosses')];
}

/** A loss may be confined to one event source; whether it holds the very event asked about is not told. */
function mayHoldOf(loss: Value, eventSource: string): boolean | Unknown {
  if (typeof loss !== 'object' || !isViewObject(loss)) return unknownOf(loss);
  const source = loss.get('eventSource');
  return source instanceof Unknown ? source : source === '*' || source === eventSource;
}

function join(open: Unknown | undefined, value: Value): Unknown {
  const other = unknownOf(value);
  return open?.and(other) ?? other;
}

function unknownOf(value: Value): Unknown {
  return value instanceof Unknown ? value : new Unknown([]);
}
