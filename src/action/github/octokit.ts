import { Octokit } from '@octokit/core';
import { retry } from '@octokit/plugin-retry';
import { throttling } from '@octokit/plugin-throttling';
import { GitHubError } from './github-error.js';
import type { GitHubOptions } from './github-options.js';

/** After the first attempt. */
const repetitions = 3;
/** Seconds: whoever is told to wait longer is not served in this run. */
const longestWait = 90;

const isWorthWaiting = (seconds: number, _options: object, _octokit: unknown, repeated: number): boolean =>
  seconds <= longestWait && repeated < repetitions;

/** What is not said a second time: the throttling plug-in knows when to come back after 429, and 413 stays too large. */
const final = [400, 401, 403, 404, 410, 413, 422, 429, 451];

const quiet = (): void => {};

/**
 * GitHub's own client, which asks again after failures, and waits as long as a rate limit says.
 *
 * @throws GitHubError where the address of the API is none
 */
export function octokitOf({ apiUrl, token, signal, second }: GitHubOptions): Octokit {
  if (!URL.canParse(apiUrl)) throw new GitHubError(`'${apiUrl}' is not the address of an API`);
  const pace = second === undefined ? {} : { retryAfterBaseValue: second };
  // It would write to the log of the job, where a line may be a command to the runner; what matters is an error.
  const log = { debug: quiet, info: quiet, warn: quiet, error: quiet };
  // The first plug-in is the innermost one: it speaks before the others decide.
  const ours = ({ hook }: Octokit): void => {
    hook.before('request', ({ headers }) => {
      headers['x-github-api-version'] = '2022-11-28';
      headers['authorization'] = `Bearer ${token}`;
    });
    hook.error('request', (error, options) => {
      const cause = error instanceof Error ? error.cause : undefined;
      // Asking again makes no answer smaller, and no address allowed.
      if (cause instanceof GitHubError || signal.aborted) options.request = { ...options.request, retries: 0 };
      throw error;
    });
  };
  return new (Octokit.plugin(ours, retry, throttling))({
    baseUrl: apiUrl.replace(/\/+$/, ''),
    userAgent: 'trailproof',
    log,
    request: { log },
    retry: { doNotRetry: final, retries: repetitions, ...pace },
    throttle: { onRateLimit: isWorthWaiting, onSecondaryRateLimit: isWorthWaiting, ...pace },
  });
}
