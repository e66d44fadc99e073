import { describe, expect, test } from 'vitest';
import { aBucket } from '../support/fake-aws/index.js';
import { outcomeOf, scanWorld } from '../support/scan-world.js';
import { anOrganizationWithATrail, anOwnTrail, dev, joined, prod } from '../support/worlds.js';

const alone = { caller: { accountId: dev }, scope: { accounts: [dev] } };
const ago = (days: number): Date => new Date(Date.now() - days * 86_400_000);

describe('a member that is read by itself', () => {
  test('knows of the organization trail what its owner alone does not have to tell', async () => {
    const { results } = await scanWorld(anOrganizationWithATrail(), alone);
    expect(outcomeOf(results, 'account-has-multi-region-trail', dev)).toBe('INSUFFICIENT_DATA');
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('INSUFFICIENT_DATA');
    expect(results.gaps.map((it) => it.message).join('\n')).toContain('its owner alone is told');
  });

  test('fails where it sees that trail stopped', async () => {
    const inMembers = { [dev]: { IsLogging: false, StartLoggingTime: ago(90), StopLoggingTime: ago(30) } };
    const { results } = await scanWorld(anOrganizationWithATrail({ trail: { inMembers } }), alone);
    expect(outcomeOf(results, 'account-has-multi-region-trail', dev)).toBe('NON_COMPLIANT');
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('NON_COMPLIANT');
  });

  test('complies by its own trail', async () => {
    const { results } = await scanWorld(joined(anOrganizationWithATrail(), anOwnTrail(dev)), alone);
    expect(outcomeOf(results, 'account-records-management-events', dev)).toBe('COMPLIANT');
    expect(outcomeOf(results, 'logs-stay-in-the-organization', `logs-of-${dev}`)).toBe('COMPLIANT');
  });

  test("does not take a bucket that it is refused for its organization's", async () => {
    const own = anOwnTrail(dev);
    const buckets = [aBucket({ name: `logs-of-${dev}`, accountId: prod })];
    const { results } = await scanWorld(joined(anOrganizationWithATrail(), { ...own, buckets }), alone);
    expect(outcomeOf(results, 'logs-stay-in-the-organization', `logs-of-${dev}`)).toBe('INSUFFICIENT_DATA');
  });
});
