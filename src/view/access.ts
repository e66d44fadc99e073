import type { Value, ViewObject } from '../expression/index.js';
import type { Reach } from '../facts/index.js';
import { orAbsent, texts } from './convert.js';
import { PartObject, type Values } from './object.js';

/** An access as expressions see it. */
export function accessObject(it: Reach, owner: ViewObject, field: string): Value {
  const values: Values = {
    class: it.class,
    principal: it.principal,
    accountId: orAbsent(it.accountId),
    statement: it.statement,
    actions: texts(it.actions),
    conditions: texts(it.conditions),
    isGranted: it.isGranted,
  };
  return new PartObject('Access', values, owner, field);
}
