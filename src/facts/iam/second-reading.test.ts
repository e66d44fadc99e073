import { assert, property } from 'fast-check';
import { expect, test } from 'vitest';
import { always, conditionKeys, iamDocuments, iamRequests, user } from '../../../test/support/iam-generators.js';
import { askOracle, type OracleAnswer, type OracleRequest } from '../../../test/support/iam-oracle.js';
import {
  anonymous,
  type Decision,
  evaluateIam,
  type ExampleRequest,
  is,
  isAbsent,
  onePrincipal,
  parseIamDocument,
  principalsOfAccount,
} from './index.js';

/** Everything that is known of one request. */
function exactly({ principal, context }: OracleRequest) {
  const mine = conditionKeys.filter(
    (key) => key !== 'aws:PrincipalArn' && !(principal === 'anonymous' && key === 'aws:username'),
  );
  return Object.fromEntries(
    mine.map((key) => {
      const values = context[key];
      return [key, values === undefined ? isAbsent : is(...values)];
    }),
  );
}

/** What is said, and is not so by the second reading. */
function contradictions(
  { allowed, denied }: Decision,
  truth: OracleAnswer,
  shown: (it: ExampleRequest) => OracleAnswer = () => truth,
): readonly string[] {
  const all = (
    [
      ['allowed', allowed],
      ['denied', denied],
    ] as const
  ).map(([goal, { answer, holdsFor, failsFor }]) => ({
    [`${goal} always`]: answer === 'always' && truth !== goal,
    [`${goal} never`]: answer === 'never' && truth === goal,
    [`${goal} as shown`]: holdsFor !== undefined && shown(holdsFor) !== goal,
    [`not ${goal} as shown`]: failsFor !== undefined && shown(failsFor) === goal,
  }));
  return all.flatMap((it) => Object.keys(it).filter((key) => it[key] === true));
}

test('one request is allowed or denied as by a second reading of the pages of AWS, or it is not decided', () => {
  const seen = { always: 0, never: 0, unknown: 0, when: 0 };
  assert(
    property(iamDocuments, iamRequests, (document, request) => {
      const { principal, action, resource } = request;
      const ours = evaluateIam(parseIamDocument(JSON.stringify(document), 'resource'), {
        requester: principal === 'anonymous' ? anonymous() : onePrincipal(principal),
        actions: [action],
        resources: [resource],
        context: exactly(request),
      });
      seen[ours.allowed.answer] += 1;
      expect(contradictions(ours, askOracle(document, request))).toEqual([]);
    }),
    { numRuns: 1200 },
  );
  // One request is no kind of requests; nearly all are decided, and both ways.
  expect(seen.when).toBe(0);
  expect(seen.always).toBeGreaterThan(120);
  expect(seen.never).toBeGreaterThan(120);
  expect(seen.unknown).toBeLessThan(240);
});

test('what is said of all requests of a kind, the second reading says of each, and of those that are shown', () => {
  assert(
    property(iamDocuments, iamRequests, (document, request) => {
      const name = request.principal === user ? { 'aws:username': ['u'] } : {};
      const shown = ({ principal, action, resource, context: of }: ExampleRequest): OracleAnswer => {
        const given = Object.entries(of).flatMap(([key, value]) =>
          value === undefined ? [] : [[key, key === 'aws:TagKeys' ? value.split(', ') : [value]] as const],
        );
        const arn = principal === 'anonymous' ? {} : { 'aws:PrincipalArn': [principal] };
        const context = { ...always, ...Object.fromEntries(given), ...name, ...arn };
        return askOracle(document, { principal, action, resource, context });
      };
      const ours = evaluateIam(parseIamDocument(JSON.stringify(document), 'resource'), {
        requester:
          request.principal === 'anonymous' ? anonymous() : principalsOfAccount(request.principal.split(':')[4] ?? ''),
        actions: ['s3:*'],
        resources: ['arn:aws:s3:::logs', 'arn:aws:s3:::logs/?*'],
        context: { 'aws:username': request.principal === user ? is('u') : isAbsent, 'aws:none': isAbsent },
      });
      const asked = { ...request, action: request.action.replace('sns:Publish', 's3:DeleteObject') };
      expect(contradictions(ours, askOracle(document, asked), shown)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
