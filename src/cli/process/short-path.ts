import { relative } from 'node:path';
import { packageRoot } from '../../package-file.js';

/** A file as users know it: those of this package by their place in it, all others as they named them. */
export function shortPath(file: string): string {
  const inPackage = relative(packageRoot, file);
  return inPackage.startsWith('..') || !file.startsWith(packageRoot) ? file : `trailproof/${inPackage}`;
}
