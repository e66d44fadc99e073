import { plural } from '../text/plural.js';
import { closest } from '../expression/index.js';
import { frameworks } from '../model/frameworks.js';
import type { Remark } from './yaml/source.js';
import type { Path } from './yaml/yaml-file.js';

/** A remark on `controls`, and where it belongs. */
export interface ControlProblem extends Remark {
  readonly path: Path;
  /** It speaks of the key at the path, not of its value. */
  readonly isKey: boolean;
}

/** A framework that is published, with or without its version. */
const families = /^(?:cis|pci-dss|nist-800-53|nist-800-171|nist-800|iso-27001)(?=-[\dr]|$)/;

/**
 * Frameworks and controls that the catalogue does not hold. A framework of the organization's own is not in it: only ids
 * that look like a published one are refused.
 */
export function controlProblems(controls: Readonly<Record<string, readonly string[]>>): readonly ControlProblem[] {
  const ids = frameworks.map((it) => it.id);
  return Object.entries(controls).flatMap(([id, asked]): readonly ControlProblem[] => {
    const framework = frameworks.find((it) => it.id === id);
    if (framework !== undefined) return unknownControls(id, asked);
    const published = families.exec(id)?.[0];
    const related = published === undefined ? [] : ids.filter((it) => it.startsWith(`${published}-`));
    const meant = related.length > 0 ? undefined : closest(id, ids);
    if (meant === undefined && published === undefined) return [];
    const help =
      meant === undefined
        ? `there ${plural(related.length, 'is', 'are')} ${(related.length > 0 ? related : ids).join(', ')}`
        : `did you mean '${meant}'?`;
    return [
      {
        code: 'unknown-framework',
        message: `there is no framework '${id}'`,
        help,
        path: ['controls', id],
        isKey: true,
      },
    ];
  });
}

function unknownControls(id: string, asked: readonly string[]): readonly ControlProblem[] {
  const known = frameworks.find((it) => it.id === id)?.controls.map((it) => it.id) ?? [];
  return asked.flatMap((control, index) => {
    if (known.includes(control)) return [];
    const meant = closest(control, known);
    const help = meant === undefined ? `schema and list: frameworks/${id}.yaml` : `did you mean '${meant}'?`;
    const message = `the framework ${id} has no control '${control}' that CloudTrail serves`;
    return [{ code: 'unknown-control', message, help, path: ['controls', id, index], isKey: false }];
  });
}
