import type { HttpHandlerOptions } from '@smithy/types';
import type { AttemptOptions } from './metered-handler.js';

/**
 * Sends a call, and says what its answer holds that the SDK does not know, as paths: `Selectors.0.NewMember`. The SDK
 * drops such members without a word: a condition that is newer than it would be no condition.
 */
export async function withUnknownMembers<O extends object>(
  options: HttpHandlerOptions,
  send: (options: HttpHandlerOptions) => Promise<O>,
): Promise<O & { readonly unknownMembers: readonly string[] }> {
  let body: Uint8Array = new Uint8Array();
  const listening: Pick<AttemptOptions, 'onBody'> = {
    onBody: (it) => {
      body = it;
    },
  };
  const output = await send({ ...options, ...listening });
  const document: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
  return { ...output, unknownMembers: unknownMembers(document, output) };
}

/** The paths of what is in a JSON document, and not in what was made of it. */
export function unknownMembers(document: unknown, made: unknown, path: readonly string[] = []): string[] {
  if (typeof document !== 'object' || document === null) return [];
  return Object.entries(document).flatMap(([name, value]) => {
    // AWS writes members without a value as null, too.
    if (value === null || value === undefined) return [];
    const here = [...path, name];
    const inner: unknown = typeof made === 'object' && made !== null ? Reflect.get(made, name) : undefined;
    return inner === undefined ? [here.join('.')] : unknownMembers(value, inner, here);
  });
}
