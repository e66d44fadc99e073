import { type IamDocument, isMalformed, type Statement } from '../iam/index.js';

/** A trail as far as it decides where its files lie. */
export interface LogTrail {
  readonly arn: string;
  readonly accountId: string;
  readonly s3KeyPrefix: string | undefined;
  readonly isOrganizationTrail: boolean;
}

/** Any account: its id has twelve digits. */
const anyAccount = '?'.repeat(12);

/**
 * ARNs, with wildcards, under which the trails put log and digest files. An organization trail writes below the
 * organization's id, for its own account too.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html
 */
export function logObjects(
  bucketArn: string,
  trails: readonly LogTrail[],
  organizationId: string | undefined,
): readonly string[] {
  const folders = trails.map(({ accountId, s3KeyPrefix, isOrganizationTrail }) => {
    const base = s3KeyPrefix === undefined || s3KeyPrefix === '' ? 'AWSLogs' : `${s3KeyPrefix}/AWSLogs`;
    if (!isOrganizationTrail) return `${base}/${accountId}/CloudTrail*`;
    return organizationId === undefined ? `${base}/o-*` : `${base}/${organizationId}/${anyAccount}/CloudTrail*`;
  });
  return [...new Set(folders)].toSorted().map((folder) => `${bucketArn}/${folder}`);
}

/**
 * The document less what its Allows say of other services' folders: `AWSLogs/…/Config/…` is met by no key of CloudTrail,
 * though by its wildcard it could reach into `CloudTrail/…`. A folder that a pattern spells out is a folder of each key
 * that it matches.
 */
export function onLogs(document: IamDocument, trails: readonly LogTrail[]): IamDocument {
  const prefixes = new Set(trails.flatMap(({ s3KeyPrefix = '' }) => s3KeyPrefix.split('/')));
  return { ...document, statements: document.statements.flatMap((it) => onLogKeys(it, prefixes)) };
}

function onLogKeys(statement: Statement, prefixes: ReadonlySet<string>): readonly Statement[] {
  const { effect, resource } = statement;
  if (effect !== 'Allow' || isMalformed(resource) || resource.isNegated) return [statement];
  const patterns = resource.patterns.filter(({ text }) => !foldersOf(text).some((it) => isForeign(it, prefixes)));
  return patterns.length === 0 ? [] : [{ ...statement, resource: { ...resource, patterns } }];
}

/** The folders of a key pattern that are spelt out from slash to slash. */
function foldersOf(arn: string): readonly string[] {
  const [, ...parts] = arn.split('/');
  return parts.slice(0, -1).filter((it) => !/[*?$]/.test(it));
}

/** Folders of CloudTrail's keys: `AWSLogs`, an organization, an account, a kind of file, a Region, year, month, day. */
const ofLogs = /^(AWSLogs|o-[a-z0-9]+|\d{12}|CloudTrail.*|[a-z]{2,}(-[a-z]+)+-\d+|\d{4}|\d{2}|)$/;

function isForeign(folder: string, prefixes: ReadonlySet<string>): boolean {
  return !prefixes.has(folder) && !ofLogs.test(folder);
}
