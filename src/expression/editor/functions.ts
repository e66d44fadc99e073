import { builtIns } from '../builtins.js';
import type { Environment } from '../environment.js';
import { languageReference } from '../reference.js';
import { isText, type Type } from '../types.js';

/** A function as an editor shows it. */
export interface FunctionText {
  readonly name: string;
  /** `list.exists(x, condition)` */
  readonly signature: string;
  readonly meaning: string;
}

interface OwnFunction extends FunctionText {
  /** Undefined: it stands before no dot. */
  readonly of?: (type: Type) => boolean;
}

const isList = (type: Type): boolean => type.kind === 'list';

/** Those that the checker knows by name. */
const own: readonly OwnFunction[] = [
  { name: 'has', signature: 'has(object.field)', meaning: 'The field is there.' },
  { name: 'size', signature: 'size(list or text)', meaning: 'How many members or characters it has.' },
  { name: 'timestamp', signature: "timestamp('2026-11-21T00:00:00Z')", meaning: 'A time, written out.' },
  { name: 'duration', signature: "duration('24h')", meaning: 'A span of time, written out.' },
  { name: 'exists', signature: 'list.exists(x, condition)', meaning: 'The condition holds for a member.', of: isList },
  {
    name: 'all',
    signature: 'list.all(x, condition)',
    meaning: 'The condition holds for each member; for an empty list, too.',
    of: isList,
  },
  {
    name: 'exists_one',
    signature: 'list.exists_one(x, condition)',
    meaning: 'The condition holds for just one member.',
    of: isList,
  },
  {
    name: 'filter',
    signature: 'list.filter(x, condition)',
    meaning: 'The members for which the condition holds.',
    of: isList,
  },
  { name: 'map', signature: 'list.map(x, value)', meaning: 'What each member gives.', of: isList },
  {
    name: 'size',
    signature: 'list.size()',
    meaning: 'How many members or characters it has.',
    of: (type) => isList(type) || isText(type),
  },
  {
    name: 'matches',
    signature: "text.matches('pattern')",
    meaning: 'A regular expression (RE2) fits a part of the text.',
    of: isText,
  },
];

/** The functions that stand behind a dot after this type. */
export function methodsOf(type: Type): readonly FunctionText[] {
  const named = own.filter((it) => it.of?.(type) === true);
  const builtIn = builtIns.filter((it) => it.receiver?.accepts(type) === true).map(builtInText);
  return distinct([...named, ...builtIn]);
}

/** The functions that stand by themselves. */
export function plainFunctions(environment: Environment): readonly FunctionText[] {
  const named = own.filter((it) => it.of === undefined);
  const builtIn = builtIns.filter((it) => it.receiver === undefined).map(builtInText);
  const ofView = environment.functions.map(({ name, params, names, returns, meaning }) => {
    const given = params.map((type, index) => (names?.[index] === undefined ? type : `${names[index]}: ${type}`));
    return { name, signature: `${name}(${given.join(', ')}): ${returns}`, meaning };
  });
  return distinct([...named, ...builtIn, ...ofView]);
}

/** All ways of calling a function of this name. */
export function functionsNamed(name: string, isMethod: boolean, environment: Environment): readonly FunctionText[] {
  const named = own.filter((it) => it.name === name && (it.of !== undefined) === isMethod);
  const builtIn = builtIns.filter((it) => it.name === name && (it.receiver !== undefined) === isMethod);
  const ofView = isMethod ? [] : plainFunctions(environment).filter((it) => it.name === name);
  return [...new Map([...named, ...builtIn.map(builtInText), ...ofView].map((it) => [it.signature, it])).values()];
}

function builtInText({ name, receiver, params, returns }: (typeof builtIns)[number]): FunctionText {
  const before = receiver === undefined ? '' : `${receiver.name}.`;
  const given = params.map((it) => it.name).join(', ');
  const isMethod = receiver !== undefined;
  const told = languageReference.find((it) => it.name === name && it.signature.startsWith(`${name}(`) !== isMethod);
  return { name, signature: `${before}${name}(${given}): ${returns.kind}`, meaning: told?.meaning ?? '' };
}

/** Each name once. */
function distinct(functions: readonly FunctionText[]): readonly FunctionText[] {
  const byName = new Map<string, FunctionText>();
  for (const it of functions) if (!byName.has(it.name)) byName.set(it.name, it);
  return [...byName.values()];
}
