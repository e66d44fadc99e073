import type { IamDocument, MalformedDocument, Statement } from './document.js';

/** A service or resource control policy, or a policy of a role, by its name. */
export interface ControlPolicy {
  readonly name: string;
  readonly document: IamDocument | MalformedDocument;
}

/** Where nothing is attached: it allows and denies nothing. */
export const noDocument: IamDocument = { kind: 'resource', statements: [], problems: [] };

/**
 * A resource's document together with the resource control policies above its account, of which only the Denies matter:
 * each question may be asked of both at once. They do not bind the resources of the management account.
 * Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function withControls(
  document: IamDocument | MalformedDocument,
  controls: readonly ControlPolicy[],
): IamDocument | MalformedDocument {
  if ('problem' in document) return document;
  const denies = controls.flatMap(statementsOf).filter((it) => it.effect !== 'Allow');
  return { ...document, statements: [...document.statements, ...denies] };
}

/** Policies of one principal, which work as one document. */
export function withPolicies(policies: readonly ControlPolicy[]): IamDocument {
  return { kind: 'identity', statements: policies.flatMap(statementsOf), problems: [] };
}

/** A document that cannot be read may allow and deny anything. */
export function statementsOf({ name, document }: ControlPolicy): readonly Statement[] {
  if (!('problem' in document)) return document.statements.map((it) => labelled(name, it));
  const unreadable = { problem: document.problem };
  return [
    {
      label: name,
      effect: undefined,
      principal: undefined,
      action: unreadable,
      resource: unreadable,
      tests: [],
      malformed: [unreadable],
    },
  ];
}

function labelled(name: string, statement: Statement): Statement {
  return { ...statement, label: `${name}: ${statement.label}` };
}
