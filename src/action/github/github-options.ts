import type { Environment } from '../../network/index.js';

/** Which repository is asked, as whom and how. */
export interface GitHubOptions {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  /** `OWNER/NAME` */
  readonly repository: string;
  readonly token: string;
  /** Of the job: when it is cancelled, nothing is asked any more. */
  readonly signal: AbortSignal;
  /** Says how the network is reached: by which proxy, and whose certificates are believed. */
  readonly environment: Environment;
  /** Milliseconds that a second of a pause takes; in tests, few. */
  readonly second?: number;
}
