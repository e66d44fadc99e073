import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { preparePython } from './python-environment.js';

const run = promisify(execFile);
const schema = resolve('test/support/official-schemas/junit-10.xsd');
const golden = resolve('test/golden/junit');
const xmlschema = await preparePython('xmlschema', 'requirements-xml.txt');
const missing = 'missing' in xmlschema ? xmlschema.missing : undefined;
if (missing !== undefined && process.env['TRAILPROOF_REQUIRE_ACCEPTANCE'] === '1') throw new Error(missing);

const program = `
import json, sys, xmlschema
schema = xmlschema.XMLSchema(sys.argv[1])
wrong = ['<testsuites skipped="1"/>', '<testsuites><testsuite name="x"/></testsuites>']
files = {path: [str(it.reason) for it in schema.iter_errors(path)] for path in sys.argv[2:]}
print(json.dumps({'files': files, 'wrong': [schema.is_valid(it) for it in wrong]}))
`;

test.skipIf(missing !== undefined)(
  'the schema of Jenkins takes every JUnit report, and not just anything',
  async () => {
    if ('missing' in xmlschema) throw new Error(xmlschema.missing);
    const files = readdirSync(golden).map((it) => join(golden, it));
    expect(files.length).toBeGreaterThan(2);
    const { stdout } = await run(xmlschema.python, ['-c', program, schema, ...files]);
    expect(JSON.parse(stdout)).toEqual({
      files: Object.fromEntries(files.map((it) => [it, []])),
      wrong: [false, false],
    });
  },
);
