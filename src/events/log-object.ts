import type { LogName } from '../verify/index.js';

/** An object that may be a log file. */
export interface LogObject {
  readonly bucket: string;
  readonly key: string;
  /** As results name it. */
  readonly shown: string;
  /** As it is stored. */
  readonly size: number;
  /** What its name tells: whose events it holds, and when it was delivered; undefined for a name of somebody else's. */
  readonly name: ObjectName | undefined;
  /** It lies in a bucket among log files, and is none by its name: its events count, and prove no hour. */
  readonly isStranger?: true;
}

/** What the name of a log file tells. */
export type ObjectName = Pick<LogName, 'account' | 'region' | 'delivered' | 'folder'>;
