export type { Answer, Decision, ExampleRequest } from './answer.js';
export { canPrincipal, type Principal } from './can-principal.js';
export { ownTrail, trailsOfOthers } from './cloudtrail-requests.js';
export {
  canCloudTrailCheckBucket,
  canCloudTrailNotify,
  canCloudTrailUseKey,
  canCloudTrailWrite,
  type Delivery,
  type UsingTrail,
} from './cloudtrail-uses.js';
export { canCloudTrailAssume, canRoleWriteStream, type LogStream, type RoleDocuments } from './cloudtrail-role.js';
export type { Denial } from './denial.js';
export { deniesToAllBut, letsInOthers } from './denies-to-all-but.js';
export { deniesForMember, type Member } from './denies-for-member.js';
export { deniesPlainHttp } from './denies-plain-http.js';
export {
  type DocumentKind,
  type IamDocument,
  isMalformed,
  type MalformedDocument,
  type Statement,
} from './document.js';
export { evaluateIam, isAllowed, isDenied } from './evaluate.js';
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
export { allowsAdministration } from './allows-administration.js';
export { type Inside, trustsOutside } from './trusts-outside.js';
export { hasConfusedDeputy, type Trust, trustsOnlyCloudTrail, type Use } from './trusts-cloudtrail.js';
export type { Verdict } from './verdict.js';
export { type Access, type Place, whoCan } from './who-can.js';
export { type ControlPolicy, noDocument, withControls, withPolicies } from './with-controls.js';
