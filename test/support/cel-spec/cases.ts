import { createRequire } from 'node:module';

/** A case of the conformance data of the CEL specification (cel-spec, Apache-2.0), as `@bufbuild/cel-spec` carries it. */
export interface CelCase {
  readonly path: string;
  readonly expr: string;
  /** The expected value in the JSON of `cel.expr.Value`; undefined where an error is expected, or nothing is said. */
  readonly value: Readonly<Record<string, unknown>> | undefined;
  readonly isError: boolean;
  readonly container: string | undefined;
  /** Meant for implementations without a checker. */
  readonly isUnchecked: boolean;
  readonly names: readonly CelName[];
  /** The expression with the type of each part, from cel-go's checker; undefined where that refuses it. */
  readonly checkedAst: string | undefined;
}

export interface CelName {
  readonly name: string;
  /** `INT64`, `STRING`, …; undefined where it is no primitive type. */
  readonly type: string | undefined;
  readonly value: unknown;
}

interface Original {
  readonly name: string;
  readonly expr: string;
  readonly container?: string;
  readonly disableCheck?: boolean;
  readonly value?: Readonly<Record<string, unknown>>;
  readonly typedResult?: { readonly result?: Readonly<Record<string, unknown>> };
  readonly evalError?: unknown;
  readonly typeEnv?: readonly { readonly name: string; readonly ident?: { readonly type: { primitive?: string } } }[];
  readonly bindings?: Readonly<Record<string, { readonly value?: Readonly<Record<string, unknown>> }>>;
}

interface Suite {
  readonly name: string;
  readonly suites?: readonly Suite[];
  readonly tests?: readonly { readonly original: Original; readonly checkedAst?: string }[];
}

/** All cases. They come with `@bufbuild/cel`, the other implementation that the language is compared with. */
export function celCases(): readonly CelCase[] {
  const besides = createRequire(createRequire(import.meta.url).resolve('@bufbuild/cel'));
  // The package's type of it: SerializedIncrementalTestSuite.
  const { tests } = besides('@bufbuild/cel-spec/testdata/conformance.js') as { readonly tests: Suite };
  return (tests.suites ?? []).flatMap((suite) => casesOf(suite, suite.name));
}

function casesOf({ suites = [], tests = [] }: Suite, path: string): CelCase[] {
  return [
    ...suites.flatMap((suite) => casesOf(suite, `${path}/${suite.name}`)),
    ...tests.map(({ original, checkedAst }) => toCase(original, checkedAst, path)),
  ];
}

function toCase(original: Original, checkedAst: string | undefined, path: string): CelCase {
  const { name, expr, container, typeEnv = [], bindings = {}, disableCheck = false } = original;
  const isError = original.evalError !== undefined;
  const declared = typeEnv.map((it) => it.name);
  return {
    path: `${path}/${name}`,
    expr,
    // A case that says nothing of the result expects true.
    value: isError ? undefined : (original.value ?? original.typedResult?.result ?? { boolValue: true }),
    isError,
    container,
    isUnchecked: disableCheck,
    names: [...new Set([...declared, ...Object.keys(bindings)])].map((it) => ({
      name: it,
      type: typeEnv.find((entry) => entry.name === it)?.ident?.type.primitive,
      value: Object.values(bindings[it]?.value ?? {})[0],
    })),
    checkedAst,
  };
}
