import { dayFolders, parseCompactTime } from './timestamps.js';

/** Where CloudTrail writes: `[PREFIX/]AWSLogs/[ORGANIZATION/]`, with the slash at its end. */
export interface Base {
  readonly path: string;
  readonly organizationId: string | undefined;
}

interface Named {
  readonly key: string;
  readonly base: Base;
  readonly account: string;
  readonly region: string;
}

/** What the key of a digest file says. */
export interface DigestName extends Named {
  readonly trail: string;
  readonly homeRegion: string;
  /** The end of the time that it covers. */
  readonly end: number;
  readonly isBackfill: boolean;
}

/** What the key of a log file says. */
export interface LogName extends Named {
  /** `CloudTrail`, or the kind of a sibling folder such as `CloudTrail-Insight`. */
  readonly folder: string;
  /** The minute in which it was delivered. */
  readonly delivered: number;
}

const account = String.raw`\d{12}`;
const region = '[a-z]{2,}(?:-[a-z]+)+-\\d+';
const place = new RegExp(
  String.raw`^(?<base>(?:.*/)?AWSLogs/(?:(?<organization>o-[a-z0-9]{4,32})/)?)(?<account>${account})/` +
    String.raw`(?<folder>CloudTrail(?:-[A-Za-z]+)?)/(?<region>${region})/(?<day>\d{4}/\d\d/\d\d)/(?<file>[^/]+)$`,
  's',
);
/**
 * Read from both ends: neither account nor Region holds an underscore, while the name of a trail may hold several, and
 * even look like another trail's name with its Region.
 */
const digestFile = new RegExp(
  String.raw`^(?<account>${account})_CloudTrail-Digest_(?<region>${region})_(?<trail>[A-Za-z0-9._-]{3,128})_` +
    String.raw`(?<home>${region})_(?<time>\d{8}T\d{6}Z)(?<backfill>_backfill)?\.json\.gz$`,
);
const logFileStart =
  String.raw`^(?<account>${account})_(?<folder>CloudTrail(?:-[A-Za-z]+)?)_(?<region>${region})_` +
  String.raw`(?<time>\d{8}T\d{4}Z)_`;
const logFile = new RegExp(String.raw`${logFileStart}[A-Za-z0-9]{16}\.json\.gz$`);
const likeLogFile = new RegExp(logFileStart);

/** The parts of a digest file's key; undefined when it is no key that CloudTrail gives a digest file. */
export function parseDigestName(key: string): DigestName | undefined {
  const where = placeIn(key);
  const match = where === undefined ? undefined : digestFile.exec(where.file)?.groups;
  if (where === undefined || match === undefined || where.folder !== 'CloudTrail-Digest') return undefined;
  const end = parseCompactTime(match['time'] ?? '');
  if (end === undefined || !agree(where, match, end)) return undefined;
  return {
    key,
    base: where.base,
    account: where.account,
    region: where.region,
    trail: match['trail'] ?? '',
    homeRegion: match['home'] ?? '',
    end,
    isBackfill: match['backfill'] !== undefined,
  };
}

/** The parts of a log file's key; undefined when it is no key that CloudTrail gives a log file. */
export function parseLogName(key: string): LogName | undefined {
  const where = placeIn(key);
  const match = where === undefined ? undefined : logFile.exec(where.file)?.groups;
  if (where === undefined || match === undefined || match['folder'] !== where.folder) return undefined;
  const delivered = parseCompactTime(match['time'] ?? '');
  if (delivered === undefined || !agree(where, match, delivered)) return undefined;
  return { key, base: where.base, account: where.account, region: where.region, folder: where.folder, delivered };
}

/**
 * What the name of a log file alone says, wherever it lies; undefined when CloudTrail gives no log file such a name.
 * Copies may lie in one folder.
 */
export function parseLogFileName(
  file: string,
): Pick<LogName, 'account' | 'region' | 'folder' | 'delivered'> | undefined {
  return namedBy(logFile, file);
}

/** The same of a name that begins as one: a download that was broken off, or a log file that was named anew. */
export function parseLogFileStart(file: string): ReturnType<typeof parseLogFileName> {
  return namedBy(likeLogFile, file);
}

function namedBy(pattern: RegExp, file: string): ReturnType<typeof parseLogFileName> {
  const match = pattern.exec(file)?.groups;
  const delivered = parseCompactTime(match?.['time'] ?? '');
  if (match === undefined || delivered === undefined) return undefined;
  const { account: id = '', region: code = '', folder = '' } = match;
  return { account: id, region: code, folder, delivered };
}

/** True for a name that CloudTrail gives a digest file. */
export function isDigestFile(file: string): boolean {
  return digestFile.test(file);
}

interface Place {
  readonly base: Base;
  readonly account: string;
  readonly region: string;
  readonly folder: string;
  readonly day: string;
  readonly file: string;
}

function placeIn(key: string): Place | undefined {
  const it = place.exec(key)?.groups;
  if (it === undefined) return undefined;
  const { base = '', organization, account: id = '', region: code = '', folder = '', day = '', file = '' } = it;
  return { base: { path: base, organizationId: organization }, account: id, region: code, folder, day, file };
}

/** Folders and file name say some things twice. */
function agree(where: Place, file: Readonly<Record<string, string>>, time: number): boolean {
  return where.account === file['account'] && where.region === file['region'] && where.day === dayFolders(time);
}

/** The folder of an account's digest files or log files in a Region. */
export function folderOf(base: Base, accountId: string, folder: string, regionCode: string): string {
  return `${base.path}${accountId}/${folder}/${regionCode}/`;
}

export function isAccountFolder(name: string): boolean {
  return new RegExp(`^${account}$`).test(name);
}

export function isOrganizationFolder(name: string): boolean {
  return /^o-[a-z0-9]{4,32}$/.test(name);
}

export function isRegionFolder(name: string): boolean {
  return new RegExp(`^${region}$`).test(name);
}
