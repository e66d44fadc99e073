import { union, type Field } from './object.js';
import type { Value, ViewObject } from '../expression/index.js';
import type { World } from './world.js';
import type { Cause } from '../model/cause.js';

interface HasEvidence {
  readonly evidence: Readonly<Record<string, string>>;
}

/** Evidence of the calls that were made for a resource. */
export function evidenceOf({ evidence }: HasEvidence, calls: readonly string[]): readonly string[] {
  return calls.flatMap((call) => evidence[call] ?? []);
}

/** Nothing that is computed of a resource as a whole rests on its tags. */
const tagCalls: ReadonlySet<string> = new Set(['cloudtrail:ListTags', 's3:GetBucketTagging']);

/** All that was asked of a resource, but for its tags. */
export function allEvidenceOf({ evidence }: HasEvidence): readonly string[] {
  return Object.entries(evidence).flatMap(([call, id]) => (tagCalls.has(call) ? [] : [id]));
}

type Read<S> = (subject: S, world: World, self: ViewObject) => Value;

/** A field that the given calls on the resource tell. */
export function observed<S extends HasEvidence>(calls: readonly string[], read: Read<S>): Field<S> {
  return { read, evidence: (subject) => evidenceOf(subject, calls) };
}

/** A field that follows from others, with the evidence of all of them. */
export function derived<S>(
  evidence: (subject: S, world: World) => readonly (readonly string[])[],
  read: Read<S>,
  cause?: (subject: S, world: World) => Cause | undefined,
): Field<S> {
  return {
    read,
    evidence: (subject, world) => union(evidence(subject, world)),
    ...(cause === undefined ? {} : { cause }),
  };
}

/** Fields by name. */
export function fields<S>(all: Readonly<Record<string, Field<S>>>): ReadonlyMap<string, Field<S>> {
  return new Map(Object.entries(all));
}
