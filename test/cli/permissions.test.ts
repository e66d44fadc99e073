import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { aFolder, runCli, type Ran } from './run-cli.js';

interface Statement {
  readonly Sid: string;
  readonly Action: readonly string[];
  readonly Principal?: unknown;
  readonly Condition?: unknown;
}

const permissions = async (args: readonly string[], cwd = aFolder()): Promise<Ran> =>
  await runCli(['permissions', ...args], { cwd });

async function statements(...args: string[]): Promise<readonly Statement[]> {
  const { status, stdout, stderr } = await permissions(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  // AWS's own shape of a policy.
  return (JSON.parse(stdout) as { Statement: Statement[] }).Statement;
}

const callerRole = 'arn:aws:iam::111122223333:role/ci/trailproof';

describe('the least that policies need', () => {
  test('a pack asks for less than every call', async () => {
    const [all] = await statements();
    const [baseline] = await statements('--pack', 'baseline');
    expect(all?.Action).toEqual(expect.arrayContaining([...(baseline?.Action ?? [])]));
    expect(all?.Action).toContain('cloudtrail:GetInsightSelectors');
    expect(baseline?.Action).not.toContain('cloudtrail:GetInsightSelectors');
    expect(baseline?.Action).toContain('cloudtrail:GetTrailStatus');
  });

  test("one's own policy adds what its message reads", async () => {
    const folder = aFolder();
    const own = join(folder, 'own', 'bucket-is-copied');
    mkdirSync(own, { recursive: true });
    writeFileSync(
      join(own, 'policy.yaml'),
      [
        'version: 1',
        'id: bucket-is-copied',
        'title: The bucket is copied',
        'description: Logs are kept twice.',
        'rationale: One copy may be lost.',
        'severity: low',
        'target: log-bucket',
        'remediation: { text: Replicate the bucket. }',
        'assert:',
        '  - id: copied',
        "    expr: bucket.versioning == 'Enabled'",
        '    message: The copies are ${bucket.replication.map(r, r.destinationBucketArn)}.',
      ].join('\n'),
    );
    const { status, stdout, stderr } = await permissions(['--policies', 'own'], folder);
    expect(stderr).not.toContain('error');
    expect(status).toBe(0);
    expect(stdout).toContain('s3:GetReplicationConfiguration');
  });

  test('the caller lists the OUs only where a policy or --ou asks for them', async () => {
    const organization = (all: readonly Statement[]) => all.find(({ Sid }) => Sid === 'TrailproofOrganization')?.Action;
    expect(organization(await statements('--caller', '--pack', 'core'))).not.toContain('organizations:ListRoots');
    expect(organization(await statements('--caller', '--pack', 'core', '--ou'))).toContain('organizations:ListRoots');
  });

  test('a policy with an error gives no permissions', async () => {
    const folder = aFolder();
    mkdirSync(join(folder, 'own'));
    writeFileSync(join(folder, 'own', 'policy.yaml'), 'version: 1\nid: broken\n');
    const { status, stdout } = await permissions(['--policies', 'own'], folder);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  });
});

describe('trust', () => {
  test('names the account, and by conditions the role, the organization and the external id', async () => {
    const flags = ['--caller-role', callerRole, '--organization', 'o-a1b2c3d4e5', '--external-id', 'x-42'];
    expect(await statements('--trust', ...flags)).toEqual([
      {
        Sid: 'TrailproofCaller',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
        Condition: {
          StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5', 'sts:ExternalId': 'x-42' },
          ArnEquals: { 'aws:PrincipalArn': callerRole },
        },
      },
    ]);
  });

  test('without conditions there is no empty one', async () => {
    const [statement] = await statements('--trust', '--caller-account', '111122223333', '--partition', 'aws-cn');
    expect(statement?.Principal).toEqual({ AWS: 'arn:aws-cn:iam::111122223333:root' });
    expect(statement).not.toHaveProperty('Condition');
  });
});

describe('templates', () => {
  test('the StackSet asks for what the flags do not say, and makes the role under its path', async () => {
    const { stdout } = await permissions(['--format', 'cloudformation', '--role-name', 'audit/Reader']);
    const { Parameters, Resources } = parse(stdout) as {
      Parameters: Record<string, Record<string, string>>;
      Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
    };
    expect(Parameters['CallerAccount']).not.toHaveProperty('Default');
    expect(Parameters['Organization']).toMatchObject({ Default: '' });
    expect(Object.values(Resources).map(({ Type }) => Type)).toEqual(['AWS::IAM::Role']);
    expect(Resources['Role']?.Properties).toMatchObject({ RoleName: 'Reader', Path: '/audit/' });
  });

  test('the stack of the management account holds the StackSet with the same role and parameters', async () => {
    const flags = ['--format', 'cloudformation', '--caller-role', callerRole, '--pack', 'baseline'];
    const members = parse((await permissions(flags)).stdout) as { Resources: object; Parameters: object };
    const { Resources } = parse((await permissions([...flags, '--management'])).stdout) as {
      Resources: {
        Role: object;
        Members: { Properties: { TemplateBody: string; Parameters: { ParameterKey: string }[] } };
      };
    };
    const body = JSON.parse(Resources.Members.Properties.TemplateBody) as typeof members;
    expect(body.Resources).toEqual(members.Resources);
    expect(body.Parameters).toEqual(members.Parameters);
    expect(Resources.Role).toEqual((members.Resources as { Role: object }).Role);
    const passed = Resources.Members.Properties.Parameters.map(({ ParameterKey }) => ParameterKey);
    expect(passed).toEqual(Object.keys(members.Parameters));
  });

  test('Terraform has the same actions, and its defaults from the flags', async () => {
    const { stdout } = await permissions(['--format', 'terraform', '--caller-account', '012345678901']);
    const [all] = await statements();
    for (const action of all?.Action ?? []) expect(stdout).toContain(`"${action}"`);
    expect(stdout).toContain('default     = "012345678901"');
  });
});

test.each([
  ['--caller-account', '12345', 'is not an account id'],
  ['--caller-role', 'arn:aws:sts::111122223333:assumed-role/a/b', 'is not the ARN of a role'],
  ['--caller-role', 'arn:aws:iam::111122223333:role/*', 'is not the ARN of a role'],
  ['--organization', 'example', 'is not the id of an organization'],
  ['--external-id', '"}', 'is not a valid external ID'],
  ['--role-name', 'a"b', 'is not a role name'],
  ['--format', 'pulumi', "There is no format 'pulumi' for permissions"],
  ['--partition', 'moon', 'is not a partition of AWS'],
])('%s %s is refused', async (flag, value, message) => {
  const { status, stdout, stderr } = await permissions([flag, value]);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain(message);
});

test.each([
  [['--trust'], 'who may assume the role'],
  [['--trust', '--caller'], '--trust prints the trust policy'],
  [['--management'], '--management prints a CloudFormation stack'],
  [['--ou'], '--ou adds to'],
  [['--caller-role', callerRole, '--caller-account', '999988887777'], 'is in account 111122223333'],
])('%j contradicts itself', async (args, message) => {
  const { status, stderr } = await permissions(args);
  expect(status).toBe(2);
  expect(stderr).toContain(message);
});

describe('the role that reads Event history', () => {
  test('asking Athena is a set of its own, narrowed to buckets', async () => {
    const its = await statements('--athena', '--source', 's3://logs/trail', '--athena-results', 's3://results/a');
    expect(its.flatMap((it) => it.Action).filter((it) => /Start|Stop|Put/.test(it))).toEqual([
      'athena:StartQueryExecution',
      'athena:StopQueryExecution',
      's3:PutObject',
    ]);
    expect(JSON.stringify(its)).toContain('"arn:aws:s3:::results/a/*"');
    const { status, stderr } = await permissions(['--athena', '--caller']);
    expect(status).toBe(2);
    expect(stderr).toContain('--athena is a set of its own');
  });

  test('looks events up in the Regions of an account, and is entered by its caller', async () => {
    expect((await statements('--event-history')).flatMap((it) => it.Action)).toEqual([
      'account:ListRegions',
      'cloudtrail:LookupEvents',
    ]);
    const all = await statements('--event-history', '--caller');
    expect(all.at(-1)).toMatchObject({ Resource: 'arn:aws:iam::*:role/TrailproofEventHistory' });
    const { stdout } = await permissions(['--event-history', '--format', 'terraform']);
    expect(stdout).toContain('"TrailproofEventHistory"');
  });

  test('asks no policies', async () => {
    const { status, stderr } = await permissions(['--event-history', '--pack', 'core']);
    expect(status).toBe(2);
    expect(stderr).toContain('--event-history is a role of its own');
  });
});

describe('the role that reads log files', () => {
  test('reads objects of one bucket and decrypts them, and nothing of the account', async () => {
    const all = await statements('--verify-logs', '--source', 's3://organization-logs/trails');
    expect(all.flatMap((it) => it.Action)).toEqual([
      's3:ListBucket',
      's3:GetObject',
      'kms:Decrypt',
      'cloudtrail:ListPublicKeys',
    ]);
    expect(all).toContainEqual(expect.objectContaining({ Resource: 'arn:aws:s3:::organization-logs/trails/*' }));
    expect((await statements('--verify-logs'))[0]).toMatchObject({ Resource: 'arn:aws:s3:::*' });
  });

  test('has a name of its own in templates, and its condition', async () => {
    const { stdout } = await permissions(['--verify-logs', '--format', 'cloudformation', '--management']);
    expect(stdout).toContain("RoleName: 'TrailproofVerifyLogs'");
    expect(stdout).toContain("'s3.*'");
    const { stdout: module } = await permissions(['--verify-logs', '--format', 'terraform']);
    expect(module).toContain('variable = "kms:ViaService"');
    expect(module).toContain('"TrailproofVerifyLogs"');
  });

  test('is entered by its caller', async () => {
    const all = await statements('--verify-logs', '--caller');
    expect(all.at(-1)).toMatchObject({ Resource: 'arn:aws:iam::*:role/TrailproofVerifyLogs' });
  });

  test('asks no policies', async () => {
    const { status, stderr } = await permissions(['--verify-logs', '--pack', 'core']);
    expect(status).toBe(2);
    expect(stderr).toContain('--verify-logs is a role of its own');
  });
});
