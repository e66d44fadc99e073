import type { Trail, TrailDescription } from './inventory.js';
import { known, type Known } from './known.js';

/**
 * What a trail's description tells, though it may lack some of the members that AWS always writes: what it names is in it
 * or not set.
 */
export function toldOf({ description, told }: Pick<Trail, 'description' | 'told'>): Known<Told> {
  return description.state === 'unknown' && told !== undefined ? known(told) : description;
}

/** Members that AWS writes only where they are set are known to be set or not; the others may not be told. */
type Told = Pick<TrailDescription, 's3BucketName'> & Partial<TrailDescription>;
