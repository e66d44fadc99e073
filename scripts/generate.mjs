// `npm run generate`: writes every file that is committed and made by a program, but for the bundle of the action
// (`npm run bundle`). CI runs it, and fails where a file differs.
import { runStep } from './run-step.mjs';

const options = 'schema/config.v1.json action.yml docs/configuration.md docs/github-action.md';

for (const command of [
  'node scripts/run-ts.mjs scripts/generate-options.ts',
  `oxfmt --write ${options}`,
  'node scripts/generate-types.mjs',
  'node scripts/generate-frameworks.mjs',
  'oxfmt --write src/model/serving-policies.ts',
  'node scripts/page-assets.mjs',
  'node scripts/run-ts.mjs test/support/sample/make-sample.ts',
  'npm run -s build',
  'npm run -s trailproof -- policies fmt',
  // Of packs as they are formatted.
  'node scripts/prepare-policies.mjs',
  'npm run -s trailproof -- policies docs',
  'npm run -s trailproof -- policies functions --output docs/functions.md',
  'oxfmt --write docs/functions.md',
  'npm start --silent',
  'node scripts/readme.mjs',
  'node scripts/screenshot.mjs',
]) {
  runStep(command, { isQuiet: true });
}
