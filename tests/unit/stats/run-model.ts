import { ExpectedError } from '#shared/domain/result.ts';
import { csvOf, runProcedure } from '../../statistics/run-procedure.ts';

type Term = {
  readonly term: string;
  readonly estimate: number | null;
  readonly se: number | null;
  readonly df: number | null;
  readonly p: number | null;
  readonly low: number | null;
  readonly high: number | null;
};
export type Columns = Readonly<Record<string, readonly (number | string | null)[]>>;

/** A model of the columns given, its terms by name. */
export async function modelOf(columns: Columns, spec: Readonly<Record<string, unknown>>, procedure = 'glm') {
  const result = await runProcedure({ procedure, data: csvOf(columns), spec });
  const terms = result.terms as readonly Term[];
  return {
    ...result,
    terms,
    fit: result.fit as Readonly<Record<string, unknown>>,
    found: result as Readonly<Record<string, unknown>>,
    term: (name: string): Term => terms.find((term) => term.term === name) as Term,
    said: result.warnings.join('\n'),
  };
}

/** Code and words of the refusal. */
export async function refusal(
  columns: Columns,
  spec: Readonly<Record<string, unknown>>,
  procedure = 'glm',
): Promise<string> {
  try {
    await modelOf(columns, spec, procedure);
  } catch (error) {
    if (error instanceof ExpectedError) return `${error.error.code}: ${error.message} ${error.error.hint}`;
    throw error;
  }
  return 'nothing refused';
}
