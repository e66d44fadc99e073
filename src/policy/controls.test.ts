import { expect, test } from 'vitest';
import { frameworks } from '../model/frameworks.js';
import { controlProblems } from './controls.js';

test.each<[Record<string, string[]>, string, string]>([
  [{ 'cis-3.1': ['3.2'] }, "there is no framework 'cis-3.1'", "did you mean 'cis-2.0'?"],
  [{ 'nist-csf': ['DE.CM'] }, "there is no framework 'nist-csf'", 'there are aws-config-rules,'],
  [{ 'cis-3.0': ['3.22'] }, "the framework cis-3.0 has no control '3.22' that CloudTrail serves", 'did you mean'],
  [{ 'aws-fsbp': ['CloudTrail.11'] }, "the framework aws-fsbp has no control 'CloudTrail.11'", 'did you mean'],
])('%j', (controls, message, help) => {
  const [problem] = controlProblems(controls);
  expect(problem?.message).toContain(message);
  expect(problem?.help?.slice(0, 10)).toBe(help.slice(0, 10));
});

test('a framework of one’s own is not in the catalogue', () => {
  expect(controlProblems({ 'acme-baseline': ['LOG-1'], 'cis-3.0': ['3.2'] })).toEqual([]);
});

test('the catalogue names each framework and each of its controls once', () => {
  const ids = frameworks.map((it) => it.id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { id, controls } of frameworks) {
    const own = controls.map((it) => it.id);
    expect([id, new Set(own).size]).toEqual([id, own.length]);
  }
});
