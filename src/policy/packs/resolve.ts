import type { Diagnostic } from '../diagnostic.js';
import { suggestion } from '../../expression/index.js';
import type { BindingScope } from '../../model/results.js';
import type { Range, Remark } from '../yaml/source.js';
import type { Path } from '../yaml/yaml-file.js';
import { combine, describeConflict } from './combine.js';
import { noContent, partialContent, type Binding, type Content, type PackFile, type Reached } from './pack.js';
import { SettingsReader, type KnownPolicies } from './read-settings.js';
import { checkSelect, isSelected } from './select.js';
import { mergeSettings, noSettings, type Settings } from './settings.js';
import { byText } from '../../text/order.js';

/** Packs that build on packs that build on packs …: nobody could say any more where a value comes from. */
const maxDepth = 500;

/** Packs by id, and what their references lead to. */
export interface KnownPacks {
  readonly ids: readonly string[];
  find(id: string): PackFile | 'broken' | undefined;
  /** What the entries of its `extends` lead to, in their order. */
  reachedFrom(file: PackFile): readonly Reached[];
}

/** Works out what packs come to, each once, and collects what is wrong with them. */
export class PackResolver {
  readonly diagnostics: Diagnostic[] = [];
  private readonly contents = new Map<string, Content>();
  private readonly open: string[] = [];

  constructor(
    private readonly packs: KnownPacks,
    private readonly policies: KnownPolicies,
  ) {}

  contentOf(file: PackFile): Content {
    const { id } = file.document;
    const known = this.contents.get(id);
    if (known !== undefined) return known;
    this.open.push(id);
    const content = this.resolve(file);
    this.open.pop();
    this.contents.set(id, content);
    return content;
  }

  /** The content behind a reference, or a remark on why there is none. */
  contentBehind(reached: Reached): Content | Remark {
    switch (reached.kind) {
      case 'nothing': {
        return reached.remark ?? partialContent;
      }
      case 'policies': {
        return { ...noContent, policies: new Map(reached.ids.map((id) => [id, noSettings])) };
      }
      case 'pack': {
        const file = this.packs.find(reached.id);
        if (file === 'broken') return partialContent;
        if (file === undefined || (reached.isBuiltin && !file.isBuiltin)) return this.unknownPack(reached);
        return this.loopTo(reached.id) ?? this.contentOf(file);
      }
    }
  }

  private unknownPack({ id, isBuiltin }: { readonly id: string; readonly isBuiltin: boolean }): Remark {
    const ids = this.packs.ids.filter((it) => {
      const pack = this.packs.find(it);
      return !isBuiltin || (pack !== 'broken' && pack?.isBuiltin === true);
    });
    const message = isBuiltin ? `no pack '${id}' is shipped` : `there is no pack '${id}'`;
    return { code: 'unknown-pack', message, help: suggestion(id, ids, 'packs') };
  }

  private loopTo(id: string): Remark | undefined {
    const start = this.open.indexOf(id);
    if (start === -1) {
      if (this.open.length < maxDepth) return undefined;
      return { code: 'too-deep', message: `packs extend each other more than ${maxDepth} levels deep` };
    }
    const chain = [...this.open.slice(start), id];
    const shown = chain.length > 10 ? [...chain.slice(0, 5), '…', ...chain.slice(-4)] : chain;
    const message =
      chain.length === 2 ? `the pack '${id}' extends itself` : `these packs extend each other: ${shown.join(' → ')}`;
    return { code: 'cycle', message, help: 'remove one of these entries' };
  }

  private resolve(file: PackFile): Content {
    const { yaml, document } = file;
    const name = file.isBuiltin ? `builtin:${document.id}` : yaml.source.file;
    const reader = new SettingsReader(yaml, this.policies, name);
    const add = (range: Range, remark: Remark): void => reader.add(range, remark);
    const { content, conflicts } = combine(this.partsOf(file, add));
    for (const conflict of conflicts) {
      add(yaml.rangeOf(['extends', conflict.laterPart]), describeConflict(conflict));
    }
    const policies = new Map(content.policies);
    for (const id of this.ownPolicies(file, add)) policies.set(id, policies.get(id) ?? noSettings);
    if (document.policies === undefined && document.extends === undefined) {
      add(yaml.keyRange(['id']), {
        code: 'empty-pack',
        message: `the pack '${document.id}' names no policies`,
        help: "list them under 'policies', or name what the pack builds on under 'extends'",
      });
    }
    for (const [id, settings] of reader.readAll(['override'], document.override ?? {})) {
      const inherited = policies.get(id);
      if (inherited !== undefined) policies.set(id, mergeSettings(inherited, settings));
      else if (!content.isPartial) add(yaml.keyRange(['override', id]), notInPack(id, document.id));
    }
    const bindings = this.bindingsOf(file, reader, policies, content.isPartial);
    this.select(file, policies, content.isPartial, add);
    this.diagnostics.push(...reader.diagnostics);
    return { policies, bindings: [...content.bindings, ...bindings], isPartial: content.isPartial };
  }

  private partsOf(file: PackFile, add: (range: Range, remark: Remark) => void): readonly Content[] {
    const seen = new Set<string>();
    return this.packs.reachedFrom(file).map((reached, index) => {
      const range = (): Range => file.yaml.rangeOf(['extends', index]);
      const text = file.document.extends?.[index] ?? '';
      if (seen.has(text)) add(range(), { code: 'duplicate-id', message: `the pack extends '${text}' twice` });
      seen.add(text);
      const found = this.contentBehind(reached);
      if ('policies' in found) return found;
      add(range(), found);
      return partialContent;
    });
  }

  private ownPolicies({ yaml, document }: PackFile, add: (range: Range, remark: Remark) => void): readonly string[] {
    const ids = document.policies ?? [];
    return ids.filter((id, index) => {
      const range = (): Range => yaml.rangeOf(['policies', index]);
      if (!this.policies.has(id)) {
        const help = suggestion(id, this.policies.ids, 'policies');
        add(range(), { code: 'unknown-policy', message: `there is no policy '${id}'`, help });
        return false;
      }
      if (ids.indexOf(id) === index) return true;
      add(range(), { code: 'duplicate-id', message: `the pack names '${id}' twice` });
      return false;
    });
  }

  private bindingsOf(
    { yaml, document }: PackFile,
    reader: SettingsReader,
    policies: ReadonlyMap<string, Settings>,
    isPartial: boolean,
  ): readonly Binding[] {
    return (document.bindings ?? []).map(({ ous = [], accounts = [], tags, override }, index) => {
      const path: Path = ['bindings', index];
      if (ous.length === 0 && accounts.length === 0 && tags === undefined) {
        const message = 'the binding does not say where it applies';
        reader.add(yaml.rangeOf(path), { code: 'missing-key', message, help: "name 'ous', 'accounts' or 'tags'" });
      }
      const settings = reader.readAll([...path, 'override'], override);
      for (const id of settings.keys()) {
        if (policies.has(id) || isPartial) continue;
        reader.add(yaml.keyRange([...path, 'override', id]), notInPack(id, document.id));
      }
      return {
        scope: {
          ous: [...ous].toSorted(),
          accounts: [...accounts].toSorted(),
          ...(tags === undefined ? {} : { tags: tagsOf(tags) }),
        },
        settings,
        place: reader.place(path),
      };
    });
  }

  private select(
    { yaml, document }: PackFile,
    policies: Map<string, Settings>,
    isPartial: boolean,
    add: (range: Range, remark: Remark) => void,
  ): void {
    const { select, id: packId } = document;
    if (select === undefined) return;
    const isKnown = checkSelect(yaml, select, this.policies, add);
    const before = policies.size;
    for (const [id, settings] of policies) {
      const policy = this.policies.find(id);
      if (policy === undefined || policy === 'broken') continue;
      if (!isSelected(select, policy, settings)) policies.delete(id);
    }
    if (policies.size > 0 || before === 0 || isPartial || !isKnown) return;
    const message = `'select' leaves none of the ${before} policies of '${packId}'`;
    add(yaml.keyRange(['select']), { code: 'empty-pack', message, help: 'a pack without policies would pass always' });
  }
}

type PackTags = Readonly<Record<string, string | readonly string[]>>;

/** By key, each with the values of which one is enough. */
function tagsOf(tags: PackTags): NonNullable<BindingScope['tags']> {
  return Object.fromEntries(
    Object.entries(tags)
      .map(([key, value]) => [key, (typeof value === 'string' ? [value] : [...value]).toSorted()] as const)
      .toSorted(([a], [b]) => byText(a, b)),
  );
}

function notInPack(id: string, packId: string): Remark {
  return {
    code: 'not-in-pack',
    message: `the policy '${id}' is not in the pack '${packId}', so that this has no effect`,
    help: "add it to 'policies', or extend a pack that holds it",
  };
}
