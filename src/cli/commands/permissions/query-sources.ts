import { athenaPolicy, isS3Location, lakePolicy, parseS3Location, type IamPolicy } from '../../../collect/index.js';
import { UsageError } from '../../../model/errors.js';
import { isLake, storeIn } from '../../source/lake-source.js';

/** Flags of the sets that sources need which are read by queries. */
export interface QueryFlags {
  readonly athena?: true;
  readonly athenaResults?: string;
  readonly lake?: true;
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
export function queryPolicy({
  athena,
  athenaResults: results,
  lake,
  partition,
  source,
}: QueryFlags): IamPolicy | undefined {
  if (athena === true) {
    const logs = isS3Location(source) ? parseS3Location(source) : undefined;
    return athenaPolicy(partition, logs, results === undefined ? undefined : parseS3Location(results));
  }
  return lake === true ? lakePolicy(partition, isLake(source) ? storeIn(source) : undefined) : undefined;
}

/** @throws UsageError where such a set is asked for together with what is not of it */
export function checkQueryFlags(options: OtherFlags): void {
  const { athenaResults: results, athena, lake, source } = options;
  if (results !== undefined && athena !== true) {
    throw new UsageError('--athena-results is for --athena.', 'Leave it out, or write --athena.');
  }
  if (results !== undefined && !isS3Location(results)) {
    throw new UsageError(`--athena-results '${results}' is not a place in S3.`, 'Write it as in s3://BUCKET/PREFIX.');
  }
  if (isLake(source)) {
    if (lake !== true) throw new UsageError(`--source '${source}' is for --lake.`, 'Write --lake, too.');
    if (!storeIn(source).startsWith('arn:')) {
      throw new UsageError(`--source '${source}' does not tell whose store it is.`, 'Write its ARN: lake:arn:aws:….');
    }
  }
  if (athena === true && (hasOthers(options) || lake === true || !(source === 'live' || isS3Location(source)))) {
    throw new UsageError(
      '--athena is a set of its own, for whoever runs activity, and printed as JSON.',
      'Leave out all but --source s3://LOG-BUCKET/PREFIX, --athena-results and --partition.',
    );
  }
  if (lake === true && (hasOthers(options) || !(source === 'live' || isLake(source)))) {
    throw new UsageError(
      '--lake is a set of its own, for whoever runs activity, and printed as JSON.',
      'Leave out all but --source lake:EVENT_DATA_STORE_ARN and --partition.',
    );
  }
}

function hasOthers(options: OtherFlags): boolean {
  const { format, caller, trust, management, ou, pack, policies, verifyLogs, eventHistory } = options;
  const others = [caller, trust, management, ou, pack, policies, verifyLogs, eventHistory];
  return format !== 'json' || others.some((it) => it !== undefined);
}
