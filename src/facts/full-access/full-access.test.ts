import { assert, constantFrom, property, record, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { FullAccess, PolicyEntities } from '../../model/inventory.js';
import { absent, known, unknown, type Known } from '../../model/known.js';
import { fullAccessHolders } from './index.js';

const admin = 'arn:aws:iam::aws:policy/AdministratorAccess';
const trails = 'arn:aws:iam::aws:policy/AWSCloudTrail_FullAccess';
const closed = (members: readonly string[]) => ({ members, doubtful: [] });

function attached(arn: string, entities: Partial<PolicyEntities> | Known<PolicyEntities>) {
  const nobody = { roles: [], users: [], groups: [] };
  return { arn, entities: 'state' in entities ? entities : known({ ...nobody, ...entities }), evidence: {} };
}

function aGroup(name: string, users: readonly string[] | Known<readonly string[]>) {
  return { name, users: 'state' in users ? users : known(users), evidence: {} };
}

function holders(policies: FullAccess['policies'], groups: FullAccess['groups'] = []) {
  return fullAccessHolders({ policies, groups });
}

describe('who holds full access', () => {
  test('roles, users, and the users of groups, each once with all by which it holds it', () => {
    const found = holders(
      [
        attached(admin, { roles: ['Keeper'], users: ['ann'], groups: ['admins'] }),
        attached(trails, { roles: ['Keeper', 'Auditor'], groups: ['admins', 'auditors'] }),
      ],
      [aGroup('admins', ['ann', 'bob']), aGroup('auditors', ['bob'])],
    );
    const both = closed(['AdministratorAccess', 'AWSCloudTrail_FullAccess']);
    const none = closed([]);
    expect(found).toEqual({
      doubtful: [],
      members: [
        { name: 'role/Auditor', kind: 'role', policies: closed(['AWSCloudTrail_FullAccess']), groups: none },
        { name: 'role/Keeper', kind: 'role', policies: both, groups: none },
        { name: 'user/ann', kind: 'user', policies: both, groups: closed(['admins']) },
        { name: 'user/bob', kind: 'user', policies: both, groups: closed(['admins', 'auditors']) },
      ],
    });
  });

  test.each([
    ['AWSReservedSSO_Admin_0123456789abcdef', 'permission-set-role'],
    ['AWSServiceRoleForSupport', 'service-linked-role'],
    ['OrganizationAccountAccessRole', 'role'],
    ['NotAWSReservedSSO_Admin', 'role'],
  ])('%s is named as a %s', (name, kind) => {
    expect(holders([attached(admin, { roles: [name] })]).members).toMatchObject([{ name: `role/${name}`, kind }]);
  });

  test('a user is none of the roles that names speak of', () => {
    const { members } = holders([attached(admin, { users: ['AWSReservedSSO_Admin'] })]);
    expect(members).toMatchObject([{ name: 'user/AWSReservedSSO_Admin', kind: 'user' }]);
  });

  test('nobody holds what is not there, and nobody is in a group that is gone', () => {
    expect(holders([attached(admin, absent)])).toEqual({ members: [], doubtful: [] });
    const gone = holders([attached(admin, { groups: ['gone'] })], [aGroup('gone', absent)]);
    expect(gone).toEqual({ members: [], doubtful: [] });
  });

  test('a policy that was not read may be held by anyone, also by those who hold another', () => {
    const found = holders([attached(admin, unknown('refused')), attached(trails, { users: ['ann'] })]);
    expect(found).toEqual({
      members: [
        {
          name: 'user/ann',
          kind: 'user',
          policies: {
            members: ['AWSCloudTrail_FullAccess'],
            doubtful: [{ value: 'AdministratorAccess', gaps: ['refused'] }],
          },
          groups: { members: [], doubtful: [], rest: { state: 'unknown', gaps: ['refused'] } },
        },
      ],
      doubtful: [],
      rest: { state: 'unknown', gaps: ['refused'] },
    });
  });

  test('a group whose users were not read may hold anyone but roles', () => {
    const found = holders(
      [attached(admin, { groups: ['admins'] }), attached(trails, { roles: ['Keeper'], users: ['ann'] })],
      [aGroup('admins', unknown('refused'))],
    );
    expect(found.rest).toEqual({ state: 'unknown', gaps: ['refused'] });
    const [keeper, ann] = found.members;
    expect(keeper?.policies).toEqual(closed(['AWSCloudTrail_FullAccess']));
    expect(ann?.policies.doubtful).toEqual([{ value: 'AdministratorAccess', gaps: ['refused'] }]);
    expect(ann?.groups).toEqual({ members: [], doubtful: [{ value: 'admins', gaps: ['refused'] }] });
  });

  test('what was not read hides holders, and never adds or rules out one', () => {
    const names = uniqueArray(constantFrom('ann', 'bob', 'eve'));
    const entities = record({ roles: names, users: names, groups: uniqueArray(constantFrom('one', 'two')) });
    const world = record({ admin: entities, trails: entities, one: names, two: names });
    const hidden = uniqueArray(constantFrom('admin', 'trails', 'one', 'two'), { minLength: 1 });
    assert(
      property(world, hidden, (it, unread) => {
        const see = <T>(part: keyof typeof it, value: T): Known<T> =>
          unread.includes(part) ? unknown(part) : known(value);
        const askedGroups = (shown: readonly ('admin' | 'trails')[]) =>
          (['one', 'two'] as const).filter((name) => shown.some((policy) => it[policy].groups.includes(name)));
        const whole = holders(
          [attached(admin, it.admin), attached(trails, it.trails)],
          askedGroups(['admin', 'trails']).map((name) => aGroup(name, it[name])),
        );
        const shown = (['admin', 'trails'] as const).filter((policy) => !unread.includes(policy));
        const groups = askedGroups(shown);
        const seen = holders(
          [attached(admin, see('admin', it.admin)), attached(trails, see('trails', it.trails))],
          groups.map((name) => aGroup(name, see(name, it[name]))),
        );
        const all = new Map(whole.members.map((holder) => [holder.name, holder]));
        for (const { name, policies } of seen.members) {
          const truth = all.get(name)?.policies.members ?? [];
          const possible = [...policies.members, ...policies.doubtful.map(({ value }) => value)];
          expect(truth).toEqual(expect.arrayContaining([...policies.members]));
          expect(possible).toEqual(expect.arrayContaining([...truth]));
        }
        const isOpen = shown.length < 2 || groups.some((name) => unread.includes(name));
        expect(seen.rest !== undefined).toBe(isOpen);
        expect(isOpen ? whole.members : seen.members).toEqual(whole.members);
      }),
    );
  });
});
