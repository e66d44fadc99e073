import { fillIn, type KeyValue } from './compile-test.js';
import type { ActionElement, ResourceElement } from './document.js';
import { memo } from './memo.js';
import { compile, glob, matches, type Pattern } from './pattern.js';
import { hasVariables } from './template.js';
import { negation, some, type Truth, undecided } from './truth.js';

/** What an Action or Resource element says of a text, and the patterns that tell texts apart for it. */
export interface TextMatcher {
  readonly patterns: readonly Pattern[];
  readonly decide: (text: string) => Truth;
}

/** Actions are not case-sensitive. */
export const actionMatcher = memo(({ patterns, isNegated }: ActionElement): TextMatcher => {
  const globs = patterns.map((text) => glob(text, true));
  return { patterns: globs, decide: remembered((action) => globs.some((it) => matches(it, action)) !== isNegated) };
});

/**
 * A wildcard stays within its part of the ARN, but an asterisk at the end of a part reaches over colons; whether another
 * one does is said nowhere clearly, so where it matters the answer is undecided.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function resourceMatcher(element: ResourceElement, lookUp: (key: string) => KeyValue): TextMatcher {
  return element.patterns.some(hasVariables) ? matcherOf(element, lookUp) : fixedMatcher(element);
}

const fixedMatcher = memo((element: ResourceElement) => matcherOf(element, () => ({ state: 'absent' })));

function matcherOf({ patterns, isNegated }: ResourceElement, lookUp: (key: string) => KeyValue): TextMatcher {
  const all = patterns.map((template): TextMatcher => {
    const pieces = fillIn(template, lookUp);
    // A resource that cannot be named is none of those that Resource names; of NotResource no page speaks.
    if (pieces === 'no-value') {
      const truth =
        isNegated && undecided(`NotResource ${template.text} has a variable that the request has no value for`);
      return { patterns: [], decide: () => truth };
    }
    if ('because' in pieces) return { patterns: [], decide: () => pieces };
    const wide = compile(pieces, 'wildcards');
    if (template.text === '*') return { patterns: [wide], decide: () => true };
    const narrow = compile(pieces, 'resource');
    const decide = (resource: string): Truth => {
      const isMatch = matches(narrow, resource);
      if (isMatch || !matches(wide, resource)) return isMatch;
      return undecided(`whether the resource ${template.text} has wildcards that reach over a colon is not documented`);
    };
    return { patterns: [narrow, wide], decide };
  });
  const decide = remembered((resource) => {
    const isOne = some(all.map((it) => it.decide(resource)));
    return isNegated ? negation(isOne) : isOne;
  });
  return { patterns: all.flatMap((it) => it.patterns), decide };
}

/** The same texts are asked for one requester after the other. */
function remembered(decide: (text: string) => Truth): (text: string) => Truth {
  const known = new Map<string, Truth>();
  return (text) => {
    const truth = known.get(text) ?? decide(text);
    known.set(text, truth);
    return truth;
  };
}
