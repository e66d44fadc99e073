import { expect, test } from 'vitest';
import { readPolicies } from '../src/cli/policies/load-policies.js';
import { frameworks } from '../src/model/frameworks.js';

const policies = readPolicies({}, true).all;

test.each(frameworks.map((it) => [it.id, it] as const))(
  '%s: each control has a policy, or a reason why it has none',
  (id, { controls }) => {
    const mapped = new Set(policies.flatMap((it) => it.document.controls?.[id] ?? []));
    const wrong = controls.filter((it) => {
      const isSaid = it.manual !== undefined || it.inherited !== undefined;
      return isSaid === mapped.has(it.id);
    });
    expect(wrong.map((it) => it.id)).toEqual([]);
  },
);
