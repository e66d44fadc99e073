import { defineConfig } from 'vitest/config';

/** `npm run test:trino`: minutes, and 90 MB of jars, so it is no part of `npm test`. */
export default defineConfig({
  test: { setupFiles: ['test/support/seeded.ts'], include: ['test/trino/**/*.test.ts'], testTimeout: 3_600_000 },
});
