import { UsageError } from '../model/errors.js';

/** A proxy that requests by HTTPS go through. */
export interface Proxy {
  /** Without user and password: fit for a message. */
  readonly shown: string;
  /** The variable that names it. */
  readonly variable: string;
  readonly url: URL;
  /** The value of `Proxy-Authorization`, where the address holds a user. */
  readonly authorization: string | undefined;
}

/** Variables of the process, as far as they say how to reach the network. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy of the environment for a host, as the AWS CLI finds it: `HTTPS_PROXY`, unless `NO_PROXY` names the host.
 * Either may be written in lower case, which comes first.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html
 *
 * @throws UsageError where the variable does not name a proxy by HTTP or HTTPS
 */
export function proxyFor(host: string, port: number, environment: Environment): Proxy | undefined {
  const found = variable('HTTPS_PROXY', environment);
  if (found === undefined) return undefined;
  const proxy = proxyOf(found.name, found.value);
  return isExcepted(host, port, variable('NO_PROXY', environment)?.value ?? '') ? undefined : proxy;
}

function variable(
  name: string,
  environment: Environment,
): { readonly name: string; readonly value: string } | undefined {
  for (const it of [name.toLowerCase(), name]) {
    const value = environment[it]?.trim() ?? '';
    if (value !== '') return { name: it, value };
  }
  return undefined;
}

/** Without a scheme it is HTTP, as for the AWS CLI. */
function proxyOf(name: string, value: string): Proxy {
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(value) ? value : `http://${value.replace(/^\/\//, '')}`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.hostname === '') {
    // The value may hold a password.
    throw new UsageError(
      `${name} is not the address of a proxy by HTTP or HTTPS.`,
      'Write it as http://proxy.example.com:3128, or unset it.',
    );
  }
  const { username, password } = url;
  const user = `${decoded(username)}:${decoded(password)}`;
  return {
    shown: `${url.protocol}//${url.host}`,
    variable: name,
    url,
    authorization: user === ':' ? undefined : `Basic ${Buffer.from(user).toString('base64')}`,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that begins no escape stands for itself.
    return text;
  }
}

/** `*`, a host, a domain with all that ends in it, or one of these with a port. */
function isExcepted(host: string, port: number, exceptions: string): boolean {
  const name = host.toLowerCase();
  return exceptions.split(',').some((entry) => {
    const it = entry.trim().toLowerCase();
    if (it === '*') return true;
    const domain = it.replace(/^\*?\./, '');
    return domain !== '' && [name, `${name}:${port}`].some((known) => known === domain || known.endsWith(`.${domain}`));
  });
}
