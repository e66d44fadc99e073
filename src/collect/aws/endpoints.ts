import { isIP } from 'node:net';

/**
 * S3 puts the bucket before the host, which an address cannot bear; a name such as `localhost` could, but servers
 * for tests rarely know it. Endpoints of AWS and of others keep AWS's style.
 */
export function usesPathStyle(environment: NodeJS.ProcessEnv = process.env): boolean {
  const endpoint = configuredEndpoint(environment, 'S3');
  if (endpoint === undefined) return false;
  return isLoopback(endpoint.hostname) || isIP(endpoint.hostname) !== 0;
}

/** S3 Control puts the account before the host: a loopback address is spoken to as `localhost`. */
export function localS3ControlEndpoint(environment: NodeJS.ProcessEnv = process.env): { endpoint?: string } {
  const endpoint = configuredEndpoint(environment, 'S3_CONTROL');
  if (endpoint === undefined || !isLoopback(endpoint.hostname)) return {};
  endpoint.hostname = 'localhost';
  return { endpoint: endpoint.href };
}

function configuredEndpoint(environment: NodeJS.ProcessEnv, service: string): URL | undefined {
  if (environment['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'] === 'true') return undefined;
  const text = environment[`AWS_ENDPOINT_URL_${service}`] ?? environment['AWS_ENDPOINT_URL'];
  return text !== undefined && URL.canParse(text) ? new URL(text) : undefined;
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || hostname.startsWith('127.')
  );
}
