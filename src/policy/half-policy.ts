import { isObject } from '../model/is-object.js';
import { compilePolicy } from './compile-policy.js';
import type { Diagnostic } from './diagnostic.js';
import type { Language } from './policy-environment.js';
import { checkAgainstSchema } from './schemas.js';
import type { YamlFile } from './yaml/yaml-file.js';

/** What stands in for the parts of an envelope that are missing or wrong. */
const envelope = {
  version: 1,
  id: 'half',
  title: 'Half',
  description: 'Half.',
  rationale: 'Half.',
  severity: 'low',
  remediation: { text: 'Half.' },
};

/**
 * What is wrong with the expressions and messages of a policy whose envelope is wrong: one mistake does not hide the
 * other. Nothing where the target or the parameters are not known, as everything would follow from that.
 */
export function expressionErrors(yaml: YamlFile, language: Language): readonly Diagnostic[] {
  const { value } = yaml;
  if (!isObject(value) || !Array.isArray(value['assert'])) return [];
  const { target, params, when } = value;
  const whole = checkAgainstSchema('policy', {
    ...envelope,
    target,
    ...(params === undefined ? {} : { params }),
    ...(typeof when === 'string' && when !== '' ? { when } : {}),
    assert: value['assert'].map(assertion),
  });
  if (!('document' in whole)) return [];
  return compilePolicy(yaml, whole.document, language, false).diagnostics.filter(
    ({ severity }) => severity === 'error',
  );
}

/** At its own place in the list; what it lacks says nothing wrong. */
function assertion(it: unknown, index: number): object {
  const given = isObject(it) ? it : {};
  const text = (key: string, otherwise: string): string => {
    const found = given[key];
    return typeof found === 'string' && found !== '' ? found : otherwise;
  };
  return { id: `half-${index}`, expr: text('expr', 'true'), message: text('message', 'Half.') };
}

/** A pack lists policies, and asserts nothing: in a folder of policies it is in the wrong place. */
export function isPack({ value }: YamlFile): boolean {
  return isObject(value) && 'policies' in value && !('assert' in value) && !('target' in value);
}
