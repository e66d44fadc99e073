import { configureGlobal, readConfigureGlobal } from 'fast-check';

/** The seed of every property test: the same input gives the same outcome, today and in CI. CONTRIBUTING.md tells how to search with others. */
const asked = process.env['TRAILPROOF_TEST_SEED'];
const seed =
  asked === undefined || asked === '' ? 20_261_127 : asked === 'random' ? Date.now() % 2 ** 31 : Number(asked);
if (!Number.isInteger(seed)) {
  throw new Error(`TRAILPROOF_TEST_SEED is ${JSON.stringify(asked)}; write a whole number, or random.`);
}

configureGlobal({ ...readConfigureGlobal(), seed });
