import type { Command } from 'commander';
import type { ConfigDocument, Configuration, YamlFile } from '../../policy/index.js';
import { flagsGiven } from '../source/flags-given.js';
import { configKeys, type ConfigKey } from './config-keys.js';
import { asOption, fromWorkingFolder } from './config-values.js';

/** A configuration file that was read and is right. */
export interface ConfigFile {
  readonly yaml: YamlFile;
  readonly document: ConfigDocument;
}

/** Who says a value. */
export type Origin =
  | { readonly kind: 'flag'; readonly flag: string }
  | { readonly kind: 'file'; readonly file: string; readonly line: number }
  | { readonly kind: 'default' };

export interface EffectiveValue {
  readonly key: ConfigKey;
  /** As the file would say it; undefined where nothing is set. */
  readonly value: unknown;
  readonly origin: Origin;
}

export interface EffectiveOptions {
  /** As commander gives them, with what the file says where no flag does; `configuration` for the policies. */
  readonly options: Readonly<Record<string, unknown>>;
  /** Of the flags that the command has. */
  readonly values: readonly EffectiveValue[];
}

/** What a command's flags and the configuration file come to: flags win, each as a whole. */
export function effectiveOptions(command: Command, file: ConfigFile | undefined): EffectiveOptions {
  const options: Record<string, unknown> = {
    ...command.opts<Record<string, unknown>>(),
    flagsGiven: flagsGiven(command),
  };
  // `policies list --source` is another flag than `scan --source live`: one takes a value.
  const has = ({ option, kind }: ConfigKey): boolean =>
    command.options.some((it) => it.attributeName() === option && it.isBoolean() === (kind === 'boolean'));
  const isGiven = (option: string): boolean => command.getOptionValueSource(option) === 'cli';
  const values = configKeys.filter(has).map((key): EffectiveValue => {
    if (isGiven(key.option)) {
      return { key, value: asWritten(key, options[key.option]), origin: { kind: 'flag', flag: key.flag } };
    }
    const written = file?.document[key.key];
    // The sample is a source of its own.
    const isOutdone = key.key === 'source' && isGiven('sample');
    if (file === undefined || written === undefined || isOutdone) {
      return { key, value: asWritten(key, options[key.option] ?? key.fallback), origin: { kind: 'default' } };
    }
    const value = fromWorkingFolder(key.kind, written, file.yaml.source.file);
    options[key.option] = asOption(key.kind, value);
    return { key, value, origin: placeOf(file.yaml, [key.key]) };
  });
  const asksPolicies = values.some((it) => it.key.key === 'packs');
  if (file !== undefined && asksPolicies) options['configuration'] = configurationOf(file, values);
  return { options, values };
}

/** Where a value of the file stands. */
export function placeOf(yaml: YamlFile, path: readonly (string | number)[]): Origin {
  const { source } = yaml;
  return { kind: 'file', file: source.file, line: yaml.lineOf(path) };
}

/** A flag's value as the file would say it. */
function asWritten({ kind }: ConfigKey, value: unknown): unknown {
  if (value === undefined) return undefined;
  if (kind === 'number') return Number.isNaN(Number(value)) ? value : Number(value);
  if (kind === 'boolean') return value === true;
  const isList = kind === 'commas' || kind === 'list' || kind === 'paths' || kind === 'packs';
  if (!isList) return value;
  // Flags take lists with blanks, with commas, or both; only folders may hold a comma in their names.
  const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
  return kind === 'paths' ? parts : parts.flatMap((it) => String(it).split(',')).map((it) => it.trim());
}

function configurationOf({ yaml, document }: ConfigFile, values: readonly EffectiveValue[]): Configuration {
  const packs = values.find((it) => it.key.key === 'packs');
  const named = packs?.origin.kind === 'file' && Array.isArray(packs.value) ? packs.value : [];
  return {
    yaml,
    params: document.params ?? {},
    packs: new Map(named.map((text, index) => [String(text), ['packs', index]])),
  };
}
