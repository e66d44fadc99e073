import { isS3Location, parseS3Location } from '../../../../collect/index.js';
import { knownPlaces, logTableSql, type LogTable } from '../../../../events/index.js';
import { isDay } from '../../../source/parse-time.js';
import { UsageError } from '../../../../model/errors.js';
import type { Inventory } from '../../../../model/inventory.js';
import { loadInventory } from '../../../../storage/index.js';
import { exitCodes } from '../../../process/exit-codes.js';
import type { Terminal } from '../../../process/terminal.js';
import { writeLines } from '../../../process/write-lines.js';
import { counted } from '../../../../text/plural.js';
import { tableIn } from '../../../source/athena-source.js';

/** As commander gives them: each declared in declare.ts. */
interface TableFlags {
  readonly inventory?: string;
  readonly bucket?: string;
  readonly table: string;
  readonly since: string;
}

/** `trailproof activity athena-table`: prints the statement; nothing is made. */
export async function athenaTableCommand(given: unknown, terminal: Terminal): Promise<number> {
  const { inventory: file, bucket, table, since } = given as TableFlags;
  const named = { ...tableIn(`athena:${table}`), since: dayOf(since) };
  const place = bucket === undefined ? undefined : placeIn(bucket);
  if (file === undefined) {
    writeLines(terminal.stdout, logTableSql({ ...named, ...blanks, ...place }).split('\n'));
    writeLines(terminal.stderr, [
      'Put your accounts, Regions, organization and bucket in, or name an inventory: trailproof collect, then --inventory FILE.',
      'An account or a Region that is not in the lists is not read.',
    ]);
    return exitCodes.ok;
  }
  const its = await inOrganization(file, place);
  writeLines(terminal.stdout, logTableSql({ ...named, ...its.table }).split('\n'));
  if (its.open.length > 0) {
    writeLines(terminal.stderr, [
      `Of ${counted(its.open.length, 'account')} it is not known which Regions are enabled, ${its.open[0]} for one: add those that no other account has.`,
    ]);
  }
  return exitCodes.ok;
}

const blanks = {
  bucket: 'LOG-BUCKET',
  prefix: '',
  organizationId: 'o-ORGANIZATION',
  accounts: ['ACCOUNT', 'ACCOUNT'],
  regions: ['REGION', 'REGION'],
};

type Place = Pick<LogTable, 'bucket' | 'prefix'>;

async function inOrganization(file: string, given: Place | undefined) {
  const inventory = await loadInventory(file);
  const { accounts, regions, isWhole } = knownPlaces(inventory);
  if (accounts.length === 0) throw new UsageError(`${file} holds no accounts.`, 'Collect again: trailproof collect.');
  const trail = trailOf(inventory, given);
  const open = isWhole ? [] : inventory.accounts.filter(isOpen).map((it) => it.id);
  return { table: { accounts: accounts.toSorted(), regions, ...trail }, open };
}

function isOpen({ outOfScope, regions }: Inventory['accounts'][number]): boolean {
  return outOfScope === undefined && regions.state !== 'known';
}

/** Where the trail of the organization delivers, or the one trail that there is. */
function trailOf(
  { trails, organization }: Inventory,
  given: Place | undefined,
): Place & Pick<LogTable, 'organizationId'> {
  const places = trails.flatMap(({ description }) => {
    if (description.state !== 'known') return [];
    const { s3BucketName: bucket, s3KeyPrefix: prefix = '', isOrganizationTrail } = description.value;
    return [{ bucket, prefix, organizationId: isOrganizationTrail ? organization?.id : undefined }];
  });
  const its =
    given === undefined ? places : places.filter((it) => it.bucket === given.bucket && it.prefix === given.prefix);
  const ofOrganization = its.filter((it) => it.organizationId !== undefined);
  const found = new Map((ofOrganization.length > 0 ? ofOrganization : its).map((it) => [JSON.stringify(it), it]));
  const [one, ...others] = found.values();
  if (one !== undefined && others.length === 0) return one;
  if (given !== undefined) return { ...given, organizationId: organization?.id };
  const names = [...found.values()].map((it) => `s3://${it.bucket}${it.prefix === '' ? '' : `/${it.prefix}`}`);
  throw new UsageError(
    names.length === 0
      ? 'The inventory knows no trail, and so no bucket.'
      : `There are several places that trails deliver to: ${names.join(', ')}.`,
    'Name the bucket as in --bucket s3://BUCKET/PREFIX.',
  );
}

function placeIn(location: string): Place {
  if (!isS3Location(location)) {
    throw new UsageError(`--bucket '${location}' is not a place in S3.`, 'Write it as in s3://BUCKET/PREFIX.');
  }
  const { bucket, prefix } = parseS3Location(location);
  return { bucket, prefix: prefix.replace(/\/$/, '') };
}

/** As partitions of days are called. */
function dayOf(since: string): string {
  if (/^\d{4}-\d\d-\d\d$/.test(since) && isDay(since)) return since.replaceAll('-', '/');
  throw new UsageError(`--since '${since}' is not a day.`, 'Write it as in 2024-01-31.');
}
