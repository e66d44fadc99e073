import type { ActivityForm, CompiledActivity, Quantity } from '../../activity/index.js';
import { quantityOf } from '../../activity/index.js';
import { mutantsOf, type Expression } from '../../expression/index.js';
import type { CompiledPolicy } from '../compiled-policy.js';
import { paramsObject } from '../parameters.js';
import type { Path } from '../yaml/yaml-file.js';

/** An activity with one thing changed. */
export interface MutatedActivity {
  /** `activity.never.where` */
  readonly path: Path;
  /** Offset of what was changed, in the text at the path. */
  readonly start: number;
  readonly change: string;
  readonly activity: CompiledActivity;
}

/** Every way of getting an activity slightly wrong: a condition, a count one off, half the window and twice of it. */
export function* mutatedActivities(policy: CompiledPolicy, activity: CompiledActivity): Generator<MutatedActivity> {
  const { form, except } = activity;
  const at = ['activity', form.kind];
  const changed = (other: ActivityForm): CompiledActivity => ({ ...activity, form: other });
  for (const it of mutants(form.where, [...at, 'where'])) yield { ...it, activity: changed({ ...form, where: it.by }) };
  if (form.kind === 'followed-by') {
    for (const it of mutants(form.next, [...at, 'then'])) yield { ...it, activity: changed({ ...form, next: it.by }) };
    for (const it of without(form.same, [...at, 'same'])) yield { ...it, activity: changed({ ...form, same: it.by }) };
  }
  if (form.kind === 'at-most') {
    for (const it of without(form.by, [...at, 'by'])) yield { ...it, activity: changed({ ...form, by: it.by }) };
    for (const it of counts(form.count, [...at, 'count'], policy)) {
      yield { ...it, activity: changed({ ...form, count: it.by }) };
    }
  }
  if (form.kind === 'happens') {
    for (const it of counts(form.atLeast, [...at, 'at-least'], policy)) {
      yield { ...it, activity: changed({ ...form, atLeast: it.by }) };
    }
    for (const it of spans(form.every, [...at, 'every'], policy))
      yield { ...it, activity: changed({ ...form, every: it.by }) };
  }
  if (form.kind === 'familiar') {
    for (const it of without(form.what, [...at, 'what'])) yield { ...it, activity: changed({ ...form, what: it.by }) };
    for (const it of spans(form.baseline, [...at, 'baseline'], policy)) {
      yield { ...it, activity: changed({ ...form, baseline: it.by }) };
    }
  }
  if (form.kind === 'at-most' || form.kind === 'followed-by') {
    for (const it of spans(form.within, [...at, 'within'], policy)) {
      yield { ...it, activity: changed({ ...form, within: it.by }) };
    }
  }
  if (except !== undefined) {
    for (const it of mutants(except, ['activity', 'except'])) yield { ...it, activity: { ...activity, except: it.by } };
    const { except: _, ...strict } = activity;
    yield { path: ['activity', 'except'], start: 0, change: 'except → nothing', activity: strict };
  }
}

interface Changed<T> {
  readonly path: Path;
  readonly start: number;
  readonly change: string;
  readonly by: T;
}

function mutants(expression: Expression, path: Path): readonly Changed<Expression>[] {
  return mutantsOf(expression).map(({ expression: by, start, change }) => ({ path, start, change, by }));
}

function without(list: readonly Expression[], path: Path): readonly Changed<readonly Expression[]>[] {
  return list.map(({ source }, index) => ({
    path: [...path, index],
    start: 0,
    change: `without ${source}`,
    by: list.toSpliced(index, 1),
  }));
}

function counts(quantity: Quantity, path: Path, policy: CompiledPolicy): readonly Changed<number>[] {
  const value = quantityOf(quantity, paramsObject(policy.params));
  if (value === undefined) return [];
  return [value - 1, value + 1].map((by) => ({ path, start: 0, change: `${value} → ${by}`, by }));
}

function spans(quantity: Quantity, path: Path, policy: CompiledPolicy): readonly Changed<number>[] {
  const value = quantityOf(quantity, paramsObject(policy.params));
  if (value === undefined) return [];
  return [
    { path, start: 0, change: 'half the time', by: value / 2 },
    { path, start: 0, change: 'twice the time', by: value * 2 },
  ];
}
