import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Most tests wait for processes and servers of their own: one worker for each core keeps the machine busy.
    maxWorkers: '100%',
    projects: [
      {
        test: {
          name: 'unit',
          // The machine may be busy, and no test is about time: this only ends what hangs.
          testTimeout: 600_000,
          hookTimeout: 600_000,
          setupFiles: ['test/support/seeded.ts'],
          env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
          include: [
            'src/**/*.test.ts',
            'test/*.test.ts',
            'test/{action,cli,collect,scan,shards,support,fixtures}/**/*.test.ts',
          ],
        },
      },
      {
        test: {
          name: 'acceptance',
          setupFiles: ['test/support/seeded.ts'],
          include: ['test/acceptance/**/*.test.ts'],
          testTimeout: 600_000,
          hookTimeout: 600_000,
        },
      },
    ],
  },
});
