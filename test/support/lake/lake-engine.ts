import type { EventRecord } from '../../../src/model/log-events.js';
import { isObject } from '../../../src/model/is-object.js';
import type { LakeRows } from '../fake-aws/index.js';

/**
 * Answers the query of events over records as an event data store keeps them: by the time and the texts that it names.
 * Where it has a condition beside texts, all records are taken for wanted: what SQL makes of it is Trino's.
 */
export function lakeEngine(records: readonly EventRecord[]): (sql: string) => LakeRows {
  return (sql) => {
    const [, from = '', to = ''] = /eventtime >= '([^']*)' AND eventtime < '([^']*)'/.exec(sql) ?? [];
    const [, listed, rest = ''] =
      /arrays_overlap\(ARRAY\[[^\]]*\], ARRAY\[([^\]]*)\]\)([^]*?)\n {2}THEN/.exec(sql) ?? [];
    const texts = new Set(
      [...(listed ?? '').matchAll(/'((?:[^']|'')*)'/g)].map(([, it = '']) => it.replaceAll("''", "'")),
    );
    const isAll = listed === undefined || rest.includes('coalesce(');
    const groups = new Map<string, { row: Record<string, string | null>; count: number }>();
    for (const record of records) {
      const time = String(record['eventTime']).replace('T', ' ').slice(0, 19);
      if (time < from || time >= to) continue;
      const row = {
        account: textOf(record['recipientAccountId']),
        region: textOf(record['awsRegion']),
        hour: `${time.slice(0, 13)}:00:00.000`,
        record: isAll || isWanted(record, texts) ? JSON.stringify(record) : null,
      };
      const key = JSON.stringify(row);
      const group = groups.get(key) ?? { row, count: 0 };
      group.count += 1;
      groups.set(key, group);
    }
    return [...groups.values()].map(({ row, count }) => Object.assign(row, { records: String(count) }));
  };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function isWanted(record: EventRecord, texts: ReadonlySet<string>): boolean {
  const { userIdentity, addendum } = record;
  if (isObject(addendum) && addendum['reason'] === 'UPDATED_DATA') return true;
  const names = ['eventName', 'eventSource', 'eventType', 'awsRegion', 'eventID'];
  const values = [...names.map((it) => record[it]), isObject(userIdentity) ? userIdentity['type'] : undefined];
  return values.some((it) => typeof it === 'string' && texts.has(it));
}
