// Builds dist/lib and dist/cli after `npm ci` in a clone; where TypeScript is not installed (a production install) there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = 'node_modules/typescript/bin/tsc';
if (existsSync(compiler) && existsSync('tsconfig.build.json')) {
  const steps = [
    [compiler, '-p', 'tsconfig.build.json'],
    ['scripts/bundle-cli.mjs'],
    ['scripts/prepare-checks.mjs'],
    ['scripts/prepare-policies.mjs'],
  ];
  process.exitCode = steps.some((step) => spawnSync(process.execPath, step, { stdio: 'inherit' }).status !== 0) ? 1 : 0;
}
