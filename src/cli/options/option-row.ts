/** How a value of `trailproof.yaml` is a flag's. */
export type ValueKind =
  | 'text'
  | 'number'
  /** True is the flag; false is a run without it. */
  | 'boolean'
  | 'list'
  /** A list that the flag takes as one text with commas. */
  | 'commas'
  | 'path'
  | 'paths'
  | 'packs'
  | 'source';

/** A key of `trailproof.yaml`. */
export interface ConfigKeyRow {
  readonly name: string;
  readonly kind: ValueKind;
  /** In force when nothing says otherwise, where the flag has no default. */
  readonly fallback?: unknown;
  /** Its JSON Schema, without the description. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** Where the help of the flag does not suit a file. */
  readonly description?: string;
}

/** An input of the GitHub Action. */
export interface InputRow {
  /** How it becomes flags: one, one an item, or one without a value; `own` inputs become none by themselves. */
  readonly as: 'value' | 'items' | 'switch' | 'own';
  readonly default?: string;
  /** Where the help of the flag does not suit an input. */
  readonly description?: string;
}

/** A flag of `scan`, or an input of the action alone; everything that is said of it is here. */
export interface OptionRow {
  /** `role-name`: of the flag `--role-name` and the input `role-name`. */
  readonly name: string;
  /** What it takes, as commander writes it: `<name>`, `<id...>`; missing for a switch. */
  readonly takes?: string;
  readonly help: string;
  /** In force without the flag. */
  readonly default?: string | readonly string[];
  /** It says what is read: where nothing is read any more (`merge`), it does not apply. */
  readonly reads?: true;
  /** Not a flag: an input of the action alone. */
  readonly isInputOnly?: true;
  readonly config?: ConfigKeyRow;
  readonly input?: InputRow;
}
