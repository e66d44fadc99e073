import { hasErrors, type Diagnostic } from '../diagnostic.js';
import { UsageError } from '../../model/errors.js';
import { at, type Remark } from '../yaml/source.js';
import type { Path, YamlFile } from '../yaml/yaml-file.js';
import { combine, describeConflict, type PartConflict } from './combine.js';
import { effectivePolicy, type EffectivePolicy, type PolicyBinding } from './effective-policy.js';
import { partialContent, type Content, type Reached } from './pack.js';
import { SettingsReader, type KnownPolicies } from './read-settings.js';
import type { PackResolver } from './resolve.js';
import { mergeSettings, noSettings, type Settings } from './settings.js';
import { byText } from '../../text/order.js';

/** The part of a configuration file that speaks of policies. */
export interface Configuration {
  readonly yaml: YamlFile;
  /** Policy id → parameter → value. */
  readonly params: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  /** Where the file names the packs that are chosen; a pack that a flag chooses is not among them. */
  readonly packs: ReadonlyMap<string, Path>;
}

/** What the user chose. */
export interface Choice {
  readonly packs: readonly { readonly text: string; readonly reached: Reached }[];
  /** Ids of the policies of the user's own folders: all of them are asked. */
  readonly own: readonly string[];
  readonly configuration: Configuration | undefined;
}

/**
 * The policies that are asked, as the chosen packs and the configuration make them: of two values the later pack's
 * is in force, and the configuration's parameters are over all packs'.
 *
 * @throws UsageError when a pack that a flag names does not exist, and no error in a file is the reason.
 */
export class Chooser {
  readonly diagnostics: Diagnostic[] = [];

  constructor(
    private readonly resolver: PackResolver,
    private readonly policies: KnownPolicies,
  ) {}

  choose({ packs, own, configuration }: Choice, earlier: readonly Diagnostic[]): readonly EffectivePolicy[] {
    const parts = packs.map((pack) => this.contentOf(pack, configuration, earlier));
    const { content, conflicts } = combine(parts);
    this.diagnostics.push(...conflicts.map(conflictInFile));
    const chosen = new Map<string, Settings>(content.policies);
    for (const id of own) chosen.set(id, chosen.get(id) ?? noSettings);
    if (configuration !== undefined) this.configure(configuration, chosen, content.isPartial);
    const sorted = [...chosen].toSorted(([a], [b]) => byText(a, b));
    return sorted.flatMap(([id, settings]) => {
      const policy = this.policies.find(id);
      if (policy === undefined || policy === 'broken') return [];
      const bindings = content.bindings.flatMap(({ scope, settings: byId, place }): PolicyBinding[] => {
        const bound = byId.get(policy.id);
        return bound === undefined ? [] : [{ scope, settings: bound, place }];
      });
      return [effectivePolicy(policy, settings, bindings)];
    });
  }

  private contentOf(
    { text, reached }: { readonly text: string; readonly reached: Reached },
    configuration: Configuration | undefined,
    earlier: readonly Diagnostic[],
  ): Content {
    const found = this.resolver.contentBehind(reached);
    if ('policies' in found) return found;
    const path = configuration?.packs.get(text);
    if (configuration !== undefined && path !== undefined) {
      const { yaml } = configuration;
      this.diagnostics.push(at(yaml.source, yaml.rangeOf(path), found));
    } else if (!hasErrors(earlier)) throw usageError(found);
    // Otherwise it may be missing because its file is broken: then that is told.
    return partialContent;
  }

  private configure({ yaml, params }: Configuration, chosen: Map<string, Settings>, isPartial: boolean): void {
    const reader = new SettingsReader(yaml, this.policies);
    for (const [id, settings] of reader.readAllParams(['params'], params)) {
      const before = chosen.get(id);
      if (before !== undefined) chosen.set(id, mergeSettings(before, settings));
      else if (!isPartial) {
        reader.add(yaml.keyRange(['params', id]), {
          severity: 'warning',
          code: 'not-in-pack',
          message: `no chosen pack holds the policy '${id}', so that its parameters have no effect`,
        });
      }
    }
    this.diagnostics.push(...reader.diagnostics);
  }
}

function usageError({ message, help }: Remark): UsageError {
  return new UsageError(message, help);
}

function conflictInFile(conflict: PartConflict): Diagnostic {
  const { severity = 'error', help, ...remark } = describeConflict(conflict);
  return { ...conflict.conflict.later.place, column: 1, severity, ...remark, ...(help === undefined ? {} : { help }) };
}
