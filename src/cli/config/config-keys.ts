import type { ConfigDocument } from '../../policy/index.js';
import { attributeName, optionRows, type ValueKind } from '../options/index.js';

export interface ConfigKey {
  readonly key: Exclude<keyof ConfigDocument, 'version' | 'params'>;
  /** As commander names it. */
  readonly option: string;
  readonly flag: string;
  readonly kind: ValueKind;
  /** In force when nothing says otherwise, where commander does not know it. */
  readonly fallback?: unknown;
}

/** Every key of `trailproof.yaml` but `params`, and the flag that it stands for; in the order of `--print-config`. */
export const configKeys: readonly ConfigKey[] = optionRows.flatMap(({ name, config }) =>
  config === undefined
    ? []
    : [
        {
          // The schema of the file, and so its type, is made from the same rows.
          key: config.name as ConfigKey['key'],
          option: attributeName(name),
          flag: `--${name}`,
          kind: config.kind,
          ...('fallback' in config ? { fallback: config.fallback } : {}),
        },
      ],
);
