import type { CategoricalColumn, Column, DataTable, NumericColumn } from '#main/stats/data/table.ts';
import type { Procedure } from '#main/stats/procedures/procedure.ts';
import { type ProcedureResult, runPrepared } from '#main/stats/procedures/run-procedure.ts';
import { compareCodePoints } from '../exposure/person-frame.ts';

export function numbers(name: string, values: readonly number[]): NumericColumn {
  return { kind: 'numeric', name, values: Float64Array.from(values) };
}

export function categories(name: string, values: readonly string[]): CategoricalColumn {
  const levels = [...new Set(values)].sort(compareCodePoints);
  const place = new Map(levels.map((level, at) => [level, at]));
  return {
    kind: 'categorical',
    name,
    levels,
    codes: Int32Array.from(values, (value) => place.get(value) ?? -1),
    firstText: { row: 1, value: values[0] ?? '' },
  };
}

export function tableOf(rows: number, columns: readonly Column[]): DataTable {
  return { rows, columns: new Map(columns.map((column) => [column.name, column])) };
}

/** Runs a procedure on a table that R is to read from a file of that name. @throws ExpectedError REFUSED_MODEL */
export function runOn<Spec>(
  procedure: Procedure<Spec>,
  given: Readonly<Record<string, unknown>>,
  table: DataTable,
  dataName: string,
): ProcedureResult {
  const spec = procedure.schema.parse(given);
  const prepared = { procedure, spec, columns: procedure.columns(spec), files: {} };
  return runPrepared(prepared, table, { dataName, attachments: {}, attachmentNames: {} });
}
