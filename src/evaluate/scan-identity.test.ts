import { describe, expect, test } from 'vitest';
import { aResults } from '../../test/support/results-builders.js';
import { UsageError } from '../model/errors.js';
import { continuedScan, scanOf, type ScanDescription } from './scan-identity.js';

const whole = { accounts: [], excludedAccounts: [], organizationalUnits: [] };
const scan = (parts: Partial<ScanDescription> = {}) => scanOf({ packs: ['baseline'], scope: whole, ...parts });
const after = (before: ReturnType<typeof scan>) => aResults({ run: { scan: before } });

describe('the id of a scan', () => {
  test('is made of the set of packs', () => {
    expect(scan().id).toBe('baseline');
    expect(scan({ packs: ['core', 'baseline', 'core'] })).toMatchObject({
      id: 'baseline+core',
      packs: ['baseline', 'core'],
    });
  });

  test('is the same for the same scope, however it is said, and another for another one or another role', () => {
    const accounts = ['222222222222', '111111111111'];
    const of = [
      scan(),
      scan({ scope: { ...whole, accounts } }),
      scan({ scope: { ...whole, excludedAccounts: accounts } }),
      scan({ scope: { ...whole, organizationalUnits: ['ou-ab12-34cd56ef'] } }),
      scan({ roleName: 'Other' }),
    ].map(({ id }) => id);
    expect(new Set(of).size).toBe(of.length);
    expect(scan({ scope: { ...whole, accounts: [...accounts.toReversed(), ...accounts] } }).id).toBe(of[1]);
    expect(scan({ roleName: 'TrailproofAudit' }).id).toBe('baseline');
  });

  test('is what it is named, which must be able to stand in a path', () => {
    expect(scan({ named: 'production', packs: ['core'], roleName: 'Other' }).id).toBe('production');
    for (const named of ['', ' ', '../x', 'a b', 'x'.repeat(101), '\u001b[2J'])
      expect(() => scan({ named })).toThrow(UsageError);
  });
});

describe('a run that follows on earlier results', () => {
  test('goes on under their id with other packs, and as long as they do', () => {
    const first = scan();
    const second = continuedScan(scan({ packs: ['core', 'baseline'] }), after(first));
    expect(second).toMatchObject({ id: 'baseline', packs: ['baseline', 'core'] });
    expect(continuedScan(scan({ packs: ['core'] }), after(second)).id).toBe('baseline');
  });

  test('goes on under its name whatever its packs and scope', () => {
    const before = scan({ named: 'production' });
    const now = scan({ named: 'production', packs: ['core'], roleName: 'Other' });
    expect(continuedScan(now, after(before))).toEqual(now);
  });

  test('keeps its own id after results that do not say theirs', () => {
    expect(continuedScan(scan(), aResults())).toEqual(scan());
  });

  test.each([
    ['of another scope', scan({ roleName: 'Other' }), scan()],
    ['of another name', scan({ named: 'one' }), scan({ named: 'two' })],
    ['that were named, without the name', scan({ named: 'one' }), scan()],
  ])('is refused after results %s, with what to write', (_, before, now) => {
    const refused = (): unknown => continuedScan(now, after(before));
    expect(refused).toThrow(UsageError);
    expect(refused).toThrow(
      expect.objectContaining({
        message: expect.stringContaining(`the scan '${before.id}'`),
        help: expect.stringContaining(`--scan-id ${before.id}`),
      }),
    );
  });
});
