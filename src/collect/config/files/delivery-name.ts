/** Whose a file is, as far as its name or its folder says; what is undefined may be any. */
export interface DeliveryPlace {
  readonly accountId: string;
  readonly region: string | undefined;
}

/** What the name of a file says that AWS Config delivered. */
export interface DeliveryName extends DeliveryPlace {
  readonly kind: 'snapshot' | 'history' | 'change';
  readonly region: string;
  /** The one type of a history file or a change; undefined: any. */
  readonly type: string | undefined;
  /** RFC 3339: when the changes in it begin and end; both the moment of a snapshot or a change. */
  readonly from: string;
  readonly to: string;
}

const kinds = { ConfigSnapshot: 'snapshot', ConfigHistory: 'history', ChangeNotification: 'change' } as const;

/**
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/view-config-items-in-s3.html, "Amazon S3 bucket
 * naming": `ACCOUNT_Config_REGION_ConfigSnapshot_TIME_ID.json.gz`, `ACCOUNT_Config_REGION_ConfigHistory_TYPE_TIME_TIME_N.json.gz`,
 * `ACCOUNT_Config_REGION_ChangeNotification_TYPE_RESOURCE_TIME_STATE.json.gz`, the names of resources with all that
 * they may hold.
 */
const name =
  /(?<accountId>\d{12})_Config_(?<region>[a-z]+(?:-[a-z]+)+-\d+)_(?<kind>ConfigSnapshot|ConfigHistory|ChangeNotification)_(?<rest>.+)$/;

/**
 * The place and time of a delivered file, by its name.
 *
 * @returns undefined where it was renamed, or is another file
 */
export function parseDeliveryName(path: string): DeliveryName | undefined {
  const { accountId, region, kind: word = '', rest = '' } = name.exec(path)?.groups ?? {};
  const kind = isKind(word) ? kinds[word] : undefined;
  // Of a change, whose resource may be called anything, the last time is its own.
  const found = [...rest.matchAll(/\d{8}T\d{6}Z/g)].flatMap(([text]) => timeOf(text) ?? []);
  const times = kind === 'change' ? found.slice(-1) : found.toSorted();
  const [from] = times;
  const to = times.at(-1);
  if (accountId === undefined || region === undefined || from === undefined || to === undefined) return undefined;
  if (kind === undefined || (kind !== 'change' && /[/\\]/.test(rest))) return undefined;
  const type = kind === 'snapshot' ? undefined : /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+/.exec(rest)?.[0];
  return { kind, accountId, region, type, from, to };
}

/** Whether AWS Config names its files so: nobody needs to look into it. */
export function isDeliveryName(path: string): boolean {
  return parseDeliveryName(path) !== undefined;
}

function isKind(word: string): word is keyof typeof kinds {
  return Object.hasOwn(kinds, word);
}

function timeOf(text: string): string | undefined {
  const time = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z'));
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** Below `AWSLogs/ACCOUNT/` each service has a folder, and AWS Config one for each Region in its own. */
const folder =
  /(?:^|[/\\])AWSLogs[/\\](?:o-[a-z0-9]+[/\\])?(?<accountId>\d{12})[/\\](?<service>[^/\\]+)[/\\](?<rest>.*)$/;

/** The place that a file lies in, by the folders that AWS Config puts it in; undefined elsewhere. */
export function placeInFolders(path: string): DeliveryPlace | undefined {
  const { accountId, service, rest = '' } = folder.exec(path)?.groups ?? {};
  if (accountId === undefined || service !== 'Config') return undefined;
  return { accountId, region: /^[a-z]+(?:-[a-z]+)+-\d+(?=[/\\])/.exec(rest)?.[0] };
}

/** True for what other services deliver into the same bucket, of which there may be millions of files. */
export function isOfOtherService(path: string): boolean {
  const service = folder.exec(path)?.groups?.['service'];
  return service !== undefined && service !== 'Config';
}

/** By its ending: a list of files, a picture or a note in the same folder makes nothing doubtful. */
export function isCalledLikeData(fileName: string): boolean {
  return /\.(?:json|jsonl|ndjson|csv|gz|tgz|zip)$/i.test(fileName);
}

/** AWS Config writes this empty file to find out whether it may write. */
const writabilityCheck = 'ConfigWritabilityCheckFile';

/** False for what is known by its name to hold no configuration item. A folder and a bucket go by the same names. */
export function mayHoldItems(path: string): boolean {
  return !isOfOtherService(path) && !path.endsWith('/') && !path.endsWith(writabilityCheck);
}
