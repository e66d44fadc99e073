/**
 * Keeps the GitHub Actions runner from obeying what is printed into its log: it looks for `::command::` at the start of a
 * line, white space aside, and for `##[command]` anywhere. Wrapping can bring any word to the start of a line.
 * https://github.com/actions/runner/blob/main/src/Runner.Common/ActionCommand.cs
 *
 * @param text whole lines, for people
 */
export function logText(text: string): string {
  const first = text.includes('::') ? text.replaceAll(/^([^\S\n]*):(?=:)/gm, '$1\\u003a') : text;
  return first.replaceAll('##[', '\\u0023#[');
}
