import type { History } from '../model/history.js';
import type { Verification } from '../model/verification.js';

/** What a report may be told. Every member has a default, and a format ignores what does not concern it. */
export interface ReportOptions {
  /** Width of the terminal for `text`; 100 without one. Lines are never planned wider than 120. */
  readonly columns?: number | undefined;
  /** ANSI colors in `text`; off unless asked for. */
  readonly color?: boolean | undefined;
  /** `text` shows every finding with every target; otherwise what fits on two screens for each severity. */
  readonly verbose?: boolean | undefined;
  /** The chosen packs: of one framework's pack, reports show that framework. In the SARIF category of unnamed scans. */
  readonly policySet?: string | undefined;
  /** Bytes that `markdown` may have; a report with more is shortened. */
  readonly maxBytes?: number | undefined;
  /** How it came to be so: `html` and `markdown` tell what began and ended when. */
  readonly history?: History | undefined;
  /** What was found of the log files: `html` tells it. */
  readonly verifications?: readonly Verification[] | undefined;
  /** In whose name `asff` is imported; by default each account's own, which AWS Security Hub always takes. */
  readonly productArn?: string | undefined;
}
