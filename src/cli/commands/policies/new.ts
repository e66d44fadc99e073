import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { UsageError } from '../../../model/errors.js';
import { newPolicy, starterTargets } from '../../../authoring/index.js';
import { suggestion } from '../../../expression/index.js';
import type { PolicyDocument } from '../../../policy/index.js';
import { exitCodes } from '../../process/exit-codes.js';
import { packageFile } from '../../../package-file.js';
import { readPolicies, shippedPolicies } from '../../policies/load-policies.js';
import type { Terminal } from '../../process/terminal.js';
import { writeFileWhole } from '../../process/write-file.js';
import { writeLines } from '../../process/write-lines.js';

/**
 * `trailproof policies new`: writes `FOLDER/ID/policy.yaml` and its tests; nothing that is there is written over.
 *
 * @throws UsageError for an id or a target that cannot be, and where there is such a policy already
 */
export async function startPolicy(id: string, target: string, folder: string, terminal: Terminal): Promise<number> {
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(id) || id.length > 100) {
    throw new UsageError(
      `'${id}' cannot be the id of a policy.`,
      'Write it in kebab-case, as a statement that holds when all is well, e.g. trail-records-all-regions.',
    );
  }
  if (!starterTargets.includes(target)) {
    throw new UsageError(`There is no target '${target}'.`, suggestion(target, starterTargets, 'targets'));
  }
  if (readPolicies({}, true).all.some((it) => it.id === id)) {
    throw new UsageError(
      `Trailproof ships a policy '${id}' already.`,
      'Choose another id: two policies cannot have the same one.',
    );
  }
  const path = join(folder, id);
  if (existsSync(path)) {
    throw new UsageError(`${path} exists already, and nothing is overwritten.`, 'Choose another id or folder.');
  }
  const isShipped = resolve(folder) === shippedPolicies;
  const schemas = isShipped ? packageFile('schema') : resolve('node_modules/trailproof/schema');
  const toSchemas = relative(resolve(path), schemas).split(sep).join('/');
  // It was looked up among the targets.
  const files = newPolicy({ id, target: target as PolicyDocument['target'], schemas: `${toSchemas}/` });
  if (files === undefined) throw new Error(`there is no starting point for ${target}`);
  await writeFileWhole(join(path, 'policy.yaml'), [files.policy]);
  await writeFileWhole(join(path, 'tests.yaml'), [files.tests]);
  const own = isShipped ? '' : ` --policies ${folder}`;
  writeLines(terminal.stdout, [
    `Wrote ${path}/policy.yaml and tests.yaml. Adapt them, then run:`,
    `  trailproof policies lint ${path}`,
    `  trailproof policies test ${id} --strict --mutate${own}`,
  ]);
  return exitCodes.ok;
}
