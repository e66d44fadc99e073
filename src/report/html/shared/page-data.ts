/** What the report's script works on. Every text is safe to show, and not yet escaped for HTML. */
export interface PageData {
  readonly policies: readonly PagePolicy[];
  readonly accounts: readonly PageAccount[];
  /** An answer of AWS's each: `cloudtrail:DescribeTrails · 111111111111 · eu-west-1 · … · request …`. */
  readonly evidence: readonly string[];
  readonly gaps: readonly string[];
  readonly entries: readonly Entry[];
}

export interface PagePolicy {
  readonly id: string;
  readonly title: string;
  /** How to fix it, in a sentence or two. */
  readonly fix: string;
  readonly controls: readonly string[];
}

export interface PageAccount {
  readonly id: string;
  readonly name: string;
  /** `Root / Workloads / Production`; empty where it is not known. */
  readonly ou: string;
}

/** One evaluation. Numbers are places in the lists of {@link PageData}. */
export interface Entry {
  readonly policy: number;
  readonly outcome: string;
  readonly severity: string;
  /** It is where a finding is to be fixed; `severity` is then the finding's. */
  readonly isFinding?: true;
  /** `Trail`, `Log bucket`. */
  readonly kind: string;
  readonly name: string;
  readonly id: string;
  /** -1: an owner that is not known. */
  readonly account: number;
  readonly region: string;
  readonly text: readonly string[];
  readonly because?: readonly string[];
  /** Accounts that the finding touches. */
  readonly touched?: readonly number[];
  /** How many evaluations follow from it. */
  readonly following?: number;
  readonly evidence?: readonly number[];
  readonly gaps?: readonly number[];
  readonly waiver?: string;
  readonly causedBy?: string;
  readonly lastSeen?: string;
  readonly fingerprint: string;
}
