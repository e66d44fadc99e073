import type { Command } from 'commander';
import { optionRows, type OptionName } from './option-table.js';

/**
 * Declares flags of the table on a command.
 *
 * @param options - names, in the order of the help; with a text, the help that suits this command, and its default
 */
export function declareOptions(
  command: Command,
  options: readonly (OptionName | readonly [OptionName, string, (readonly string[])?])[],
): void {
  for (const option of options) {
    const [name, help, ownDefault] = typeof option === 'string' ? [option] : option;
    const row = optionRows.find((it) => it.name === name && it.isInputOnly !== true);
    if (row === undefined) throw new Error(`There is no flag --${name}.`);
    const flag = row.takes === undefined ? `--${name}` : `--${name} ${row.takes}`;
    const preset = ownDefault ?? row.default;
    command.option(flag, help ?? row.help, preset === undefined || typeof preset === 'string' ? preset : [...preset]);
  }
}

/** `role-name` → `roleName`, as commander names it. */
export function attributeName(name: string): string {
  return name.replaceAll(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
