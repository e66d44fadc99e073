// Generated from schema/config.v1.json by scripts/generate-types.mjs (npm run generate). Do not edit.

/** trailproof.yaml: what the flags say. Flags win over it; relative paths are relative to the file. */
export interface ConfigDocument {
  /** of this format */
  readonly version: 1;
  /** live, config, config+live, a saved inventory, or files of AWS Config, also s3://…: --source */
  readonly source?: string;
  /** with config: the aggregator to ask, instead of the account's own recorders: --aggregator */
  readonly aggregator?: string;
  /** days after which an account of which no file of AWS Config came is not known, 1 to 3650: --silent-after */
  readonly silentAfter?: number;
  /**
   * packs: ids, FILE.yaml, ./folder, npm:package; of two values the later wins: --pack
   *
   * @minItems 1
   */
  readonly packs?: readonly string[];
  /**
   * folders of your own policies, in addition: --policies
   *
   * @minItems 1
   */
  readonly policies?: readonly string[];
  /**
   * accepted findings, each with its reason, owner and last day: --waivers
   *
   * @minItems 1
   */
  readonly waivers?: readonly string[];
  /**
   * controls that another system satisfies, each with its owner and last day, for the report of frameworks: --attestations
   *
   * @minItems 1
   */
  readonly attestations?: readonly string[];
  /**
   * only these accounts: --account
   *
   * @minItems 1
   */
  readonly accounts?: readonly string[];
  /**
   * all but these accounts: --exclude-account
   *
   * @minItems 1
   */
  readonly excludeAccounts?: readonly string[];
  /**
   * only accounts in or below these OUs: --ou
   *
   * @minItems 1
   */
  readonly ous?: readonly string[];
  /** the role to assume in each account, its name without the ARN: --role-name */
  readonly roleName?: string;
  /** external id of that role: --external-id */
  readonly externalId?: string;
  /** the account that owns the log buckets, where nothing else names it: --log-archive-account */
  readonly logArchiveAccount?: string;
  /** the Region that is called first: --region */
  readonly region?: string;
  /** accounts at once, 1 to 500: --concurrency */
  readonly concurrency?: number;
  /** ask every Region of trails, members for event data stores, every account for log buckets (many more calls): --deep */
  readonly deep?: boolean;
  /**
   * the reports: --format
   *
   * @minItems 1
   */
  readonly format?: readonly (
    | 'text'
    | 'json'
    | 'sarif'
    | 'markdown'
    | 'html'
    | 'junit'
    | 'csv'
    | 'framework'
    | 'framework-text'
    | 'framework-json'
    | 'framework-csv'
    | 'ocsf'
    | 'asff'
    | 'oscal'
  )[];
  /** with asff: import as this product of AWS Security Hub: --product-arn */
  readonly productArn?: string;
  /** where the reports are written: --output */
  readonly output?: string;
  /** account or ou: the reports once more for each owner, below the output folder: --split-by */
  readonly splitBy?: 'account' | 'ou';
  /** the most bytes that report.md may have, 1000 or more: --max-bytes */
  readonly maxBytes?: number;
  /** the lowest severity that fails a scan: --fail-on */
  readonly failOn?: 'critical' | 'high' | 'medium' | 'low' | 'informational' | 'none';
  /** exit with 0 or 1 even if something could not be read: --allow-incomplete */
  readonly allowIncomplete?: boolean;
  /** keep what was read: --save-inventory */
  readonly saveInventory?: string;
  /** keep each answer of AWS, redacted: --evidence */
  readonly evidence?: string;
  /** name of this scan, under which its alerts go on whatever its packs: --scan-id */
  readonly scanId?: string;
  /** policy id → parameter → value, over what the packs set */
  readonly params?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
