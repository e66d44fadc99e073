/** An answer that is none: the status and what says when to come back, or no status where nothing answered. */
export interface Refusal {
  readonly status?: number;
  /** Seconds to wait, or a date. */
  readonly retryAfter?: string;
  /** Calls left until `rateLimitReset`. */
  readonly rateLimitRemaining?: string;
  /** Seconds since 1970. */
  readonly rateLimitReset?: string;
  /** GitHub's own. */
  readonly message: string;
}

/** Whoever is told to wait longer is not served in this run. */
const longestWait = 90_000;

/** GitHub asks for this where it limits without saying for how long. */
const unsaidLimit = 60_000;

/**
 * How long to wait before asking again, in milliseconds; undefined: asking again helps nothing.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 *
 * @param attempt the number of the attempt that failed, from 1
 * @param now milliseconds since 1970
 */
export function retryDelay(refusal: Refusal, attempt: number, now: number): number | undefined {
  const { status } = refusal;
  if (status === undefined || status >= 500 || status === 408) return told(refusal, now) ?? 1_000 * 2 ** (attempt - 1);
  if (status !== 429 && status !== 403) return undefined;
  const wait = told(refusal, now) ?? (isLimit(refusal) ? unsaidLimit : undefined);
  return wait === undefined || wait > longestWait ? undefined : wait;
}

/** A refusal with 403 is a limit only where it says so; else it is for good. */
function isLimit({ status, message }: Refusal): boolean {
  return status === 429 || /rate limit/i.test(message);
}

function told({ retryAfter, rateLimitRemaining, rateLimitReset }: Refusal, now: number): number | undefined {
  if (retryAfter !== undefined) {
    const wait = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
    if (!Number.isNaN(wait)) return Math.max(0, wait);
  }
  if (rateLimitRemaining !== '0' || rateLimitReset === undefined) return undefined;
  const wait = Number(rateLimitReset) * 1_000 - now;
  return Number.isNaN(wait) ? undefined : Math.max(0, wait);
}
