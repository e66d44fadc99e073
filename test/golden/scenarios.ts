import type { Evaluation, PolicySummary, Reason, Results, Target } from '../../src/model/results.js';
import {
  aBucketTarget,
  aGap,
  aPolicy,
  aResults,
  aTarget,
  anAccountTarget,
  anEvaluation,
  anEvidence,
  aWaiverState,
  fingerprintOf,
} from '../support/results-builders.js';

const accounts: readonly (readonly [id: string, name: string])[] = [
  ['111111111111', 'management'],
  ['222222222222', 'payments'],
  ['333333333333', 'log-archive'],
  ['444444444444', 'web-shop'],
  ['555555555555', 'data-lake'],
  ['666666666666', 'sandbox'],
];

const organization: Target = {
  type: 'organization',
  id: 'o-a1b2c3d4e5',
  arn: 'arn:aws:organizations::111111111111:organization/o-a1b2c3d4e5',
  accountId: '111111111111',
  region: 'global',
};
const organizationTrail = trail('org-trail', '111111111111', 'eu-central-1');
const legacyTrail = trail('legacy', '444444444444', 'us-east-1');
const logBucket = aBucketTarget('acme-cloudtrail-logs', '333333333333');
const key: Target = {
  type: 'kms-key',
  id: 'arn:aws:kms:eu-central-1:333333333333:key/5f0e8a54-8f0c-4bb2-9e0f-9a6c2f6b7d10',
  arn: 'arn:aws:kms:eu-central-1:333333333333:key/5f0e8a54-8f0c-4bb2-9e0f-9a6c2f6b7d10',
  accountId: '333333333333',
  region: 'eu-central-1',
};
const logGroup: Target = {
  type: 'log-group',
  id: 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/cloudtrail/organization',
  arn: 'arn:aws:logs:eu-central-1:111111111111:log-group:/aws/cloudtrail/organization',
  name: '/aws/cloudtrail/organization',
  accountId: '111111111111',
  region: 'eu-central-1',
};

const policies: readonly PolicySummary[] = [
  aPolicy({
    id: 'organization-trail-covers-every-account',
    title: 'An organization trail covers every account',
    severity: 'critical',
    target: 'organization',
    controls: [{ framework: 'cis-3.0', id: '3.1' }],
  }),
  aPolicy({
    id: 'account-records-management-events',
    title: 'Every account records management events',
    severity: 'high',
    target: 'account',
    controls: [
      { framework: 'cis-3.0', id: '3.1' },
      { framework: 'nist-800-53-r5', id: 'AU-12' },
      { framework: 'nist-800-53-r5', id: 'AU-2' },
      { framework: 'pci-dss-4.0', id: '10.2.1' },
    ],
    description: 'Read and write management events of every enabled Region are recorded, and no event source is excluded.',
    rationale: 'What is not recorded cannot be investigated.',
    remediation: {
      text: 'Record all management events in the organization trail, and exclude no event source.',
      cli: "aws cloudtrail put-event-selectors --trail-name org-trail \\\n  --advanced-event-selectors '[{\"FieldSelectors\":[{\"Field\":\"eventCategory\",\"Equals\":[\"Management\"]}]}]'",
      terraform: 'resource "aws_cloudtrail" "org" {\n  include_global_service_events = true\n}',
    },
    params: { allowedExclusions: [] },
  }),
  aPolicy({ id: 'trail-is-logging', title: 'The trail is logging', controls: [{ framework: 'cis-3.0', id: '3.1' }] }),
  aPolicy({
    id: 'trail-validates-log-files',
    title: 'The trail validates its log files',
    severity: 'medium',
    controls: [{ framework: 'cis-3.0', id: '3.2' }],
    rationale: 'A changed or deleted log would go unnoticed.',
    remediation: {
      text: 'Turn on log file validation.',
      console: 'CloudTrail, Trails, the trail, Edit, Additional settings: Log file validation.',
      cli: 'aws cloudtrail update-trail --name TRAIL --enable-log-file-validation',
      cloudformation: 'EnableLogFileValidation: true',
    },
  }),
  aPolicy({
    id: 'log-bucket-is-not-public',
    title: 'The log bucket is not public',
    severity: 'critical',
    target: 'log-bucket',
    controls: [{ framework: 'cis-3.0', id: '3.3' }],
    rationale: 'Logs tell an attacker what is where, and who watches.',
    remediation: { text: 'Turn on Block Public Access for the bucket.' },
  }),
  aPolicy({ id: 'log-bucket-is-versioned', title: 'The log bucket is versioned', severity: 'medium', target: 'log-bucket' }),
  aPolicy({ id: 'kms-key-rotates', title: 'The KMS key rotates', severity: 'low', target: 'kms-key' }),
  aPolicy({
    id: 'acme-log-group-keeps-a-year',
    title: 'The log group keeps events for a year',
    severity: 'low',
    target: 'log-group',
    remediation: { text: 'Set the retention of the log group to 365 days or more.' },
    source: './compliance/acme log groups/policy.yaml',
    line: 3,
  }),
  aPolicy({ id: 'recorder-records-trails', title: 'AWS Config records trails', severity: 'informational', target: 'config-recorder' }),
];

const management = anAccountTarget('111111111111', 'management');
const managementCause = fingerprintOf('account-records-management-events', management);
const rotationGap = aGap({ accountId: '333333333333' });
const trailGap = aGap({ call: 'cloudtrail:GetTrailStatus', accountId: '666666666666', reason: 'throttled', message: 'Rate exceeded' });

/** Six accounts with the usual mistakes, and one that could not be read. */
export function organizationWithFindings(): Results {
  return aResults({
    accounts: {
      evaluated: accounts.length,
      outOfScope: [
        { id: '777777777777', name: 'old-lab', reason: 'SUSPENDED' },
        { id: '888888888888', name: 'partner', reason: 'excluded by --exclude-account' },
      ],
      unreadable: [
        { id: '999999999999', name: 'acquired', reason: 'AssumeRole was denied: the role TrailproofAudit does not exist or does not trust the caller' },
      ],
    },
    byOperation: {
      'sts:AssumeRole': 6,
      'organizations:ListAccounts': 1,
      'cloudtrail:ListTrails': 6,
      'cloudtrail:DescribeTrails': 2,
      'cloudtrail:GetTrailStatus': 8,
      's3:GetBucketPolicy': 1,
      'kms:GetKeyRotationStatus': 1,
    },
    denied: 2,
    policies,
    evaluations: [
      anEvaluation({
        policyId: 'organization-trail-covers-every-account',
        severity: 'critical',
        outcome: 'INSUFFICIENT_DATA',
        target: organization,
        message: 'Account 999999999999 could not be read, so it is not known whether the organization trail covers it.',
      }),
      ...accounts.map(([id, name]) => coverage(id, name)),
      anEvaluation({ target: organizationTrail, message: 'The trail is logging.', evidence: [anEvidence().id] }),
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target: legacyTrail,
        message: `Trail ${legacyTrail.id} does not log. Nothing that happens in us-east-1 is recorded by it. Start logging, or delete the trail.`,
        reasons: [
          reason('logging', 'trail.isLogging', false),
          reason('logging', 'trail.stoppedAt', '2026-03-01T10:00:00.000Z'),
        ],
      }),
      validation(organizationTrail, 'NON_COMPLIANT'),
      validation(legacyTrail, 'COMPLIANT'),
      anEvaluation({
        policyId: 'log-bucket-is-not-public',
        severity: 'critical',
        outcome: 'NON_COMPLIANT',
        target: logBucket,
        message: 'Bucket acme-cloudtrail-logs is public through its ACL. Anyone can read the logs of every account. Turn on Block Public Access.',
        reasons: [reason('not-public', 'bucket.publicAccess', 'acl')],
      }),
      anEvaluation({
        policyId: 'log-bucket-is-versioned',
        severity: 'medium',
        outcome: 'NON_COMPLIANT',
        target: logBucket,
        message: 'Bucket acme-cloudtrail-logs in account 333333333333 is not versioned.',
        waiver: { id: 'W-2026-014', reason: 'Object Lock is on its way.', owner: 'cloud-security', expires: '2027-03-31' },
      }),
      anEvaluation({
        policyId: 'kms-key-rotates',
        severity: 'low',
        outcome: 'INSUFFICIENT_DATA',
        target: key,
        message: 'It is not known whether the key rotates.',
        gaps: [rotationGap.id],
      }),
      anEvaluation({
        policyId: 'acme-log-group-keeps-a-year',
        severity: 'low',
        outcome: 'NON_COMPLIANT',
        target: logGroup,
        message: 'It keeps events for 30 days It is not encrypted',
        reasons: [
          { ...reason('a-year', 'logGroup.retentionDays', 30), message: 'It keeps events for 30 days' },
          { ...reason('encrypted', 'logGroup.isEncrypted', false), waiver: 'W-2026-020' },
        ],
      }),
    ],
    evidence: [anEvidence(), anEvidence({ call: 's3:GetBucketAcl', accountId: '333333333333', requestId: 'AWF6B32' })],
    gaps: [rotationGap, trailGap, aGap({ accountId: '333333333333', region: 'us-east-1' })],
    waivers: [
      aWaiverState({ ticket: 'SEC-4711', compensatingControl: 'Only CloudTrail may write to the bucket.' }),
      aWaiverState({
        id: 'W-2025-003',
        state: 'expired',
        expires: '2026-11-20',
        line: 14,
        remarks: [
          {
            severity: 'warning',
            code: 'waiver-expired',
            message: 'waiver W-2025-003 ended on 2026-11-20: 1 evaluation that it accepted counts again',
            help: 'fix what fails',
            line: 23,
          },
        ],
      }),
      aWaiverState({
        id: 'W-2026-020',
        policies: ['acme-log-group-keeps-a-year'],
        assert: ['encrypted'],
        line: 25,
        remarks: [
          { severity: 'notice', code: 'waiver-ends-soon', message: 'waiver W-2026-020 ends in 3 days', line: 34 },
        ],
      }),
    ],
  });
}

/** Everything holds. */
export function organizationWithoutFindings(): Results {
  return aResults({
    accounts: { evaluated: 2 },
    byOperation: { 'cloudtrail:ListTrails': 2, 'sts:AssumeRole': 1 },
    policies: [policies[2], policies[3]].filter((it) => it !== undefined),
    evaluations: [anEvaluation({ target: organizationTrail }), validation(organizationTrail, 'COMPLIANT')],
  });
}

/** No account could be read. */
export function nothingReadable(): Results {
  return aResults({
    organization: null,
    accounts: { evaluated: 0, unreadable: [{ id: '111111111111', name: 'only', reason: 'ListTrails was denied' }] },
    byOperation: { 'cloudtrail:ListTrails': 1 },
    denied: 1,
    evaluations: [
      anEvaluation({
        policyId: 'account-records-management-events',
        outcome: 'INSUFFICIENT_DATA',
        target: anAccountTarget('111111111111', 'only'),
        message: 'The account could not be read.',
      }),
    ],
  });
}

/** What an attacker may have called things. */
export const hostileTexts: readonly string[] = [
  '](http://evil.example)',
  '[click](http://evil.example)',
  '![x](https://evil.example/x.png)',
  '::error::gotcha',
  '\n::warning file=a.js::gotcha',
  '##[error]gotcha',
  "=cmd|'/c calc'!A1",
  '+1+1',
  '-1',
  '@octocat',
  'someone@evil.example',
  'www.evil.example',
  '<img src=x onerror=alert(1)>',
  '<!-- comment',
  '<https://evil.example>',
  '&lt;script&gt;&#64;',
  'a|b\\|c',
  '`code` ``` fence',
  '# heading\n## heading',
  '*bold* _it_ ~~gone~~ $math$ #12',
  '\u001b[31mred\u001b[0m\u001b]8;;http://evil.example\u0007link\u001b]8;;\u0007',
  '\u009b31mC1',
  'right-to-left \u202egnp.exe\u202c \u2066isolate\u2069',
  'zero\u200bwidth\u00adsoft\ufefffeff \u{e0041}tag',
  'line\u2028separator\rreturn\ttab\u0000nul',
  'half \ud800 pair',
  '../../etc/passwd',
  '..',
  '/',
  '    indented',
  '1. list',
  '__proto__',
  'constructor',
  '{0} {{1}} ${env:HOME} %n',
  'x'.repeat(1_000),
  '漢字とかな 🔒',
  '',
];

/** Every text that comes from AWS or from a policy is hostile. */
export function hostileOrganization(texts: readonly string[] = hostileTexts): Results {
  const targets = texts.map((text, index) => {
    const accountId = `${900_000_000_000 + index}`;
    return { accountId, text, trail: trail(text, accountId, 'eu-central-1'), account: anAccountTarget(accountId, text) };
  });
  const gaps = targets.map(({ accountId, text }) =>
    aGap({ accountId, call: `s3:Get${text}`, region: text, resource: text, message: text, reason: 'error' }),
  );
  const [anyText = ''] = texts;
  return aResults({
    run: { source: texts.join(' '), caller: `arn:aws:sts::111111111111:assumed-role/Audit/${anyText}` },
    accounts: {
      evaluated: texts.length,
      outOfScope: targets.map(({ accountId, text }) => ({ id: accountId, name: text, reason: text })),
      unreadable: targets.map(({ accountId, text }) => ({ id: accountId, name: text, reason: text })),
    },
    byOperation: Object.fromEntries(texts.map((text) => [`s3:${text}`, 1])),
    policies: [
      aPolicy({
        title: texts.join(' '),
        description: texts.join(' '),
        rationale: texts.join('\n'),
        remediation: {
          text: '](http://evil.example) <img src=x onerror=alert(1)> ::error::gotcha @octocat',
          console: texts.join('\n'),
          cli: texts.join('\n'),
          terraform: texts.join('\n'),
          cloudformation: texts.join('\n'),
        },
        controls: texts.map((text) => ({ framework: text, id: text })),
        params: { ['__proto__']: 1, constructor: 2 },
        source: 'policies/[a](http://evil.example) \u202e/policy.yaml',
        line: 7,
      }),
      aPolicy({ id: 'log-bucket-is-not-public', target: 'log-bucket' }),
    ],
    evaluations: targets.flatMap(({ text, trail: target, account, accountId }) => [
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target,
        message: text,
        reasons: [reason(text, text, text)],
        evidence: [text],
      }),
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target: account,
        message: text,
        causedBy: fingerprintOf('trail-is-logging', trail(anyText, '900000000000', 'eu-central-1')),
      }),
      anEvaluation({
        policyId: 'log-bucket-is-not-public',
        outcome: 'INSUFFICIENT_DATA',
        target: { ...aBucketTarget(text, accountId), region: text },
        message: text,
        gaps: gaps.filter((it) => it.accountId === accountId).map(({ id }) => id),
      }),
      anEvaluation({
        outcome: 'NON_COMPLIANT',
        target: { ...aBucketTarget(text, accountId), region: text },
        message: text,
        waiver: { id: `W ${text}`, reason: text, owner: text, approvedBy: text, expires: text, ticket: text },
      }),
    ]),
    gaps,
    waivers: texts.map((text) =>
      aWaiverState({
        id: `W ${text}`,
        reason: text,
        owner: text,
        approvedBy: text,
        expires: text,
        ticket: text,
        compensatingControl: text,
        file: text,
        remarks: [{ severity: 'warning', code: 'waiver-unused', message: text, help: text, line: 1 }],
      }),
    ),
  });
}

function trail(name: string, accountId: string, region: string): Target {
  const arn = `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
  return aTarget({ id: arn, arn, name, accountId, region });
}

function coverage(id: string, name: string): Evaluation {
  return anEvaluation({
    policyId: 'account-records-management-events',
    outcome: 'NON_COMPLIANT',
    target: anAccountTarget(id, name),
    message: `Account ${id} (${name}) does not record the events of kms.amazonaws.com: organization trail org-trail excludes them. The use of keys would go unnoticed. Exclude no event source.`,
    reasons: [reason('all-events', 'account.coverage.management.read', 'partial')],
    ...(id === management.id ? {} : { causedBy: managementCause }),
  });
}

function validation(target: Target, outcome: 'COMPLIANT' | 'NON_COMPLIANT'): Evaluation {
  const isOn = outcome === 'COMPLIANT';
  return anEvaluation({
    policyId: 'trail-validates-log-files',
    severity: 'medium',
    outcome,
    target,
    message: isOn
      ? 'Log files are validated.'
      : `Trail ${target.id} does not validate its log files. A changed or deleted log would go unnoticed. Turn on log file validation.`,
    reasons: isOn ? [] : [reason('validation', 'trail.validatesLogFiles', false)],
  });
}

function reason(assert: string, expr: string, value: string | number | boolean): Reason {
  return { assert, message: 'It does not hold.', because: [{ expr, value }] };
}
