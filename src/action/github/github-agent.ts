import type { Agent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { certificatesIn, HttpsAgent, type Environment } from '../../network/index.js';

const connectTimeout = 10_000;

/**
 * How GitHub is reached: as AWS is, by the proxy and with the certificates of the environment. A bundle for AWS may hold
 * the certificates of AWS alone, so it comes on top of Node's own.
 *
 * @throws UsageError where the environment names what is no proxy, or no file of certificates
 */
export function gitHubAgent(environment: Environment): Agent {
  const bundle = environment['AWS_CA_BUNDLE'] ?? '';
  const ca = bundle === '' ? {} : { ca: [...rootCertificates, ...certificatesIn(bundle, 'AWS_CA_BUNDLE')] };
  return new HttpsAgent({ environment, connectTimeout, keepAlive: true, ...ca });
}
