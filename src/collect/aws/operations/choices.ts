/**
 * What a policy may choose beside calls, named as in the View's schema (`x-choice`): it stands among the calls of a run,
 * as its calls are made by others, too, for less. This one: access points of each log bucket, and not only where its
 * policy leaves access to them.
 */
export const everyAccessPoint = 'access-points-of-each-log-bucket';
