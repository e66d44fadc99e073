import { expect, test } from 'vitest';
import { accountActions } from '../../src/collect/aws/permissions.js';
import { collectFrom } from '../support/collect-from.js';
import { aRole } from '../support/fake-aws/index.js';
import { anOrganizationWithATrail, dev, logArchive, management, prod } from '../support/worlds.js';

function ownTrails(inventory: Awaited<ReturnType<typeof collectFrom>>['inventory'], id: string) {
  return inventory.accounts.find((account) => account.id === id)?.ownTrails.state;
}

test('each session may only read, names the run, and is made once', async () => {
  const { aws } = await collectFrom(anOrganizationWithATrail());
  const sessions = aws.sessions();
  expect(sessions.map((it) => it.accountId).toSorted()).toEqual(
    [...new Set(sessions.map((it) => it.accountId))].toSorted(),
  );
  // Three names are one, for the policy has only so much room.
  const shortened = 'elasticloadbalancing:Describe';
  const allowed = accountActions().map((it) => (it.startsWith(shortened) ? `${shortened}*` : it));
  for (const { policy, sessionName, sourceIdentity } of sessions) {
    expect(JSON.parse(policy ?? '{}')).toMatchObject({
      Statement: [{ Effect: 'Allow', Action: [...new Set(allowed)] }],
    });
    expect(sessionName).toMatch(/^trailproof-\d{8}T\d{6}Z-[0-9a-f]{8}$/);
    expect(sourceIdentity).toBe(sessionName);
  }
});

test('a role that does not allow SetSourceIdentity is entered without it, and no gap is left', async () => {
  const role = aRole({ allowsSourceIdentity: false });
  const { inventory } = await collectFrom(anOrganizationWithATrail({ prodAccount: { roles: [role] } }));
  expect(ownTrails(inventory, prod)).toBe('known');
  expect(inventory.gaps.filter((gap) => gap.call === 'sts:AssumeRole')).toEqual([]);
});

test('an account without the role is unknown, with the reason; the others are read', async () => {
  const { inventory } = await collectFrom(anOrganizationWithATrail({ prodAccount: { roles: [] } }));
  expect(ownTrails(inventory, prod)).toBe('unknown');
  expect(ownTrails(inventory, dev)).toBe('known');
  expect(inventory.gaps.filter((gap) => gap.reason !== 'not-collected')).toEqual([
    expect.objectContaining({
      call: 'sts:AssumeRole',
      accountId: prod,
      reason: 'access-denied',
      message: expect.stringContaining('is not authorized to perform: sts:AssumeRole'),
      resource: `arn:aws:iam::${prod}:role/TrailproofAudit`,
    }),
  ]);
});

test('role name and external id are passed on', async () => {
  const role = aRole({ name: 'Audit', externalId: 'secret-handshake' });
  const world = anOrganizationWithATrail({ prodAccount: { roles: [role] }, devAccount: { roles: [role] } });
  const wrong = await collectFrom(world, { roleName: 'Audit', externalId: 'wrong' });
  expect(ownTrails(wrong.inventory, prod)).toBe('unknown');
  const right = await collectFrom(world, { roleName: 'Audit', externalId: 'secret-handshake' });
  expect(ownTrails(right.inventory, prod)).toBe('known');
});

test('a session that expires in mid-run is renewed', async () => {
  const { inventory, callsIn } = await collectFrom(anOrganizationWithATrail(), {
    aws: { faults: [{ match: { operation: 'GetTrailStatus', accountId: dev }, kind: 'expired-token', times: 1 }] },
  });
  expect(callsIn(dev)['sts:AssumeRole']).toBe(2);
  expect(inventory.accounts.find((it) => it.id === dev)?.observedTrails[0]?.status.state).toBe('known');
});

test('it is renewed, too, when S3 says so without a word: its answer to HEAD has no body', async () => {
  const { inventory, callsIn } = await collectFrom(anOrganizationWithATrail(), {
    aws: { faults: [{ match: { operation: 'HeadBucket', accountId: logArchive }, kind: 'expired-token', times: 1 }] },
  });
  expect(callsIn(logArchive)['sts:AssumeRole']).toBe(2);
  expect(inventory.buckets[0]?.owner.state).toBe('known');
});

test("the caller's own account is read with its own credentials", async () => {
  const { aws } = await collectFrom(anOrganizationWithATrail());
  expect(aws.sessions().map((it) => it.accountId)).not.toContain(management);
});
