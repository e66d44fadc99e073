import { defineConfig } from 'vitest/config';

// The machine may be busy, and no test is about time: these limits only end what hangs.
const limits = { testTimeout: 600_000, hookTimeout: 600_000 };
const setupFiles = ['test/support/seeded.ts'];
const env = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

export default defineConfig({
  test: {
    // Most tests wait for processes and servers of their own: one worker for each core keeps the machine busy.
    maxWorkers: '100%',
    projects: [
      {
        // Tests beside the module that they test change nothing outside themselves: one worker runs many files, and
        // loads what they import once. That halves their time.
        test: { name: 'modules', include: ['src/**/*.test.ts'], isolate: false, ...limits, setupFiles, env },
      },
      {
        // Whole runs against a fake AWS that each test starts and stops: what they load, all of the SDK, is loaded once a
        // worker. Projects run by their names: none of these long files is left to run alone at the end.
        test: {
          name: 'runs',
          include: ['test/{collect,scan}/**/*.test.ts'],
          isolate: false,
          ...limits,
          setupFiles,
          env,
        },
      },
      {
        // They share the process that the command line runs in, which loads it once a worker.
        test: {
          name: 'commands',
          include: ['test/{cli,shards}/**/*.test.ts'],
          isolate: false,
          ...limits,
          setupFiles,
          env,
        },
      },
      {
        test: {
          name: 'unit',
          include: ['test/*.test.ts', 'test/{action,support,fixtures}/**/*.test.ts'],
          ...limits,
          setupFiles,
          env,
        },
      },
      {
        test: {
          name: 'acceptance',
          include: ['test/acceptance/**/*.test.ts'],
          ...limits,
          setupFiles,
          // Python may keep what it compiles, even where an image says otherwise: it starts in half the time then.
          env: { PYTHONDONTWRITEBYTECODE: '' },
        },
      },
    ],
  },
});
