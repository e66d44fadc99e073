import type { GetTrailStatusResponse } from '@aws-sdk/client-cloudtrail';
import { describe, expect, test } from 'vitest';
import type { Results } from '../../src/index.js';
import { aStatus, type World } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, management, prod } from '../support/worlds.js';
import { notKnown, outcomeOf, scanWorld } from '../support/scan-world.js';

const now = Date.now();
const ago = (days: number): Date => new Date(now - days * 86_400_000);
const fresh = aStatus({ LatestCloudWatchLogsDeliveryTime: ago(0) });
const refused = aStatus({
  LatestDeliveryTime: ago(60),
  LatestDigestDeliveryTime: ago(60),
  LatestDeliveryError: 'AccessDenied',
  LatestDigestDeliveryError: 'AccessDenied',
});
const ofTheTrail = ['trail-delivers-without-error', 'trail-is-logging', 'trail-sends-to-cloudwatch-logs'];
const ofMembers = [
  'account-has-multi-region-trail',
  'account-records-management-events',
  'account-records-s3-write-events',
];

interface Told {
  readonly owner?: GetTrailStatusResponse;
  readonly members?: GetTrailStatusResponse;
  readonly service?: string;
  readonly selectorsInMembers?: 'empty' | 'not-found' | 'arn-invalid';
}

function withoutRole(account: World['accounts'][number]): World['accounts'][number] {
  return { ...account, roles: [] };
}

/** The different outcomes of policies at one place: one, where they all come to the same. */
function outcomesOf(results: Results, policies: readonly string[], where: string): readonly unknown[] {
  return [...new Set(policies.map((policy) => outcomeOf(results, policy, where)))];
}

/** A scan by a delegated administrator: the management account has no audit role, as StackSets do not reach it. */
async function scanWithoutTheOwner({ owner = fresh, members = fresh, service, selectorsInMembers }: Told) {
  const inMembers = Object.fromEntries([dev, prod, logArchive].map((id) => [id, members]));
  const world = anOrganizationWithATrail({ trail: { status: owner, inMembers } });
  const { organization } = world;
  if (organization === null) throw new Error('The world has no organization.');
  const delegatedAdministrators = [{ accountId: dev, service: service ?? 'cloudtrail.amazonaws.com' }];
  return await scanWorld(
    {
      ...world,
      accounts: world.accounts.map((it) => (it.id === management ? withoutRole(it) : it)),
      organization: { ...organization, delegatedAdministrators },
    },
    { caller: { accountId: dev }, ...(selectorsInMembers === undefined ? {} : { aws: { selectorsInMembers } }) },
  );
}

describe('while the owner of the organization trail was not asked', () => {
  test('nothing of the trail complies, however well others are told it does', async () => {
    for (const owner of [fresh, refused]) {
      const { results } = await scanWithoutTheOwner({ owner });
      expect(outcomesOf(results, ofTheTrail, 'organization')).toEqual(['INSUFFICIENT_DATA']);
      expect(outcomesOf(results, ofMembers, prod)).toEqual(['INSUFFICIENT_DATA']);
    }
  });

  test('an error that a member is told is one of the trail, and loses what that member records', async () => {
    const { results } = await scanWithoutTheOwner({ members: refused });
    expect(outcomeOf(results, 'trail-delivers-without-error', 'organization')).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'trail-is-logging', 'organization')).toBe('INSUFFICIENT_DATA');
    expect(outcomesOf(results, ofMembers, prod)).toEqual(['NON_COMPLIANT']);
  });

  test('a member that sees the trail stopped has no trail, and the trail itself stays open', async () => {
    const { results } = await scanWithoutTheOwner({ members: aStatus({ IsLogging: false }) });
    expect(outcomesOf(results, ofMembers, prod)).toEqual(['NON_COMPLIANT']);
    expect(outcomesOf(results, ofTheTrail, 'organization')).toEqual(['INSUFFICIENT_DATA']);
  });

  test.each(['empty', 'not-found', 'arn-invalid'] as const)(
    'selectors that another account is told (%s) say nothing, and nobody asks for them',
    async (selectorsInMembers) => {
      const { results, aws } = await scanWithoutTheOwner({ service: 'guardduty.amazonaws.com', selectorsInMembers });
      expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('INSUFFICIENT_DATA');
      expect(aws.calls().filter((it) => it.operation === 'GetEventSelectors')).toEqual([]);
    },
  );

  test('a quiet member is no failure of the trail', async () => {
    const members = { IsLogging: true, StartLoggingTime: ago(900), LatestDeliveryTime: ago(3) };
    const { results } = await scanWithoutTheOwner({ members });
    expect(outcomesOf(results, ofTheTrail, 'organization')).toEqual(['INSUFFICIENT_DATA']);
  });
});

describe('while the owner is told that all is well', () => {
  const scanWithMembers = async (members: GetTrailStatusResponse) => {
    const inMembers = { [prod]: members };
    return await scanWorld(anOrganizationWithATrail({ trail: { status: fresh, inMembers } }));
  };

  test('what a member is told is not', async () => {
    const { results } = await scanWithMembers(
      aStatus({ LatestCloudWatchLogsDeliveryError: 'AccessDenied', LatestCloudWatchLogsDeliveryTime: undefined }),
    );
    expect(outcomeOf(results, 'trail-sends-to-cloudwatch-logs', 'organization')).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'trail-delivers-without-error', 'organization')).toBe('COMPLIANT');
  });

  test('a member whose digests stopped has lost what came since, and nobody else has', async () => {
    const { results } = await scanWithMembers(
      aStatus({ LatestDeliveryTime: ago(60), LatestDigestDeliveryTime: ago(60) }),
    );
    expect(outcomeOf(results, 'account-records-management-events', prod)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('COMPLIANT');
    expect(outcomeOf(results, 'trail-delivers-without-error', 'organization')).toBe('NON_COMPLIANT');
  });

  test('a member without events is open, with what to do', async () => {
    const { results } = await scanWithMembers(aStatus({ LatestDeliveryTime: ago(3) }));
    expect(notKnown(results)).toContain(`account-records-management-events ${prod}`);
    const { message } = results.evaluations.find(
      (it) => it.policyId === 'account-records-management-events' && it.target.id === prod,
    ) ?? { message: '' };
    expect(message).toContain('Scan again in an hour');
  });
});
