import { expect, test } from 'vitest';
import { frameworks } from '../model/frameworks.js';
import { controlProblems } from './controls.js';

test.each<[Record<string, string[]>, string, string]>([
  [{ 'cis-3.1': ['3.2'] }, "there is no framework 'cis-3.1'", 'there are cis-1.2, cis-1.4,'],
  [{ 'pci-dss': ['10.2'] }, "there is no framework 'pci-dss'", 'there are pci-dss-3.2.1, pci-dss-4.0.1'],
  [{ 'pci-dss-4.0': ['10.2'] }, "there is no framework 'pci-dss-4.0'", 'there are pci-dss-3.2.1, pci-dss-4.0.1'],
  [{ 'nist-800-53': ['AU-2'] }, "there is no framework 'nist-800-53'", 'there is nist-800-53-r5'],
  [{ 'iso-27001': ['A.8.15'] }, "there is no framework 'iso-27001'", 'there is iso-27001-2022'],
  [{ hippa: ['164.312(b)'] }, "there is no framework 'hippa'", "did you mean 'hipaa'?"],
  [{ 'nist-800-99': ['X'] }, "there is no framework 'nist-800-99'", 'there are nist-800-53-r5, nist-800-171-r2'],
  [{ 'cis-3.0': ['3.22'] }, "the framework cis-3.0 has no control '3.22' that CloudTrail serves", 'did you mean'],
  [{ 'aws-fsbp': ['CloudTrail.11'] }, "the framework aws-fsbp has no control 'CloudTrail.11'", 'did you mean'],
])('%j', (controls, message, help) => {
  const [problem] = controlProblems(controls);
  expect(problem?.message).toContain(message);
  expect(problem?.help).toContain(help);
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
