import {
  athenaPolicy,
  insightsPolicy,
  isS3Location,
  lakePolicy,
  parseS3Location,
  type IamPolicy,
} from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { groupIn, isInsights } from '../../source/insights-source.js';
import { isLake, storeIn } from '../../source/lake-source.js';

/** Flags of the sets that sources need which are read by queries. */
export interface QueryFlags {
  readonly athena?: true;
  readonly athenaResults?: string;
  readonly lake?: true;
  readonly insights?: true;
  readonly partition: string;
  readonly source: string;
}

/** Flags that are of other sets. */
interface OtherFlags extends QueryFlags {
  readonly ou?: true;
  readonly caller?: true;
  readonly trust?: true;
  readonly format: string;
  readonly management?: true;
  readonly verifyLogs?: true;
  readonly eventHistory?: true;
  readonly pack?: unknown;
  readonly policies?: unknown;
}

/** What a source that is read by queries needs; undefined: none is asked about. */
export function queryPolicy(options: QueryFlags): IamPolicy | undefined {
  const { athena, athenaResults: results, lake, insights, partition, source } = options;
  if (athena === true) {
    const logs = isS3Location(source) ? parseS3Location(source) : undefined;
    return athenaPolicy(partition, logs, results === undefined ? undefined : parseS3Location(results));
  }
  if (lake === true) return lakePolicy(partition, isLake(source) ? storeIn(source) : undefined);
  return insights === true ? insightsPolicy(partition, isInsights(source) ? groupIn(source) : undefined) : undefined;
}

/** @throws UsageError where such a set is asked for together with what is not of it */
export function checkQueryFlags(options: OtherFlags): void {
  const { athenaResults: results, athena, lake, insights, source } = options;
  if (results !== undefined && athena !== true) {
    throw new UsageError('--athena-results is for --athena.', 'Leave it out, or write --athena.');
  }
  if (results !== undefined && !isS3Location(results)) {
    throw new UsageError(`--athena-results '${results}' is not a place in S3.`, 'Write it as in s3://BUCKET/PREFIX.');
  }
  checkNamed(source, isLake(source) ? storeIn(source) : undefined, '--lake', lake);
  checkNamed(source, isInsights(source) ? groupIn(source) : undefined, '--insights', insights);
  const sets = [
    { flag: '--athena', isAsked: athena, isNarrowed: isS3Location(source), by: 's3://LOG-BUCKET/PREFIX' },
    { flag: '--lake', isAsked: lake, isNarrowed: isLake(source), by: 'lake:EVENT_DATA_STORE_ARN' },
    { flag: '--insights', isAsked: insights, isNarrowed: isInsights(source), by: 'insights:LOG_GROUP_ARN' },
  ].filter((it) => it.isAsked === true);
  const [first] = sets;
  if (first === undefined) return;
  const isAlone = sets.length === 1 && !hasOthers(options) && (source === 'live' || first.isNarrowed);
  if (isAlone) return;
  const more = first.flag === '--athena' ? ', --athena-results' : '';
  throw new UsageError(
    `${first.flag} is a set of its own, for whoever runs activity, and printed as JSON.`,
    `Leave out all but --source ${first.by}${more} and --partition.`,
  );
}

/** A set is narrowed to what an ARN names, and only that of its source. */
function checkNamed(source: string, named: string | undefined, flag: string, isAsked: true | undefined): void {
  if (named === undefined) return;
  if (isAsked !== true) throw new UsageError(`--source '${source}' is for ${flag}.`, `Write ${flag}, too.`);
  if (named.startsWith('arn:')) return;
  throw new UsageError(`--source '${source}' does not tell whose it is.`, 'Write its ARN.');
}

function hasOthers(options: OtherFlags): boolean {
  const { format, caller, trust, management, ou, pack, policies, verifyLogs, eventHistory } = options;
  const others = [caller, trust, management, ou, pack, policies, verifyLogs, eventHistory];
  return format !== 'json' || others.some((it) => it !== undefined);
}
