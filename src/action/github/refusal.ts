import { isObject } from '../../model/is-object.js';
import { GitHubError } from './github-error.js';

/** What Octokit ended with, as one line without what was sent. */
export function refusalOf(path: string, error: unknown): GitHubError {
  const cause = error instanceof Error ? error.cause : undefined;
  for (const it of [error, cause]) if (it instanceof GitHubError) return it;
  const response = isObject(error) ? error['response'] : undefined;
  // Where nothing answered, Octokit says 500.
  const status = isObject(response) && typeof response['status'] === 'number' ? response['status'] : undefined;
  const said = isObject(response) ? messageIn(response['data']) : '';
  const what = status === undefined ? outOfReach(cause) : `${status}${said === '' ? '' : ` ${said}`}`;
  return new GitHubError(`GitHub answered ${path} with: ${what}`, status, { cause: error });
}

/** By its code alone: the text of such an error may quote headers, and with them the token. */
function outOfReach(error: unknown): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return 'no answer in time';
  // Ours, and names the proxy without its password.
  if (error.message.startsWith('the proxy ')) return `no answer: ${error.message}`;
  return `no answer (${'code' in error ? String(error.code) : error.name})`;
}

/** GitHub's own message; a page of a proxy, or nothing at all, says no more than the status does. */
function messageIn(data: unknown): string {
  const answer = typeof data === 'string' ? parsed(data) : data;
  return isObject(answer) && typeof answer['message'] === 'string' ? answer['message'].slice(0, 300) : '';
}

/** Octokit parses what is labelled as JSON. */
function parsed(text: string): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    return answer;
  } catch {
    return undefined;
  }
}
