// npm run bench:athena [-- ROWS]: rows of a result of Athena, read from its file part by part and made records again; what
// that takes, as a table.
import { eventsFromAthena } from '../src/events/index.js';
import { csvRows } from '../src/collect/athena/csv-rows.js';
import { shapeOf } from '../src/events/athena/row-shape.js';
import { aLogTable, logListing } from '../test/support/athena/log-table.js';
import { anAccount, aRegion, logKey } from '../test/support/event-logs.js';

const rows = Number(process.argv[2] ?? '1000000');
const table = aLogTable({ accounts: [anAccount], regions: [aRegion], bucket: 'logs' });
const { held } = shapeOf(table.columns);
const texts: Readonly<Record<string, string>> = {
  eventName: 'PutObject',
  eventTime: '2026-11-20T10:15:30Z',
  userIdentity: '',
  'userIdentity.arn': `arn:aws:iam::${anAccount}:user/ana`,
  requestParameters: JSON.stringify({ bucketName: 'b', key: 'k'.repeat(300) }),
};

/** The file in parts of 8 MB, as S3 gives it. */
async function* parts(): AsyncGenerator<Uint8Array> {
  let part = '"path","hour","account","region","record","records"\n';
  for (let index = 0; index < rows; index += 1) {
    const record = JSON.stringify(
      held.map(({ field }) => (field.path === 'eventID' ? `e-${index}` : (texts[field.path] ?? null))),
    );
    const path = `s3://logs/${logKey({ delivered: '2026-11-20T10:20' })}`;
    part += `"${path}","2026-11-20T10",,,"${record.replaceAll('"', '""')}","1"\n`;
    if (part.length < 8_000_000) continue;
    yield await Promise.resolve(Buffer.from(part));
    part = '';
  }
  yield Buffer.from(part);
}

async function* withoutHeader(): ReturnType<typeof csvRows> {
  let isFirst = true;
  for await (const row of csvRows(parts())) {
    if (!isFirst) yield row;
    isFirst = false;
  }
}

const source = eventsFromAthena(
  { table, run: async () => await Promise.resolve({ rows: withoutHeader() }) },
  {
    catalog: 'c',
    database: 'd',
    table: 't',
    from: '2026-11-20T10:00:00Z',
    to: '2026-11-20T11:00:00Z',
    at: '2026-11-22T00:00:00Z',
    logs: logListing({}),
  },
);
let records = 0;
for await (const batch of source.read('all')) records += batch.records.length;
const { user, system } = process.cpuUsage();
const seconds = (user + system) / 1e6;
console.log('| rows | records | CPU s | rows a CPU second | peak MB |');
console.log('| ---: | ---: | ---: | ---: | ---: |');
console.log(
  `| ${rows} | ${records} | ${seconds.toFixed(1)} | ${Math.round(rows / seconds)} | ${Math.round(process.resourceUsage().maxRSS / 1024)} |`,
);
