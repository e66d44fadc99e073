import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { celEnv, parse, plan } from '@bufbuild/cel';
import { Environment } from '@marcbachmann/cel-js';
import { bool, compile, evaluate, listOf, objectOf, string, type Field } from '../src/expression/index.js';
import { ABSENT, ViewList, type Value, type ViewObject } from '../src/expression/values.js';

interface Selector {
  readonly readWriteType: string;
}

interface Trail {
  readonly isMultiRegionTrail: boolean;
  readonly eventSelectors: readonly Selector[];
}

export interface Contender {
  readonly name: string;
  /** Evaluates all objects; how many hold. */
  run(): number;
}

/** What each of them evaluates. */
export const source = `trail.isMultiRegionTrail && trail.eventSelectors.exists(s, s.readWriteType == 'All')`;

/** An object of the View over plain data. */
class PlainObject implements ViewObject {
  constructor(
    readonly type: string,
    private readonly fields: Readonly<Record<string, Value>>,
  ) {}

  get(field: string): Value {
    return this.fields[field] ?? ABSENT;
  }

  evidence(): readonly string[] {
    return [];
  }
}

/** The function written by hand, first; then the policy language; then other implementations of CEL. */
export function contendersOver(objects: number): readonly Contender[] {
  const trails = Array.from({ length: objects }, (_, index) => aTrail(index));
  return [
    { name: 'a function written by hand', run: byHand(trails) },
    { name: 'Trailproof', run: ours(trails) },
    { name: `@bufbuild/cel ${versionOf('@bufbuild/cel')}`, run: bufbuild(trails) },
    { name: `@marcbachmann/cel-js ${versionOf('@marcbachmann/cel-js')}`, run: marcbachmann(trails) },
  ];
}

/** Every kind of answer: not multi-Region, no selector, the second selector, none that fits. */
function aTrail(index: number): Trail {
  const types = [['All'], [], ['ReadOnly', 'All'], ['ReadOnly', 'WriteOnly']][Math.floor(index / 2) % 4] ?? [];
  return {
    isMultiRegionTrail: index % 2 === 0,
    // Texts that are read are never one object in memory.
    eventSelectors: types.map((it) => ({ readWriteType: Buffer.from(it).toString() })),
  };
}

function byHand(all: readonly Trail[]): Contender['run'] {
  const holds = (trail: Trail): boolean =>
    trail.isMultiRegionTrail && trail.eventSelectors.some((it) => it.readWriteType === 'All');
  return () => {
    let count = 0;
    for (const trail of all) if (holds(trail)) count += 1;
    return count;
  };
}

function ours(all: readonly Trail[]): Contender['run'] {
  const required = (type: Field['type']): Field => ({ type, isOptional: false, description: '' });
  const types = new Map([
    [
      'Trail',
      new Map([
        ['isMultiRegionTrail', required(bool)],
        ['eventSelectors', required(listOf(objectOf('Selector')))],
      ]),
    ],
    ['Selector', new Map([['readWriteType', required(string)]])],
  ]);
  const { expression } = compile(
    source,
    {
      types: { object: (name) => types.get(name), names: [...types.keys()] },
      names: new Map([['trail', required(objectOf('Trail'))]]),
      functions: [],
    },
    bool,
  );
  if (expression === undefined) throw new Error('the expression does not compile');
  const scopes = all.map(viewOf).map((trail) => ({ get: (): Value => trail }));
  return () => {
    let count = 0;
    for (const scope of scopes) if (evaluate(expression, scope) === true) count += 1;
    return count;
  };
}

function viewOf({ isMultiRegionTrail, eventSelectors }: Trail): ViewObject {
  const selectors = eventSelectors.map(({ readWriteType }) => new PlainObject('Selector', { readWriteType }));
  return new PlainObject('Trail', { isMultiRegionTrail, eventSelectors: new ViewList(selectors) });
}

function bufbuild(all: readonly Trail[]): Contender['run'] {
  const evaluateCel = plan(celEnv(), parse(source));
  return () => {
    let count = 0;
    for (const trail of all) if (evaluateCel({ trail: trail as never }) === true) count += 1;
    return count;
  };
}

function marcbachmann(all: readonly Trail[]): Contender['run'] {
  const program = new Environment().registerVariable('trail', 'map').parse(source);
  return () => {
    let count = 0;
    for (const trail of all) if (program({ trail }) === true) count += 1;
    return count;
  };
}

function versionOf(name: string): string {
  const entry = createRequire(`${process.cwd()}/package.json`).resolve(name);
  const folder = entry.slice(0, entry.lastIndexOf(`node_modules/${name}/`)) + `node_modules/${name}`;
  return (JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as { version: string }).version;
}
