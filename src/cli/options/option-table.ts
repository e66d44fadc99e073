import type { OptionRow } from './option-row.js';
import { severities } from '../../text/order.js';
import { accountId, formats, listOf, path } from './option-values.js';

/**
 * Every flag of `scan` and every input of the action, once. Flags, `trailproof.yaml` and its schema, `action.yml` and the
 * tables in docs/ follow from it (`npm run generate`), in this order.
 */
const optionTable = [
  {
    name: 'config',
    takes: '<file>',
    help: 'a file that says what flags would (default: ./trailproof.yaml where it is present)',
    input: {
      as: 'value',
      description: 'A configuration file (default trailproof.yaml where it is present); inputs win over it',
    },
  },
  {
    name: 'source',
    takes: '<source>',
    help: 'live, config, config+live, a saved inventory, or files of AWS Config, also s3://…',
    default: 'live',
    reads: true,
    config: { name: 'source', kind: 'source', schema: path },
    input: {
      as: 'value',
      description:
        "live (default), config or config+live (what AWS Config recorded), a saved inventory, or AWS Config's files in a folder or in s3://BUCKET/PREFIX",
    },
  },
  {
    name: 'aggregator',
    takes: '<name>',
    help: "with config: the aggregator to ask, instead of the account's own recorders",
    reads: true,
    config: { name: 'aggregator', kind: 'text', schema: { type: 'string', minLength: 1, maxLength: 300 } },
    input: { as: 'value' },
  },
  {
    name: 'as-of',
    takes: '<time>',
    help: 'with config or files of AWS Config: the state at that time',
    reads: true,
    input: { as: 'value' },
  },
  {
    name: 'silent-after',
    takes: '<days>',
    help: 'with files of AWS Config: an account of which nothing came for so long is not known (default: 7)',
    reads: true,
    config: {
      name: 'silentAfter',
      kind: 'number',
      description: 'days after which an account of which no file of AWS Config came is not known, 1 to 3650',
      schema: { type: 'integer', minimum: 1, maximum: 3650 },
    },
    input: { as: 'value' },
  },
  {
    name: 'sample',
    help: 'the embedded sample organization instead of AWS',
    reads: true,
    input: { as: 'switch' },
  },
  {
    name: 'pack',
    takes: '<id...>',
    help: 'packs: ids, FILE.yaml, ./folder, npm:package; of two values the later wins',
    default: ['baseline'],
    config: { name: 'packs', kind: 'packs', schema: listOf({ type: 'string', minLength: 1, maxLength: 300 }) },
    input: { as: 'items' },
  },
  {
    name: 'policies',
    takes: '<dir...>',
    help: 'folders of your own policies, in addition',
    config: { name: 'policies', kind: 'paths', schema: listOf(path) },
    input: { as: 'items' },
  },
  {
    name: 'waivers',
    takes: '<file...>',
    help: 'accepted findings, each with its reason, owner and last day',
    config: { name: 'waivers', kind: 'paths', schema: listOf(path) },
    input: { as: 'items' },
  },
  {
    name: 'attestations',
    takes: '<file...>',
    help: 'controls that another system satisfies, each with its owner and last day, for the report of frameworks',
    config: { name: 'attestations', kind: 'paths', schema: listOf(path) },
    input: { as: 'items' },
  },
  {
    name: 'max-waiver-days',
    takes: '<n>',
    help: 'the longest that a waiver may last (default: 365)',
    input: { as: 'value' },
  },
  {
    name: 'account',
    takes: '<id...>',
    help: 'only these accounts',
    reads: true,
    config: { name: 'accounts', kind: 'list', schema: listOf(accountId) },
    input: { as: 'items' },
  },
  {
    name: 'exclude-account',
    takes: '<id...>',
    help: 'all but these accounts',
    reads: true,
    config: { name: 'excludeAccounts', kind: 'list', schema: listOf(accountId) },
    input: { as: 'items' },
  },
  {
    name: 'ou',
    takes: '<id...>',
    help: 'only accounts in or below these OUs',
    reads: true,
    config: {
      name: 'ous',
      kind: 'list',
      schema: listOf({
        type: 'string',
        pattern: '^(ou-[a-z0-9]+-[a-z0-9]+|r-[a-z0-9]+)$',
        examples: ['ou-ab12-34cd56ef'],
      }),
    },
    input: { as: 'items' },
  },
  {
    name: 'role-name',
    takes: '<name>',
    help: 'the role to assume in each account',
    default: 'TrailproofAudit',
    reads: true,
    config: {
      name: 'roleName',
      kind: 'text',
      description: 'the role to assume in each account, its name without the ARN',
      schema: {
        type: 'string',
        pattern: String.raw`^[\w+=,.@/-]{1,512}$`,
        examples: ['TrailproofAudit'],
        patternErrorMessage: 'The name of a role, without its ARN: TrailproofAudit.',
      },
    },
    input: { as: 'value' },
  },
  {
    name: 'external-id',
    takes: '<id>',
    help: 'external id of that role',
    reads: true,
    config: { name: 'externalId', kind: 'text', schema: { type: 'string', minLength: 1, maxLength: 1224 } },
    input: { as: 'value' },
  },
  {
    name: 'log-archive-account',
    takes: '<id>',
    help: 'the account that owns the log buckets, where nothing else names it',
    reads: true,
    config: { name: 'logArchiveAccount', kind: 'text', schema: accountId },
    input: { as: 'value' },
  },
  {
    name: 'region',
    takes: '<region>',
    help: "the Region that is called first (default: the environment's)",
    reads: true,
    config: {
      name: 'region',
      kind: 'text',
      schema: {
        type: 'string',
        pattern: String.raw`^[a-z]{2,}(-[a-z]+)+-\d+$`,
        examples: ['eu-central-1'],
        patternErrorMessage: 'A Region by its code: eu-central-1.',
      },
    },
    input: { as: 'value' },
  },
  {
    name: 'profile',
    takes: '<name>',
    help: "the profile of the AWS configuration (default: the environment's)",
    reads: true,
  },
  {
    name: 'concurrency',
    takes: '<n>',
    help: 'accounts at once',
    default: '32',
    reads: true,
    config: {
      name: 'concurrency',
      kind: 'number',
      description: 'accounts at once, 1 to 500',
      schema: { type: 'integer', minimum: 1, maximum: 500 },
    },
    input: { as: 'value' },
  },
  {
    name: 'deep',
    help: 'ask every Region of trails, members for event data stores, every account for log buckets (many more calls)',
    reads: true,
    config: { name: 'deep', kind: 'boolean', fallback: false, schema: { type: 'boolean' } },
    input: { as: 'switch' },
  },
  {
    name: 'shard',
    takes: '<i/n>',
    help: 'read one of n parts of the accounts, to be merged: 2/4; n alone in an AWS Batch array job or a Kubernetes indexed job',
    reads: true,
    input: {
      as: 'value',
      description: 'I/N: read this shard of the accounts only, and keep it with save-inventory; then merge',
    },
  },
  {
    name: 'resume',
    takes: '<file>',
    help: 'read only what this inventory, at most a day old, lacks',
    reads: true,
    input: { as: 'value' },
  },
  {
    name: 'merge',
    help: 'instead of a scan, join the inventories of all shards and evaluate them, one a line or separated by commas',
    isInputOnly: true,
    input: { as: 'own' },
  },
  {
    name: 'format',
    takes: '<formats>',
    help: `any of ${formats}`,
    default: 'text,json,sarif,markdown',
    config: {
      name: 'format',
      kind: 'commas',
      description: 'the reports',
      schema: listOf({ enum: formats.split(',') }),
    },
    input: {
      as: 'own',
      default: 'text,json,sarif,markdown',
      description: `Any of ${formats}; json is always written, and sarif last`,
    },
  },
  {
    name: 'product-arn',
    takes: '<arn>',
    help: 'with asff: import as this product of AWS Security Hub (default: the own one of each account and Region)',
    config: {
      name: 'productArn',
      kind: 'text',
      schema: {
        type: 'string',
        pattern: String.raw`^arn:[\w-]+:securityhub:[a-z0-9-]+:\d{12}:product/[\w-]+/[\w-]+$`,
        maxLength: 2048,
        examples: ['arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default'],
        patternErrorMessage: 'The ARN of a product: arn:aws:securityhub:REGION:ACCOUNT:product/COMPANY/NAME.',
      },
    },
    input: { as: 'value' },
  },
  {
    name: 'output',
    takes: '<dir>',
    help: 'where the reports are written',
    default: 'reports',
    config: { name: 'output', kind: 'path', schema: path },
    input: { as: 'value', default: 'reports' },
  },
  {
    name: 'split-by',
    takes: '<what>',
    help: 'account or ou: the reports once more for each owner, below the output folder',
    config: { name: 'splitBy', kind: 'text', schema: { enum: ['account', 'ou'] } },
    input: { as: 'value' },
  },
  {
    name: 'max-bytes',
    takes: '<n>',
    help: 'the most bytes that report.md may have; a larger one is shortened, worst first',
    config: {
      name: 'maxBytes',
      kind: 'number',
      description: 'the most bytes that report.md may have, 1000 or more',
      schema: { type: 'integer', minimum: 1000 },
    },
    input: { as: 'value' },
  },
  {
    name: 'fail-on',
    takes: '<severity>',
    help: 'critical, high, medium, low, informational or none',
    default: 'low',
    config: {
      name: 'failOn',
      kind: 'text',
      description: 'the lowest severity that fails a scan',
      schema: { enum: [...severities, 'none'] },
    },
    input: {
      as: 'value',
      default: 'none',
      description: 'critical, high, medium, low, informational or none (default none: findings are for code scanning)',
    },
  },
  {
    name: 'allow-incomplete',
    help: 'exit with 0 or 1 even if something could not be read',
    config: { name: 'allowIncomplete', kind: 'boolean', fallback: false, schema: { type: 'boolean' } },
    input: { as: 'switch' },
  },
  {
    name: 'verification',
    takes: '<file...>',
    help: 'what verify-logs --format json found of the log files, for the pack log-files',
    input: { as: 'items' },
  },
  {
    name: 'history',
    takes: '<file>',
    help: 'what history --format json wrote: html and markdown show what began and ended when',
    input: { as: 'value' },
  },
  {
    name: 'save-inventory',
    takes: '<file>',
    help: 'read everything, not just what the policies need, and keep it for --source',
    config: { name: 'saveInventory', kind: 'path', description: 'keep what was read', schema: path },
    input: { as: 'value', description: 'File to keep what was read in' },
  },
  {
    name: 'evidence',
    takes: '<dir>',
    help: 'with source live: keep each answer of AWS there, redacted, with SHA-256 sums; --source <dir> evaluates them again',
    config: { name: 'evidence', kind: 'path', description: 'keep each answer of AWS, redacted', schema: path },
    input: {
      as: 'value',
      description: 'Folder to keep each answer of AWS in, redacted, with SHA256SUMS to attest',
    },
  },
  {
    name: 'previous',
    takes: '<results.json>',
    help: 'results of the last run: what cannot be evaluated again stays open; none for a first run',
    input: {
      as: 'own',
      default: 'auto',
      description:
        'The last run, so that what cannot be evaluated again stays open: auto (find what the last upload kept, if SARIF is written), a results.json, none for a first run, or empty when only complete runs may be uploaded',
    },
  },
  {
    name: 'scan-id',
    takes: '<name>',
    help: 'name of this scan, under which its alerts go on whatever its packs (default: made of packs and scope)',
    config: {
      name: 'scanId',
      kind: 'text',
      schema: {
        type: 'string',
        pattern: String.raw`^[A-Za-z0-9][\w.+:@/-]{0,99}$`,
        examples: ['production'],
        patternErrorMessage: 'A name of letters, digits, dots, hyphens and underscores: production.',
      },
    },
    input: {
      as: 'value',
      description:
        'The name of this scan, for a repository with several, and so that another choice of packs goes on with the same alerts (default: made of the packs and of account, ou, exclude-account and role-name)',
    },
  },
  {
    name: 'previous-artifact',
    help: 'with previous: auto, the artifact in which each run of this scan keeps its reports',
    isInputOnly: true,
    input: { as: 'own', default: 'cloudtrail-compliance' },
  },
  {
    name: 'github-token',
    help: "with previous: auto, reads code scanning (security-events) and artifacts (actions); it is masked, and sent to GitHub's API only",
    isInputOnly: true,
    input: { as: 'own', default: '${{ github.token }}' },
  },
  {
    name: 'plan',
    help: 'print the planned API calls and how long they take, and exit',
    reads: true,
    input: { as: 'switch' },
  },
  { name: 'quiet', help: 'no text report and no progress', input: { as: 'switch' } },
  { name: 'verbose', help: 'say more on stderr', input: { as: 'switch' } },
] as const satisfies readonly OptionRow[];

/** The name of a flag of `scan`. */
export type OptionName = (typeof optionTable)[number]['name'];

/** The table, its rows all of one shape. */
export const optionRows: readonly OptionRow[] = optionTable;
