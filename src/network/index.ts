export { certificatesIn } from './certificates.js';
export { HttpsAgent } from './https-agent.js';
export { proxyFor, type Environment } from './proxy.js';
