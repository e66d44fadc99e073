import type { ErrorObject } from '../../json-schema.js';
import type { Diagnostic } from '../diagnostic.js';
import { at } from '../yaml/source.js';
import type { YamlFile } from '../yaml/yaml-file.js';

const fixedKeys = new Set(['id', 'expr', 'when', 'assert', 'message', 'target', 'on-no-targets', 'version']);

/**
 * Keys that people write in a pack with good reason, and that no pack may set: what is to be said of each is more than
 * that it is unknown.
 *
 * @returns the errors that are left, and diagnostics for those that were taken
 */
export function explainForbiddenKeys(
  yaml: YamlFile,
  errors: readonly ErrorObject[],
): { readonly errors: readonly ErrorObject[]; readonly diagnostics: readonly Diagnostic[] } {
  const left: ErrorObject[] = [];
  const diagnostics: Diagnostic[] = [];
  for (const error of errors) {
    const key: unknown = error.params['additionalProperty'];
    const steps = error.instancePath.split('/').slice(1);
    const remark = typeof key === 'string' ? remarkOn(key, steps) : undefined;
    if (remark === undefined || typeof key !== 'string') {
      left.push(error);
      continue;
    }
    const path = steps.map((step) => (/^\d+$/.test(step) ? Number(step) : step));
    diagnostics.push(at(yaml.source, yaml.keyRange([...path, key]), remark));
  }
  return { errors: left, diagnostics };
}

function remarkOn(key: string, steps: readonly string[]) {
  const isBinding = steps[0] === 'bindings';
  const isOverride = steps.at(-2) === 'override' && (steps.length === 2 || isBinding);
  if (isOverride && fixedKeys.has(key)) {
    const id = steps.at(-1) ?? '';
    return {
      code: 'not-overridable',
      message: `a pack cannot change '${key}' of a policy: '${id}' must mean the same to everyone`,
      help: 'copy the policy under an id of your own, and disable this one with enabled: false and a reason',
    };
  }
  if (isOverride && isBinding && (key === 'title' || key === 'remediation')) {
    return {
      code: 'not-overridable',
      message: `'${key}' is the same for the whole organization`,
      help: `set it in the pack's own 'override'`,
    };
  }
  return undefined;
}
