import { laterTime, quietSince } from './since.js';
import { eventsWentElsewhere } from './quiet.js';
import type { TrailView } from './trail-views.js';
import type { Traits } from './traits.js';

/** Events are selected, and do not arrive. */
export interface Failure {
  /** RFC 3339: the last arrival; absent: nothing ever arrived, as far as is told. */
  readonly since?: string;
  readonly error: string;
}

/** Whether log files fail to arrive: in the kindest and in the harshest reading of what one account is told. */
export interface Failures {
  readonly best?: Failure;
  readonly worst?: Failure;
}

const hour = 60 * 60 * 1000;
const maxDigestSilence = 3 * hour;
const maxLogSilence = 24 * hour;

/**
 * What is told of the delivery of log files. An error is a failure since the last arrival. With validation on a digest
 * file comes each hour, events or not: where neither it nor a log file came for three hours, delivery fails, though no
 * error is told. A longer silence of the log files alone is doubtful, unless CloudWatch Logs had events meanwhile.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function failuresOf({ status }: TrailView, traits: Traits, now: number): Failures {
  const { latestDeliveryTime: last, latestDeliveryError: error } = status;
  if (error !== undefined) return both(failure(error, last));
  if (eventsWentElsewhere(status, now)) {
    return both(failure('no log file for events that reached CloudWatch Logs', last));
  }
  const digest = traits.validates === 'no' ? undefined : status.latestDigestDeliveryTime;
  const isQuiet = now - quietSince(last, status).worst > maxLogSilence;
  const quiet = isQuiet ? { worst: failure('no log file for more than 24 hours', last) } : {};
  if (digest === undefined) return quiet;
  const lastSign = laterTime(last, digest);
  const signs = quietSince(lastSign, status);
  const silent = failure('no log or digest file for more than 3 hours', lastSign);
  // A digest of an empty hour settles the quiet before it only where no call of ours had to be recorded.
  const before = traits.mayRecordReads ? quiet : {};
  if (traits.validates === 'yes' && now - signs.best > maxDigestSilence) return { ...both(silent), ...before };
  return now - signs.worst > maxDigestSilence ? { worst: silent, ...before } : before;
}

function failure(error: string, since: string | undefined): Failure {
  return { error, ...(since === undefined ? {} : { since }) };
}

function both(it: Failure): Failures {
  return { best: it, worst: it };
}
