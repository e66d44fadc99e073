import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
  paginateListTrails,
  type CloudTrailClient,
} from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from 'vitest';
import { anAccount, anOrganization, aStatus, aTrail, aWorld, type FakeAwsOptions } from './index.js';
import { fakeAwsFor, sdkClients } from './sdk-clients.js';

const owner = '111122223333';
const administrator = '222222222222';
const member = '333333333333';
const newcomer = '444444444444';
const outsider = '999999999999';

const organizationTrail = aTrail({
  Name: 'organization',
  IsOrganizationTrail: true,
  advancedEventSelectors: [{ Name: 'all', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] }],
  insightSelectors: [{ InsightType: 'ApiCallRateInsight', EventCategories: ['Management'] }],
  inMembers: {
    [member]: aStatus({ LatestDeliveryError: 'AccessDenied' }),
    [newcomer]: 'not-there',
  },
});
const optInTrail = aTrail({ Name: 'milan', HomeRegion: 'eu-south-1', IsOrganizationTrail: true });
const multiRegion = aTrail({ accountId: member, Name: 'own-multi', HomeRegion: 'eu-west-1' });
const singleRegion = aTrail({
  accountId: member,
  Name: 'own-single',
  HomeRegion: 'eu-central-1',
  IsMultiRegionTrail: false,
  status: aStatus({ IsLogging: false, StopLoggingTime: new Date('2026-11-01T00:00:00.250Z') }),
});

const world = aWorld({
  organization: anOrganization({
    delegatedAdministrators: [{ accountId: administrator, service: 'cloudtrail.amazonaws.com' }],
  }),
  accounts: [
    anAccount({ id: owner, optInRegions: { 'eu-south-1': 'ENABLED' } }),
    anAccount({ id: administrator, optInRegions: { 'eu-south-1': 'ENABLED' } }),
    anAccount({ id: member }),
    anAccount({ id: newcomer }),
    anAccount({ id: outsider, parent: null }),
  ],
  trails: [organizationTrail, optInTrail, multiRegion, singleRegion],
});

async function client(accountId: string, region = 'us-east-1', options?: FakeAwsOptions): Promise<CloudTrailClient> {
  return sdkClients(await fakeAwsFor(world, options), { accountId, region }).cloudtrail;
}

async function described(accountId: string, region: string, input = {}): Promise<(string | undefined)[]> {
  const { trailList } = await (await client(accountId, region)).send(new DescribeTrailsCommand(input));
  return (trailList ?? []).map((it) => it.Name);
}

describe('ListTrails', () => {
  test.each([
    ['the owner', owner, ['organization', 'milan']],
    ['a delegated administrator', administrator, ['organization', 'milan']],
    ['a member, which has not enabled every home Region', member, ['own-multi', 'own-single', 'organization']],
    ['a member that the trail has not reached', newcomer, []],
    ['an account outside of the organization', outsider, []],
  ])('names the trails of all Regions to %s', async (_, accountId, names) => {
    const cloudtrail = await client(accountId, 'ap-south-1');
    const { Trails } = await cloudtrail.send(new ListTrailsCommand({}));
    expect(Trails?.map((it) => it.Name)).toEqual(names);
  });

  test('may keep organization trails from members', async () => {
    const cloudtrail = await client(member, 'us-east-1', { listTrailsInMembers: 'own-trails' });
    const { Trails } = await cloudtrail.send(new ListTrailsCommand({}));
    expect(Trails).toEqual([
      { TrailARN: multiRegion.arn, Name: 'own-multi', HomeRegion: 'eu-west-1' },
      { TrailARN: singleRegion.arn, Name: 'own-single', HomeRegion: 'eu-central-1' },
    ]);
  });

  test('answers in pages', async () => {
    const cloudtrail = await client(member, 'us-east-1', { pageSizes: { 'cloudtrail:ListTrails': 2 } });
    const pages = [];
    for await (const page of paginateListTrails({ client: cloudtrail }, {})) pages.push(page.Trails?.length);
    expect(pages).toEqual([2, 1]);
    await expect(cloudtrail.send(new ListTrailsCommand({ NextToken: 'made up' }))).rejects.toMatchObject({
      name: 'InvalidNextTokenException',
    });
  });
});

describe('DescribeTrails', () => {
  test('gives all that CreateTrail was told', async () => {
    const trail = aTrail({
      Name: 'full',
      S3KeyPrefix: 'prefix',
      SnsTopicName: 'arn:aws:sns:us-east-1:111122223333:topic',
      SnsTopicARN: 'arn:aws:sns:us-east-1:111122223333:topic',
      CloudWatchLogsLogGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:trail:*',
      CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/trail',
      KmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
      RecursiveLogging: true,
    });
    const aws = await fakeAwsFor(aWorld({ trails: [trail] }));
    const { trailList } = await sdkClients(aws).cloudtrail.send(new DescribeTrailsCommand({}));
    expect(trailList).toEqual([trail.description]);
    expect(Object.keys(trail.description)).toHaveLength(17);
  });

  test.each([
    ['the home Region of a single-Region trail', member, 'eu-central-1', ['own-multi', 'own-single', 'organization']],
    ['another Region', member, 'us-east-1', ['own-multi', 'organization']],
    ['an opt-in Region that is on', owner, 'eu-south-1', ['organization', 'milan']],
    ['a delegated administrator', administrator, 'us-west-2', ['organization', 'milan']],
  ])('shows shadow trails in %s', async (_, accountId, region, names) => {
    expect(await described(accountId, region)).toEqual(names);
  });

  test('leaves shadow trails out when told to', async () => {
    const input = { includeShadowTrails: false };
    expect(await described(member, 'eu-west-1', input)).toEqual(['own-multi']);
    expect(await described(member, 'us-east-1', input)).toEqual([]);
    expect(await described(owner, 'us-east-1', input)).toEqual(['organization']);
  });

  test('finds by name only at home, by ARN wherever the trail is seen, and says nothing of the rest', async () => {
    const byName = { trailNameList: ['own-multi', 'organization', 'nowhere'] };
    expect(await described(member, 'eu-west-1', byName)).toEqual(['own-multi']);
    expect(await described(member, 'us-east-1', byName)).toEqual([]);
    const byArn = { trailNameList: [multiRegion.arn, organizationTrail.arn, singleRegion.arn] };
    expect(await described(member, 'us-east-1', byArn)).toEqual(['own-multi', 'organization']);
    expect(await described(outsider, 'us-east-1', byArn)).toEqual([]);
  });

  test('refuses what only begins like an ARN', async () => {
    const cloudtrail = await client(member);
    const command = new DescribeTrailsCommand({ trailNameList: ['arn:aws:s3:::bucket'] });
    await expect(cloudtrail.send(command)).rejects.toMatchObject({ name: 'CloudTrailARNInvalidException' });
  });
});

describe('GetTrailStatus', () => {
  test('gives dates to the millisecond, and what is not set not at all', async () => {
    const cloudtrail = await client(member, 'eu-central-1');
    const status = await cloudtrail.send(new GetTrailStatusCommand({ Name: 'own-single' }));
    expect(status).toMatchObject({ IsLogging: false, StopLoggingTime: new Date('2026-11-01T00:00:00.250Z') });
    expect(status.LatestDeliveryTime).toEqual(singleRegion.status.LatestDeliveryTime);
    expect('LatestDeliveryError' in status).toBe(false);
    expect(status.LatestNotificationAttemptTime).toBe('');
  });

  test('shows an organization trail to each account as it is there', async () => {
    const command = new GetTrailStatusCommand({ Name: organizationTrail.arn });
    const errors = [];
    for (const accountId of [owner, administrator, member]) {
      const status = await (await client(accountId, 'eu-west-3')).send(command);
      errors.push(status.LatestDeliveryError);
    }
    expect(errors).toEqual([undefined, undefined, 'AccessDenied']);
  });

  test.each([
    ['by name from another Region', member, 'us-east-1', 'own-multi'],
    ['by ARN where a single-Region trail is not', member, 'us-east-1', singleRegion.arn],
    ['an organization trail by name from a member', member, 'us-east-1', 'organization'],
    ['an organization trail that has not arrived', newcomer, 'us-east-1', organizationTrail.arn],
    ['an organization trail whose home Region is off', member, 'us-east-1', optInTrail.arn],
    ['an organization trail from outside', outsider, 'us-east-1', organizationTrail.arn],
    ["another account's trail", owner, 'eu-west-1', multiRegion.arn],
  ])('does not know %s', async (_, accountId, region, Name) => {
    await expect((await client(accountId, region)).send(new GetTrailStatusCommand({ Name }))).rejects.toMatchObject({
      name: 'TrailNotFoundException',
      message: `Unknown trail: ${Name} for the user: ${accountId}`,
      $metadata: { httpStatusCode: 400 },
    });
  });

  test.each([
    ['arn:aws:cloudtrail:us-east-1:trail/x', 'CloudTrailARNInvalidException'],
    ['arn:aws:cloudtrail:us-east-1:111122223333:channel/x', 'CloudTrailARNInvalidException'],
    ['x', 'InvalidTrailNameException'],
  ])('refuses %s with %s', async (Name, name) => {
    await expect((await client(member)).send(new GetTrailStatusCommand({ Name }))).rejects.toMatchObject({ name });
  });
});

describe('selectors', () => {
  test('are those of the trail, basic or advanced', async () => {
    const basic = await (
      await client(member, 'eu-west-1')
    ).send(new GetEventSelectorsCommand({ TrailName: 'own-multi' }));
    expect(basic).toMatchObject({
      TrailARN: multiRegion.arn,
      EventSelectors: [
        { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
      ],
    });
    expect('AdvancedEventSelectors' in basic).toBe(false);
    const advanced = await (await client(owner)).send(new GetEventSelectorsCommand({ TrailName: 'organization' }));
    expect(advanced.AdvancedEventSelectors).toEqual(organizationTrail.selectors.selectors);
    expect('EventSelectors' in advanced).toBe(false);
  });

  test('of an organization trail are read by a delegated administrator, with its ARN', async () => {
    const cloudtrail = await client(administrator);
    const read = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: organizationTrail.arn }));
    expect(read.AdvancedEventSelectors).toHaveLength(1);
    const insights = await cloudtrail.send(new GetInsightSelectorsCommand({ TrailName: organizationTrail.arn }));
    expect(insights.InsightSelectors).toEqual(organizationTrail.insightSelectors);
    await expect(cloudtrail.send(new GetEventSelectorsCommand({ TrailName: 'organization' }))).rejects.toMatchObject({
      name: 'TrailNotFoundException',
    });
  });

  test.each([
    ['arn-invalid', 'CloudTrailARNInvalidException'],
    ['not-found', 'TrailNotFoundException'],
  ] as const)('of an organization trail are refused to members: %s', async (selectorsInMembers, name) => {
    const cloudtrail = await client(member, 'us-east-1', { selectorsInMembers });
    const input = { TrailName: organizationTrail.arn };
    await expect(cloudtrail.send(new GetEventSelectorsCommand(input))).rejects.toMatchObject({ name });
    await expect(cloudtrail.send(new GetInsightSelectorsCommand(input))).rejects.toMatchObject({ name });
  });

  test('of an organization trail may read as empty in members', async () => {
    const cloudtrail = await client(member, 'us-east-1', { selectorsInMembers: 'empty' });
    const input = { TrailName: organizationTrail.arn };
    await expect(cloudtrail.send(new GetEventSelectorsCommand(input))).resolves.toMatchObject({ EventSelectors: [] });
    await expect(cloudtrail.send(new GetInsightSelectorsCommand(input))).resolves.toMatchObject({
      InsightSelectors: [],
    });
  });

  test('of Insights are an error where there are none', async () => {
    const cloudtrail = await client(member, 'eu-west-1');
    await expect(cloudtrail.send(new GetInsightSelectorsCommand({ TrailName: 'own-multi' }))).rejects.toMatchObject({
      name: 'InsightNotEnabledException',
      $metadata: { httpStatusCode: 400 },
    });
  });
});
