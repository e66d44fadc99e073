import type { BindingScope } from '../../model/results.js';
import type { PackDocument } from '../schema/pack.js';
import type { YamlFile } from '../yaml/yaml-file.js';
import type { Remark } from '../yaml/source.js';
import type { Place, Settings } from './settings.js';

/** A pack: a named list of policies, and what it sets in them. */
export interface Pack {
  readonly id: string;
  readonly title: string;
  readonly description?: string;
  /** Ids of its policies: those of the packs that it builds on, then its own, without those it does not select. */
  readonly policies: readonly string[];
  readonly file: string;
  readonly isBuiltin: boolean;
}

/** A pack's file that was read, with what its `extends` lead to. */
export interface PackFile {
  readonly yaml: YamlFile;
  readonly document: PackDocument;
  readonly isBuiltin: boolean;
}

/** What a reference leads to, once the files behind it are read. */
export type Reached =
  | { readonly kind: 'pack'; readonly id: string; readonly isBuiltin: boolean }
  | { readonly kind: 'policies'; readonly ids: readonly string[] }
  /** There is nothing; or what there is has errors that are told of already. */
  | { readonly kind: 'nothing'; readonly remark?: Remark };

/** Settings for a part of the organization, by policy id. */
export interface Binding {
  readonly scope: BindingScope;
  readonly settings: ReadonlyMap<string, Settings>;
  /** Where it begins. */
  readonly place: Place;
}

/** What a pack comes to. */
export interface Content {
  /** Policy id → what is set for the whole organization. */
  readonly policies: ReadonlyMap<string, Settings>;
  readonly bindings: readonly Binding[];
  /** Something that belongs to it could not be read: what seems to be missing may stand there. */
  readonly isPartial: boolean;
}

export const noContent: Content = { policies: new Map(), bindings: [], isPartial: false };
export const partialContent: Content = { ...noContent, isPartial: true };
