// Builds dist/lib after `npm ci` in a clone; where TypeScript is not installed (a production install) there is nothing to do.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const compiler = 'node_modules/typescript/bin/tsc';
if (existsSync(compiler) && existsSync('tsconfig.build.json')) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
