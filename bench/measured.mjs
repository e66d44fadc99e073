// Runs the command line as a user would, and says at the end what it took: node bench/measured.mjs FILE ARG…
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { resolve } from 'node:path';

const [file, ...args] = process.argv.slice(2);
const started = performance.now();
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const took = {
    wall: (performance.now() - started) / 1e3,
    cpu: (userCPUTime + systemCPUTime) / 1e6,
    memory: maxRSS / 1024,
  };
  writeFileSync(file, JSON.stringify(took));
});
process.argv = [process.argv[0], 'trailproof', ...args];
await import(pathToFileURL(resolve('dist/cli/main.js')).href);
