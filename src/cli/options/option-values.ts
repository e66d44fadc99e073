/** What the values of options look like, as JSON Schema. */
export const accountId = {
  type: 'string',
  pattern: String.raw`^\d{12}$`,
  examples: ['111122223333'],
  patternErrorMessage: 'An account id is a text of 12 digits, in quotes: YAML drops the leading zeros of a number.',
};
export const path = { type: 'string', minLength: 1, maxLength: 1000 };
export const formats =
  'text,json,sarif,markdown,html,junit,csv,framework,framework-text,framework-json,framework-csv,ocsf,asff,oscal';
export const listOf = (items: Readonly<Record<string, unknown>>) => ({ type: 'array', items, minItems: 1 });
