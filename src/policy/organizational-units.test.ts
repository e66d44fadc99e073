import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OrganizationalUnits } from './organizational-units.js';

const units = new OrganizationalUnits([
  { id: 'ou-ab12-00000003', name: 'Prod', parentId: 'ou-ab12-00000001' },
  { id: 'r-ab12', name: 'Root' },
  { id: 'ou-ab12-00000001', name: 'Workloads', parentId: 'r-ab12' },
  { id: 'ou-ab12-00000002', name: 'Sandbox', parentId: 'r-ab12' },
  { id: 'ou-ab12-00000004', name: 'Prod', parentId: 'ou-ab12-00000002' },
  { id: 'ou-ab12-00000005', name: 'Root', parentId: 'ou-ab12-00000002' },
  { id: 'ou-ab12-00000006', name: 'a/b', parentId: 'r-ab12' },
]);

test.each([
  ['ou-ab12-00000002', 'ou-ab12-00000002'],
  ['Sandbox', 'ou-ab12-00000002'],
  ['Sandbox/', 'ou-ab12-00000002'],
  ['/Sandbox', 'ou-ab12-00000002'],
  ['Root/Sandbox', 'ou-ab12-00000002'],
  ['Workloads/Prod', 'ou-ab12-00000003'],
  ['Root/Sandbox/Prod', 'ou-ab12-00000004'],
  // The whole path of the root wins over an OU of its name.
  ['Root', 'r-ab12'],
  ['/', 'r-ab12'],
  ['Sandbox/Root', 'ou-ab12-00000005'],
  ['a/b', 'ou-ab12-00000006'],
])('%s is %s', (text, id) => {
  expect(units.find(text)).toEqual({ kind: 'found', id });
});

test.each([
  ['sandbox', "did you mean 'Sandbox'?"],
  ['Root/Workload/Prod', "did you mean 'Root/Workloads/Prod'?"],
  ['Prodrome', 'OUs: '],
  // Half a name is no name, and a path does not begin in the middle of one.
  ['loads/Prod', 'OUs: '],
  ['Root/Prod', 'OUs: '],
])('%s is nothing', (text, help) => {
  const found = units.find(text);
  expect(found.kind === 'unknown' ? found.help : found.kind).toContain(help);
});

test('of an id that is not there nothing is guessed', () => {
  expect(units.find('ou-ab12-99999999')).toEqual({ kind: 'unknown', help: undefined });
});

test('a name that several have is told with each of them', () => {
  expect(units.find('Prod')).toEqual({
    kind: 'ambiguous',
    candidates: ['Root/Sandbox/Prod (ou-ab12-00000004)', 'Root/Workloads/Prod (ou-ab12-00000003)'],
  });
});

describe('whatever the tree', () => {
  const trees = fc
    .array(fc.record({ name: fc.constantFrom('A', 'B', 'C'), parent: fc.nat(20) }), { maxLength: 12 })
    .map((nodes) => {
      const below = nodes.map(({ name, parent }, index) => {
        const above = parent % (index + 1);
        return { id: `ou-1-${index + 1}`, name, parentId: above === 0 ? 'r-1' : `ou-1-${above}` };
      });
      return [{ id: 'r-1', name: 'Root' }].concat(below);
    });
  const pathIn = (tree: readonly { id: string; name: string; parentId?: string }[], id: string): string => {
    const unit = tree.find((it) => it.id === id);
    if (unit === undefined) return '';
    return unit.parentId === undefined ? unit.name : `${pathIn(tree, unit.parentId)}/${unit.name}`;
  };

  test('an OU is found by its whole path, or told as one of those that share it', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const all = new OrganizationalUnits(tree);
        for (const { id } of tree) {
          const path = pathIn(tree, id);
          const sharing = tree.filter((it) => pathIn(tree, it.id) === path);
          const named = all.find(path);
          const found = named.kind === 'ambiguous' ? named.candidates.length : 1;
          expect(found).toBe(sharing.length);
          expect(named.kind === 'found' ? named.id : id).toBe(id);
          expect(named.kind).not.toBe('unknown');
        }
      }),
    );
  });

  test('a circle of parents ends', () => {
    const circle = new OrganizationalUnits([
      { id: 'ou-1-1', name: 'A', parentId: 'ou-1-2' },
      { id: 'ou-1-2', name: 'B', parentId: 'ou-1-1' },
    ]);
    expect(circle.find('B/A')).toEqual({ kind: 'found', id: 'ou-1-1' });
  });
});
