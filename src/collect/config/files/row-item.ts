import {
  hollowItem,
  MalformedAnswer,
  normalizeItem,
  wholeSelection,
  type ConfigItem,
  type JsonObject,
} from '../../../normalize/index.js';

/** An item that was read out of a file, as far as it could be. */
export interface RowItem {
  /** Without what cannot be read of it; undefined where it names no resource. */
  readonly item: ConfigItem | undefined;
  /** What is wrong with it. */
  readonly problem?: string;
}

/** The item of a row. @param isSelected only what a query selected is there */
export function itemOfRow(row: JsonObject, isSelected: boolean): RowItem {
  try {
    const item = normalizeItem(row);
    return { item: isSelected ? wholeSelection(item) : item };
  } catch (error) {
    if (!(error instanceof MalformedAnswer)) throw error;
    const item = hollowItem(isSelected ? { ...row, configuration: {} } : row);
    return { item, problem: error.message };
  }
}
