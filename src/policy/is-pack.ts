import { isObject } from '../model/is-object.js';
import type { YamlFile } from './yaml/yaml-file.js';

/** A pack lists policies, and asserts nothing: in a folder of policies it is in the wrong place. */
export function isPack({ value }: YamlFile): boolean {
  return isObject(value) && 'policies' in value && !('assert' in value) && !('target' in value);
}
