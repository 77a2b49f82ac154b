import { ExpectedError } from '#shared/domain/result.ts';
import type { DataTable } from '../data/table.ts';
import type { AnyProcedure, Outcome, RunContext } from './procedure.ts';
import { procedureNamed, procedureNames } from './registry.ts';

export type ProcedureResult = { readonly procedure: string } & Outcome;

/** A procedure with its spec read; what it needs of files is known before they are opened. */
export type PreparedProcedure = {
  readonly procedure: AnyProcedure;
  readonly spec: unknown;
  readonly columns: readonly string[];
  readonly files: Readonly<Record<string, string>>;
};

/** @throws ExpectedError UNKNOWN_PROCEDURE, BAD_SPEC */
export async function prepareProcedure(
  name: string,
  given: Readonly<Record<string, unknown>>,
): Promise<PreparedProcedure> {
  const procedure = await procedureNamed(name);
  if (!procedure) {
    throw new ExpectedError(
      'UNKNOWN_PROCEDURE',
      `There is no procedure “${name}”.`,
      `Nothing was computed. The procedures are: ${procedureNames.join(', ')}.`,
    );
  }
  const parsed = procedure.schema.safeParse(given);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue?.path.join('.') ?? '';
    throw new ExpectedError(
      'BAD_SPEC',
      place === ''
        ? `The spec of ${name} is not of its form: ${issue?.message ?? 'it cannot be read'}.`
        : `“${place}” in the spec of ${name} is not of its form: ${issue?.message ?? 'it cannot be read'}.`,
      'Nothing was computed. docs/statistics.md shows an input of each procedure.',
    );
  }
  const spec = parsed.data as never;
  return { procedure, spec, columns: [...new Set(procedure.columns(spec))], files: procedure.files?.(spec) ?? {} };
}

/** Runs it, and sees to it that no number without meaning goes out unexplained. */
export function runPrepared(prepared: PreparedProcedure, table: DataTable, context: RunContext): ProcedureResult {
  const { procedure, spec } = prepared;
  const outcome = procedure.run(table, spec as never, context);
  const unexplained: string[] = [];
  const { n, excluded, warnings, r, ...found } = outcome;
  const cleaned = plain(found, '', unexplained) as Record<string, unknown>;
  return { procedure: procedure.name, n, excluded, ...cleaned, warnings: [...warnings, ...unexplained], r };
}

const mostNamed = 5;

/** Typed arrays as lists, and null for what is not a finite number, with a warning that names its place. */
function plain(value: unknown, path: string, unexplained: string[]): unknown {
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value;
    if (unexplained.length < mostNamed) {
      unexplained.push(
        Number.isNaN(value)
          ? `${path} cannot be computed from these data.`
          : `${path} is ${value > 0 ? '' : 'minus '}infinite.`,
      );
    }
    return null;
  }
  if (ArrayBuffer.isView(value)) return plain(Array.from(value as Float64Array), path, unexplained);
  if (Array.isArray(value)) return value.map((item, index) => plain(item, `${path}[${index + 1}]`, unexplained));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, plain(item, path === '' ? key : `${path}.${key}`, unexplained)]),
  );
}
