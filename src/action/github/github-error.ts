/** GitHub did not give what was asked for: refused, broken, out of reach. The message says what and why, in one line. */
export class GitHubError extends Error {
  override readonly name = 'GitHubError';

  constructor(
    message: string,
    /** The HTTP status; none where there was no answer. */
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
