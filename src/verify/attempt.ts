import { Unreadable } from '../model/object-store.js';

/** What a listing gave, or why it could not be read to its end. */
export async function attempt<T>(list: () => Promise<T>): Promise<{ readonly it: T } | { readonly unlisted: string }> {
  try {
    return { it: await list() };
  } catch (error) {
    if (error instanceof Unreadable) return { unlisted: error.message };
    throw error;
  }
}
