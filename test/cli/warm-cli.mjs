// The built command line in a process that stays for the next run: what it loads and compiles, it does once.
import { Writable } from 'node:stream';
import { printError } from '../../dist/lib/cli/process/print-error.js';
import { run } from '../../dist/lib/cli/program.js';

process.on('disconnect', () => process.exit());
process.on('message', async ({ args, cwd, environment }) => {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(environment, name)) delete process.env[name];
  // As dist/cli/main.js has it.
  Object.assign(process.env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' }, environment);
  process.chdir(cwd);
  const stdout = collected();
  const stderr = collected();
  let status;
  try {
    status = await run([process.execPath, 'trailproof', ...args], {
      stdout: stdout.stream,
      stderr: stderr.stream,
      environment: process.env,
      signal: new AbortController().signal,
    });
  } catch (error) {
    status = printError(error, (text) => stderr.stream.write(text), process.env.TRAILPROOF_DEBUG !== undefined);
  }
  process.send({ status, stdout: stdout.text(), stderr: stderr.text() });
});

function collected() {
  const chunks = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  return { stream, text: () => Buffer.concat(chunks).toString('utf8') };
}
