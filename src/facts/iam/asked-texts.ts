import type { KeyValue } from './compile-test.js';
import { isMalformed, type Statement } from './document.js';
import { actionMatcher, resourceMatcher } from './match-texts.js';
import { memo } from './memo.js';
import { domainPattern } from './pattern.js';
import type { Requests } from './request.js';
import { seeds, wellKnownFirst } from './seeds.js';
import type { PatternGroup } from './side-by-side.js';
import { hasVariables } from './template.js';
import { type Witnesses, witnesses } from './witnesses.js';

type Levels = readonly (readonly Statement[])[];

/**
 * Actions that stand for all that the question speaks of: those that the statements tell apart.
 *
 * @returns not the whole where there are too many
 */
export function askedActions(levels: Levels, { actions, exceptActions = [] }: Requests): Witnesses {
  const groups = (): readonly PatternGroup[] =>
    levels.flat().flatMap(({ action }) => (isMalformed(action) ? [] : [actionMatcher(action).patterns]));
  return once(levels, ['action', ...actions, 'except', ...exceptActions], () =>
    textsFor(actions, exceptActions, groups(), 'action'),
  );
}

/** Resources that stand for all that the question speaks of. */
export function askedResources(levels: Levels, { resources }: Requests, lookUp: (key: string) => KeyValue): Witnesses {
  const elements = levels.flat().flatMap(({ resource }) => (isMalformed(resource) ? [] : [resource]));
  const find = (): Witnesses =>
    textsFor(
      resources,
      [],
      elements.flatMap((it) => resourceMatcher(it, lookUp).patterns.map((pattern) => [pattern])),
      'resource',
    );
  // What a variable stands for may differ from one requester to another.
  return elements.some((it) => it.patterns.some(hasVariables))
    ? find()
    : once(levels, ['resource', ...resources], find);
}

const answers = memo(() => new Map<string, { readonly texts: Witnesses }>());

/** The same question is asked of the same document for one requester after the other. */
function once(levels: Levels, question: readonly string[], find: () => Witnesses): Witnesses {
  const known = answers(levels);
  const key = question.join('\n');
  const before = known.get(key);
  if (before !== undefined) return before.texts;
  const texts = find();
  known.set(key, { texts });
  return texts;
}

function textsFor(
  asked: readonly string[],
  except: readonly string[],
  groups: readonly PatternGroup[],
  kind: 'action' | 'resource',
): Witnesses {
  const ignoresCase = kind === 'action';
  const fixed = wellKnownFirst(asked.filter((it) => !/[*?]/.test(it)));
  const like = asked.filter((it) => /[*?]/.test(it)).map((it) => domainPattern(it, ignoresCase));
  if (like.length === 0) return { texts: fixed, isWhole: true };
  const domain = { like, unlike: except.map((it) => domainPattern(it, ignoresCase)) };
  const { texts, isWhole } = witnesses(domain, groups);
  return { texts: [...fixed, ...seeds(asked, domain, kind), ...texts], isWhole };
}
