import { InterruptedError } from '../../model/errors.js';
import { fetchWithoutToken } from './fetch-without-token.js';
import { gitHubAgent } from './github-agent.js';
import { GitHubError } from './github-error.js';
import { octokitOf } from './octokit.js';
import type { GitHubOptions } from './github-options.js';
import { refusalOf } from './refusal.js';

/** The REST API of one repository, for reading. */
export interface GitHub {
  /**
   * @param path behind `/repos/OWNER/NAME/`; empty for the repository itself
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

interface Limits {
  /** Milliseconds for each attempt. */
  readonly timeout: number;
  readonly maxBytes: number;
}

const forJson: Limits = { timeout: 20_000, maxBytes: 50_000_000 };
const downloadTimeout = 180_000;

/** Reads the REST API of a repository. The token goes to that API only, never to where it redirects. */
export function gitHub(options: GitHubOptions): GitHub {
  let octokit: ReturnType<typeof octokitOf> | undefined;
  const agent = gitHubAgent(options.environment);
  const bytes = async (path: string, query: object, { timeout, maxBytes }: Limits): Promise<Buffer> => {
    const { signal } = options;
    const fetch = async (url: string, init: { readonly headers: Readonly<Record<string, string>> }) =>
      await fetchWithoutToken(
        url,
        { headers: init.headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]), maxBytes },
        agent,
      );
    octokit ??= octokitOf(options);
    try {
      const asked = octokit.request(`GET /repos/${options.repository}${path === '' ? '' : '/{+path}'}`, {
        path,
        ...query,
        request: { fetch, parseSuccessResponseBody: false },
      });
      // The body has come as a whole: this is the stream of what was kept of it.
      const { data } = (await orCancelled(asked, signal)) as { readonly data: ReadableStream | null };
      return Buffer.from(await new Response(data).arrayBuffer());
    } catch (error) {
      if (signal.aborted) throw new InterruptedError('The job was cancelled.', { cause: error });
      throw refusalOf(path === '' ? options.repository : path, error);
    }
  };
  return {
    get: async (path, query) => parse((await bytes(path, query, forJson)).toString('utf8'), path),
    download: async (path, maxBytes) => await bytes(path, {}, { timeout: downloadTimeout, maxBytes }),
  };
}

/** Octokit's pauses end for nothing: who cancels does not wait for them. */
async function orCancelled<T>(asked: Promise<T>, signal: AbortSignal): Promise<T> {
  let onAbort = (): void => {};
  const cancelled = new Promise<never>((_, reject) => {
    onAbort = () => reject(new Error('cancelled'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([asked, cancelled]);
  } finally {
    signal.removeEventListener('abort', onAbort);
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
