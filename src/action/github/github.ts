import { setTimeout as wait } from 'node:timers/promises';
import { InterruptedError } from '../../model/errors.js';
import { GitHubError } from './github-error.js';
import { retryDelay, type Refusal } from './retry-delay.js';

/** The REST API of one repository, for reading. */
export interface GitHub {
  /**
   * @param path behind `/repos/OWNER/NAME/`
   * @returns the JSON of the answer
   * @throws GitHubError when it is refused, or out of reach after four attempts.
   */
  readonly get: (path: string, query: Readonly<Record<string, string>>) => Promise<unknown>;
  /**
   * The bytes that a path redirects to.
   *
   * @throws GitHubError as with `get`, and when there are more than `maxBytes`.
   */
  readonly download: (path: string, maxBytes: number) => Promise<Buffer>;
}

export interface GitHubOptions {
  /** Such as `https://api.github.com`. */
  readonly apiUrl: string;
  /** `OWNER/NAME` */
  readonly repository: string;
  readonly token: string;
  /** Of the job: when it is cancelled, nothing is asked any more. */
  readonly signal: AbortSignal;
  /** Waits some milliseconds; in tests, not. */
  readonly sleep?: (milliseconds: number) => Promise<unknown>;
}

const attempts = 4;
const answerTimeout = 20_000;
const downloadTimeout = 180_000;

/** Reads the REST API of a repository. The token goes to that API only, never to where it redirects. */
export function gitHub(options: GitHubOptions): GitHub {
  return {
    get: async (path, query) => {
      const url = address(options, `${path}?${new URLSearchParams(query).toString()}`);
      return await persistently(options, path, async (signal) => {
        const answer = await fetch(url, { headers: headers(options.token), signal, redirect: 'follow' });
        await refuse(answer, path);
        return parse(await answer.text(), path);
      });
    },
    download: async (path, maxBytes) => {
      const url = address(options, path);
      return await persistently(
        options,
        path,
        async (signal) => {
          // The address that it redirects to is signed, and holds for a minute: each attempt asks for a new one.
          const first = await fetch(url, { headers: headers(options.token), signal, redirect: 'manual' });
          const location = first.headers.get('location');
          if (first.status < 300 || first.status >= 400 || location === null) {
            await refuse(first, path);
            return await bytesOf(first, maxBytes, path);
          }
          await first.body?.cancel();
          const answer = await fetch(storage(location, url), { signal });
          await refuse(answer, path);
          return await bytesOf(answer, maxBytes, path);
        },
        downloadTimeout,
      );
    },
  };
}

function address({ apiUrl, repository }: GitHubOptions, path: string): URL {
  const text = `${apiUrl.replace(/\/+$/, '')}/repos/${repository}/${path}`;
  if (!URL.canParse(text)) throw new GitHubError(`'${apiUrl}' is not the address of an API`);
  return new URL(text);
}

function headers(token: string): Record<string, string> {
  return {
    accept: 'application/vnd.github+json',
    authorization: `Bearer ${token}`,
    'user-agent': 'trailproof',
    'x-github-api-version': '2022-11-28',
  };
}

class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

async function persistently<T>(
  { signal, sleep }: GitHubOptions,
  path: string,
  ask: (signal: AbortSignal) => Promise<T>,
  timeout = answerTimeout,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask(AbortSignal.any([signal, AbortSignal.timeout(timeout)]));
    } catch (error) {
      if (signal.aborted) throw new InterruptedError('The job was cancelled.', { cause: error });
      if (error instanceof GitHubError) throw error;
      const refusal: Refusal = error instanceof Refused ? error.refusal : { message: outOfReach(error) };
      const delay = attempt < attempts ? retryDelay(refusal, attempt, Date.now()) : undefined;
      if (delay === undefined) {
        const { status, message } = refusal;
        const what = status === undefined ? message : `${status}${message === '' ? '' : ` ${message}`}`;
        throw new GitHubError(`GitHub answered ${path} with: ${what}`, status, { cause: error });
      }
      await (sleep ?? pause(signal))(delay);
    }
  }
}

function pause(signal: AbortSignal): (milliseconds: number) => Promise<unknown> {
  return async (milliseconds) => {
    try {
      await wait(milliseconds, undefined, { signal });
    } catch (error) {
      throw new InterruptedError('The job was cancelled.', { cause: error });
    }
  };
}

/** By its code alone: the text of such an error may quote headers, and with them the token. */
function outOfReach(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return 'no answer in time';
  const { cause } = error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : error.name;
  return `no answer (${code})`;
}

/** Ends an answer that is none, with GitHub's own message where it has one. */
async function refuse(answer: Response, path: string): Promise<void> {
  if (answer.ok) return;
  const text = (await bytesOf(answer, 1_000_000, path)).toString('utf8');
  throw new Refused({
    status: answer.status,
    message: messageIn(text),
    ...given('retryAfter', answer.headers.get('retry-after')),
    ...given('rateLimitRemaining', answer.headers.get('x-ratelimit-remaining')),
    ...given('rateLimitReset', answer.headers.get('x-ratelimit-reset')),
  });
}

function given<Name extends string>(name: Name, value: string | null): Partial<Record<Name, string>> {
  // A computed name is any string to TypeScript; this one is the type's.
  return value === null ? {} : ({ [name]: value } as Partial<Record<Name, string>>);
}

function messageIn(text: string): string {
  try {
    const answer: unknown = JSON.parse(text);
    const isSaid = typeof answer === 'object' && answer !== null && 'message' in answer;
    return isSaid && typeof answer.message === 'string' ? answer.message.slice(0, 300) : '';
  } catch {
    // A page of a proxy, or nothing at all: the status says enough.
    return '';
  }
}

function parse(text: string, path: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    return answer;
  } catch (error) {
    throw new GitHubError(`GitHub answered ${path} with something that is not JSON`, undefined, { cause: error });
  }
}

/** Never by HTTP, unless the API itself is asked so, as in tests. */
function storage(location: string, api: URL): URL {
  const url = URL.canParse(location, api.href) ? new URL(location, api) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== api.protocol)) {
    throw new GitHubError('GitHub redirected a download to an address that is not allowed');
  }
  return url;
}

async function bytesOf({ body }: Response, maxBytes: number, path: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    // A body of fetch gives bytes; the type leaves it open.
    const bytes = chunk as Uint8Array;
    size += bytes.byteLength;
    if (size > maxBytes) throw new GitHubError(`${path} is larger than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
