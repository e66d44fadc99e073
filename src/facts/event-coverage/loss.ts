import type { Tri } from '../values.js';
import type { LostEvent } from './example.js';
import type { LossReason } from './nearest.js';
import type { Cause } from '../../model/cause.js';

/** A set of events that nothing records. */
export interface Loss {
  readonly reason: LossReason;
  /** The one event source that it is confined to, else `*`. */
  readonly eventSource: string;
  /** Region names; `*` for all enabled ones. */
  readonly regions: readonly string[];
  /** It is confined to resources whose ARN starts so. */
  readonly resourceArnPrefix?: string;
  /** And that is where a trail that logs and delivers puts its log files. */
  readonly isLogBucket: Tri<boolean>;
  /** Or it is of a bucket that receives the server access logs of a log bucket. */
  readonly isAccessLogBucket: Tri<boolean>;
  readonly example: LostEvent;
  readonly summary: string;
  /** Of a not-delivered loss: RFC 3339; absent: nothing was ever delivered. */
  readonly failingSince?: string;
  /** What else records access to the log bucket. */
  readonly recordedBy: Tri<string | undefined>;
  /** What is to be fixed; absent: the account itself. */
  readonly cause?: Cause;
}
