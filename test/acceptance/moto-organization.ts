import { CreateAccountCommand, CreateOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { required } from '../../src/normalize/malformed-answer.js';
import { buildBucket, buildKey, buildLogGroup, buildTrail, type Entrance } from './build-account.js';
import { memberPlans, type MemberName, type MemberPlan } from './member-plans.js';
import { documentationCredentials } from './moto.js';

/** moto's default account: the one of every access key that it has not issued. */
const managementAccountId = '123456789012';

export interface BuiltOrganization {
  readonly managementAccountId: string;
  readonly logArchiveAccountId: string;
  readonly organizationTrailArn: string;
  readonly archiveBucket: string;
  readonly archiveKeyArn: string;
  /** The members with their one defect each, by name. */
  readonly members: Readonly<Record<MemberName, BuiltMember>>;
}

export interface BuiltMember {
  readonly accountId: string;
  readonly defect: string;
  readonly trailArn: string;
  readonly bucket: string;
  readonly keyArn: string;
}

const region = 'us-east-1';

/** Builds the organization in an empty moto, through the real SDK. */
export async function buildOrganization(endpoint: string): Promise<BuiltOrganization> {
  const management: Entrance = {
    accountId: managementAccountId,
    endpoint,
    region,
    credentials: documentationCredentials,
  };
  const organizations = new OrganizationsClient(management);
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: 'ALL' }));
  const logArchive = await createAccount(management, organizations, 'log-archive');
  const organizationTrail = await buildOrganizationTrail(management, logArchive);
  const members: [MemberName, BuiltMember][] = [];
  for (const plan of memberPlans) {
    members.push([plan.name, await buildMember(await createAccount(management, organizations, plan.name), plan)]);
  }
  return {
    managementAccountId,
    logArchiveAccountId: logArchive.accountId,
    ...organizationTrail,
    // Each plan has its member, by the loop above.
    members: Object.fromEntries(members) as Record<MemberName, BuiltMember>,
  };
}

export async function createAccount(
  management: Entrance,
  organizations: OrganizationsClient,
  name: string,
): Promise<Entrance> {
  const Email = `${name}@example.com`;
  const { CreateAccountStatus } = await organizations.send(new CreateAccountCommand({ AccountName: name, Email }));
  const accountId = required(CreateAccountStatus?.AccountId, 'CreateAccountStatus.AccountId');
  const RoleArn = `arn:aws:iam::${accountId}:role/OrganizationAccountAccessRole`;
  const { Credentials } = await new STSClient(management).send(
    new AssumeRoleCommand({ RoleArn, RoleSessionName: 'build' }),
  );
  return {
    ...management,
    accountId,
    credentials: {
      accessKeyId: required(Credentials?.AccessKeyId, 'AccessKeyId'),
      secretAccessKey: required(Credentials?.SecretAccessKey, 'SecretAccessKey'),
      sessionToken: required(Credentials?.SessionToken, 'SessionToken'),
    },
  };
}

/** As it should be: the trail in the management account, bucket and key in the log archive account. */
async function buildOrganizationTrail(management: Entrance, logArchive: Entrance) {
  const archiveBucket = `organization-logs-${logArchive.accountId}`;
  const archiveKeyArn = await buildKey(logArchive);
  const logGroupArn = await buildLogGroup(management, 'organization-trail');
  const name = 'organization';
  await buildTrail(management, {
    name,
    bucket: archiveBucket,
    keyArn: archiveKeyArn,
    logGroupArn,
    isOrganizationTrail: true,
  });
  await buildBucket(logArchive, archiveBucket);
  return { archiveBucket, archiveKeyArn, organizationTrailArn: trailArn(managementAccountId, name) };
}

async function buildMember(member: Entrance, plan: MemberPlan): Promise<BuiltMember> {
  const { accountId } = member;
  const name = `own-${plan.name}`;
  const bucket = `logs-${plan.name}-${accountId}`;
  const keyArn = await buildKey(member, plan.key);
  const logGroupArn = await buildLogGroup(member, name);
  await buildTrail(member, { name, bucket, keyArn, logGroupArn }, plan.trail);
  await buildBucket(member, bucket, plan.bucket);
  return { accountId, defect: plan.defect, trailArn: trailArn(accountId, name), bucket, keyArn };
}

function trailArn(accountId: string, name: string): string {
  return `arn:aws:cloudtrail:${region}:${accountId}:trail/${name}`;
}
