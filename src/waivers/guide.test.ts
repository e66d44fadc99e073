import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadPolicies } from '../index.js';
import { loadWaivers } from './index.js';

const guide = readFileSync(new URL('../../docs/waivers.md', import.meta.url), 'utf8');

test('the example of the guide is a good file', () => {
  const text = /```yaml\n(.*?)```/s.exec(guide)?.[1] ?? '';
  const { all: policies } = loadPolicies();
  const { waivers, diagnostics } = loadWaivers({ files: ['docs'], policies, readFile: () => ({ text }) });
  expect(diagnostics).toEqual([]);
  expect(waivers.map((it) => it.id)).toEqual(['W-2026-014', 'W-2026-015']);
});

test('the guide names every remark and every state', () => {
  const code = ['state', 'missing', 'check-waivers']
    .map((name) => readFileSync(new URL(`${name}.ts`, import.meta.url), 'utf8'))
    .join('');
  const remarks = [...code.matchAll(/code: '((?:waiver|unknown)-[a-z-]+)'/g)].map(([, name]) => name);
  expect(remarks.length).toBeGreaterThan(8);
  for (const name of remarks) expect(guide).toContain(`\`${name}\``);
  const schema = readFileSync(new URL('../../schema/results.v1.json', import.meta.url), 'utf8');
  const states: unknown = JSON.parse(schema, (key, value: unknown) => (key === '$schema' ? undefined : value));
  const list: unknown = Object(states).$defs.WaiverState.properties.state.enum;
  for (const name of Array.isArray(list) ? list.map(String) : []) expect(guide).toContain(`\`${name}\``);
  expect(list).toHaveLength(6);
});
