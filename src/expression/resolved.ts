import type { RE2JS } from '@bufbuild/re2';
import type { ViewFunction } from './typed-function.js';
import type { Value } from './values.js';
import type { BuiltIn } from './builtins.js';

/** What a call turned out to be when it was checked. */
export type ResolvedCall =
  | { readonly kind: 'built-in'; readonly builtIn: BuiltIn }
  | { readonly kind: 'view-function'; readonly viewFunction: ViewFunction }
  | { readonly kind: 'matches'; readonly pattern: RE2JS }
  | { readonly kind: 'constant'; readonly value: Value }
  | { readonly kind: 'size' }
  | { readonly kind: 'or-value' };
