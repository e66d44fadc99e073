/** A framework: the controls that its reports have a row for. */
export interface Framework {
  /** What policies name it by in `controls`, and its pack by its id. */
  readonly id: string;
  readonly title: string;
  /** What a reader must know of the mapping. */
  readonly note: string;
  readonly controls: readonly FrameworkControl[];
}

/** What a framework asks for. */
export interface FrameworkControl {
  readonly id: string;
  /** In our own words. */
  readonly title: string;
  /** Profile of the CIS benchmark. */
  readonly level?: 1 | 2;
  /** What the benchmark itself calls it. */
  readonly assessment?: 'automated' | 'manual';
  /** Why no policy decides it. */
  readonly manual?: string;
  /** What it is about of the resources that its policies ask: how the resource part of their ARNs begins. */
  readonly resources?: readonly string[];
  /** What it is not about. */
  readonly exceptResources?: readonly string[];
  /** What AWS does for it. */
  readonly inherited?: string;
}

/** The shipped policies that serve a framework. */
export interface ServingPolicies {
  /** It demands the very text of filter patterns. */
  readonly isLiteral?: true;
  /** Parameters that it demands, by policy. */
  readonly demanded: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Which controls each policy serves, by its id. */
  readonly controls: Readonly<Record<string, readonly string[]>>;
}
