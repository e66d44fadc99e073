import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { formatFile } from '../authoring/formatting/format-file.js';
import { readPolicyPath } from './read-files.js';
import type { PolicyDocument } from './schema/policy.js';

const { files } = readPolicyPath(new URL('../../policies', import.meta.url).pathname);
const named = files.map((it) => [it.file.replace(/^.*\/policies\//, ''), it] as const);

test.each(named)('%s is formatted', (_, { kind, file, text }) => {
  expect(formatFile(kind, file, text)).toMatchObject({ isChanged: false });
});

const policies = named.filter(([, it]) => it.kind === 'policy');

const isOfActivity = (text: string): boolean => (parse(text) as PolicyDocument).activity !== undefined;

test.each(policies.filter(([, it]) => isOfActivity(it.text)))(
  '%s says what to do about an incident, and how to ask who did it',
  (_, it) => {
    const { text, cli = '' } = (parse(it.text) as PolicyDocument).remediation;
    expect(text).toMatch(/^[A-Z].*\.$/s);
    expect(cli).toMatch(/^(?:(?:aws [a-z0-9-]+ [a-z-]+ |trailproof [a-z-]+ |# | +).*(?:\n|$))+$/);
    expect(cli).toContain('trailproof activity who ');
  },
);

test.each(policies.filter(([, it]) => !isOfActivity(it.text)))(
  '%s says how to fix it in the console, with the CLI, in Terraform and in CloudFormation',
  (_, it) => {
    const { remediation } = parse(it.text) as PolicyDocument;
    // A policy of one's own may leave them out; a shipped one has all.
    const recipes = ['text', 'console', 'cli', 'terraform', 'cloudformation'];
    expect(Object.keys(remediation)).toEqual(expect.arrayContaining(recipes));
    const { console, cli = '', terraform = '', cloudformation = '' } = remediation;
    expect(console).toMatch(/^[A-Z].*, /);
    // Each line is a command, a comment, or what belongs to the command before it.
    expect(cli).toMatch(/^(?:(?:aws [a-z0-9-]+ [a-z-]+ |trailproof [a-z-]+ |# | +|\]'|\}').*(?:\n|$))+$/);
    // What a tool cannot do is said in a comment.
    expect(terraform).toMatch(/^(?:(?:resource|data) "aws_|# [A-Z])/);
    expect(terraform.split('{').length).toBe(terraform.split('}').length);
    const template = parseDocument(cloudformation, { version: '1.2', uniqueKeys: true });
    expect(template.errors).toEqual([]);
    const resources: unknown = template.toJS();
    const all: readonly unknown[] = Object.values(Object(resources));
    expect(all.length > 0 || /^# [A-Z]/.test(cloudformation)).toBe(true);
    const aResource = { Type: expect.stringMatching(/^AWS::\w+::\w+$/), Properties: expect.any(Object) };
    expect(all).toEqual(all.map(() => aResource));
  },
);
