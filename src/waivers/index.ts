export { attestationsAt, loadAttestations, type LoadedAttestation, type LoadedAttestations } from './attestations.js';
export type { WaiverAccount, WaiverFacts } from './facts.js';
export { unmarked } from './mark.js';
export { loadWaivers, type LoadedWaivers } from './load-waivers.js';
export { waive, type Waived } from './waive.js';
export type { Waiver } from './waiver.js';
