/** What a report may be told. Every member has a default, and a format ignores what does not concern it. */
export interface ReportOptions {
  /** Width of the terminal for `text`; 100 without one. Lines are never planned wider than 120. */
  readonly columns?: number | undefined;
  /** ANSI colors in `text`; off unless asked for. */
  readonly color?: boolean | undefined;
  /** In the SARIF category, for results that do not say which scan they are of. Default `baseline`. */
  readonly policySet?: string | undefined;
}
