export { certificatesIn } from './certificates.js';
export { HttpsAgent } from './https-agent.js';
export type { Environment } from './proxy.js';
