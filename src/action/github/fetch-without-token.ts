import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type Agent } from 'node:https';
import { once } from 'node:events';
import { GitHubError } from './github-error.js';

/** A request as Octokit makes it. */
export interface Asked {
  readonly method?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  /** Bytes after which an answer is given up. */
  readonly maxBytes: number;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

const mostRedirects = 3;
const redirects = new Set([301, 302, 303, 307, 308]);

/** GitHub answers so where a repository has another name now; with 302 it points at a file in a storage. */
const moves = new Set([301, 307, 308]);

/**
 * Asks by HTTP, through the agent, and follows redirects. The token stays with the API that was asked: to another host,
 * and to the storage of a file, whose address is signed, goes the bare request.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api
 *
 * @throws GitHubError for an address that is not allowed, and an answer that is too large
 */
export async function fetchWithoutToken(address: string, asked: Asked, agent: Agent): Promise<Response> {
  const first = new URL(address);
  let url = first;
  let { headers } = asked;
  for (let count = 0; ; count += 1) {
    const { status, headers: given, body } = await ask(url, { ...asked, headers }, agent);
    const { location } = given;
    if (!redirects.has(status) || location === undefined) return responseOf(status, given, body);
    if (count === mostRedirects) throw new GitHubError(`GitHub redirected more than ${mostRedirects} times`);
    url = redirected(location, url, first);
    if (!moves.has(status) || url.origin !== first.origin) headers = { 'user-agent': 'trailproof' };
  }
}

/** Never by HTTP, unless the API itself is asked so, as in tests. */
function redirected(location: string, from: URL, first: URL): URL {
  const url = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (url === undefined || (url.protocol !== 'https:' && url.protocol !== first.protocol)) {
    throw new GitHubError('GitHub redirected a download to an address that is not allowed');
  }
  return url;
}

async function ask(url: URL, { method, headers, signal, maxBytes }: Asked, agent: Agent): Promise<Answer> {
  const options = { method: method ?? 'GET', headers, signal };
  const request = url.protocol === 'https:' ? httpsRequest(url, { ...options, agent }) : httpRequest(url, options);
  try {
    request.end();
    // Node gives the answer as the only argument.
    const [answer] = (await once(request, 'response')) as [IncomingMessage];
    // From here on, the answer tells what fails.
    request.on('error', () => answer.destroy());
    const body = await bytesOf(answer, maxBytes, url.pathname);
    return { status: answer.statusCode ?? 0, headers: answer.headers, body };
  } catch (error) {
    // Whether time was over or the job was cancelled, Node's error does not say.
    throw signal.aborted ? signal.reason : error;
  }
}

async function bytesOf(answer: IncomingMessage, maxBytes: number, path: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of answer) {
    // Without an encoding, an answer gives buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes) throw new GitHubError(`${path} is larger than ${maxBytes} bytes`);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** Statuses that a Response may not have a body with. */
const bodiless = new Set([204, 205, 304]);

function responseOf(status: number, given: IncomingMessage['headers'], body: Buffer): Response {
  const headers = new Headers();
  for (const [name, value] of Object.entries(given)) for (const it of [value ?? []].flat()) headers.append(name, it);
  return new Response(bodiless.has(status) ? null : new Uint8Array(body), { status, headers });
}
