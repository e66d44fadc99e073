export type { Answer, Decision, ExampleRequest } from './answer.js';
export { deniesPlainHttp } from './denies-plain-http.js';
export type { DocumentKind, IamDocument, MalformedDocument } from './document.js';
export { evaluateIam } from './evaluate.js';
export { isPublic, keyIsPublic } from './is-public.js';
export { accountsNamedIn, organizationsNamedIn } from './named-in.js';
export { parseIamDocument } from './parse.js';
export { type ContextValue, is, isAbsent, isUnknown, type Requester, type Requests } from './request.js';
export {
  type AccountOptions,
  anonymous,
  onePrincipal,
  type Ours,
  outsider,
  principalsOfAccount,
  principalsOfAnyAccount,
  principalsOfOrganization,
  service,
  type Source,
} from './requesters.js';
export { hasConfusedDeputy, type Trust, trustsOnlyCloudTrail, type Use } from './trusts-cloudtrail.js';
export type { Verdict } from './verdict.js';
export { type Access, ownTrail, type Place, trailsOfOthers, whoCan } from './who-can.js';
