import type { Dimension, Presence } from './dimension.js';

/** A condition key that says which way a request came, and its place among the dimensions. */
interface Routed {
  readonly index: number;
  readonly route: 'vpc' | 'address';
  readonly presence: readonly Presence[];
}

/** Those of the dimensions that say which way a request came. */
export function routedOf(dimensions: readonly Dimension[]): readonly Routed[] {
  return dimensions.flatMap(({ route, presence }, index) =>
    route === undefined || presence === undefined ? [] : [{ index, route, presence }],
  );
}

/**
 * Whether AWS can send such a request: one through a VPC endpoint has the keys of the VPC, all of them, and no
 * aws:SourceIp; any other has none of them.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 *
 * @param routed the dimensions that say it
 * @param request the chosen value of each dimension, as far as it is fixed
 */
export function isPossible(routed: readonly Routed[], request: readonly (number | undefined)[]): boolean {
  let vpc: Presence = 'unknown';
  let sourceIp: Presence = 'unknown';
  for (const { index, route, presence } of routed) {
    const state = presenceOf(presence, request[index]);
    if (route === 'address') sourceIp = state;
    else if (state !== 'unknown') {
      if (vpc !== 'unknown' && vpc !== state) return false;
      vpc = state;
    }
  }
  return !(vpc === 'present' && sourceIp === 'present');
}

function presenceOf(presence: readonly Presence[], choice: number | undefined): Presence {
  if (choice !== undefined) return presence[choice] ?? 'unknown';
  const [first = 'unknown', ...others] = presence;
  return others.every((it) => it === first) ? first : 'unknown';
}

/** Keys that say which way a request came. */
export function routeOf(key: string): 'vpc' | 'address' | undefined {
  switch (key.toLowerCase()) {
    case 'aws:sourcevpc':
    case 'aws:sourcevpce':
    case 'aws:vpcsourceip':
      return 'vpc';
    case 'aws:sourceip':
      return 'address';
    default:
      return undefined;
  }
}
