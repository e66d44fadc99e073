/** What the name of a file says that AWS Config delivered. */
export interface DeliveryName {
  readonly kind: 'snapshot' | 'history';
  readonly accountId: string;
  readonly region: string;
  /** The one type of a history file; undefined: any. */
  readonly type: string | undefined;
  /** RFC 3339: when the changes in it begin and end; both the moment of a snapshot. */
  readonly from: string;
  readonly to: string;
}

/**
 * Source: https://docs.aws.amazon.com/config/latest/developerguide/view-config-items-in-s3.html, "Amazon S3 bucket
 * naming": `ACCOUNT_Config_REGION_ConfigSnapshot_TIME_ID.json.gz`, `ACCOUNT_Config_REGION_ConfigHistory_TYPE_TIME_TIME_N.json.gz`.
 */
const name =
  /(?<accountId>\d{12})_Config_(?<region>[a-z]+(?:-[a-z]+)+-\d+)_Config(?<kind>Snapshot|History)_(?<rest>[^/\\]+)$/;

/**
 * The place and time of a delivered file, by its name.
 *
 * @returns undefined where it was renamed, or is another file
 */
export function parseDeliveryName(path: string): DeliveryName | undefined {
  const { accountId, region, kind, rest = '' } = name.exec(path)?.groups ?? {};
  const times = [...rest.matchAll(/\d{8}T\d{6}Z/g)].flatMap(([text]) => timeOf(text) ?? []).toSorted();
  const [from] = times;
  const to = times.at(-1);
  if (accountId === undefined || region === undefined || from === undefined || to === undefined) return undefined;
  if (kind === 'Snapshot') return { kind: 'snapshot', accountId, region, type: undefined, from, to };
  return { kind: 'history', accountId, region, type: /^AWS::[A-Za-z0-9]+::[A-Za-z0-9]+/.exec(rest)?.[0], from, to };
}

function timeOf(text: string): string | undefined {
  const time = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6.000Z'));
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
