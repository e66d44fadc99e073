import { preparePython, type PreparedPython } from './python-environment.js';

/** A Python that has moto, or why there is none. */
export async function prepareMoto(): Promise<PreparedPython> {
  return await preparePython('moto', 'requirements.txt');
}
