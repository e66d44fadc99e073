// Reads and checks the shipped policies and packs once, for the command line: it takes them from dist/cli/policies.json as
// long as their texts are the same. Part of npm run build, after the rest of it.
import { writeFileSync } from 'node:fs';
import { prepareFiles } from '../dist/lib/policy/prepared/prepare-files.js';
import { readPolicyFiles } from '../dist/lib/policy/read-files.js';

writeFileSync('dist/cli/policies.json', prepareFiles(readPolicyFiles('policies', true).files));
