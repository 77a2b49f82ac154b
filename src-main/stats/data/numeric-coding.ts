import { ExpectedError } from '#shared/domain/result.ts';
import { categoriesIn, columnNamed, type DataTable, numbersIn } from './table.ts';

/** A column of a design made from a column of the data. */
export type CodedColumn = { readonly name: string; readonly values: Float64Array };

/**
 * Columns as numbers in the rows given: a numeric column as it is, a category as an indicator of each level but the first,
 * named as R names them; NaN where the value is missing.
 * @throws ExpectedError REFUSED_MODEL for a category of one level.
 */
export function numericCoding(
  table: DataTable,
  names: readonly string[],
  rows: Int32Array,
  factors: Readonly<Record<string, readonly string[]>>,
): CodedColumn[] {
  return names.flatMap((name): CodedColumn[] => {
    if (columnNamed(table, name).kind === 'numeric' && !factors[name]) {
      return [{ name, values: numbersIn(table, name, rows) }];
    }
    const { codes, levels } = categoriesIn(table, name, rows, factors[name]);
    if (levels.length < 2) {
      throw new ExpectedError(
        'REFUSED_MODEL',
        `“${name}” has only one value, “${levels[0] ?? ''}”, in the rows that are used, so it can explain nothing.`,
        'Nothing was computed. Leave it out.',
        { column: name },
      );
    }
    return levels.slice(1).map((level, index) => ({
      name: `${name}${level}`,
      values: Float64Array.from(codes, (code) => (code < 0 ? Number.NaN : code === index + 1 ? 1 : 0)),
    }));
  });
}
