import type { SuppressedCrossTable } from '#main/disclosure/suppress-cross-table.ts';
import { totalLabel } from '#main/disclosure/suppress-table.ts';
import { suppressFile } from '#main/workers/run-suppression.ts';
import { type Suppression, type SuppressSpec, suppressSpecSchema } from '#shared/contract/disclosure.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import type { CallContext } from '../call-context.ts';

/** Threshold of clinical and family measures, the stricter of the two, where a spec names none. */
const defaultThreshold = 10;

function listOf(side: SuppressSpec['rows'] | undefined): readonly string[] {
  if (side === undefined) return [];
  return typeof side === 'string' ? [side] : side;
}

function readSpec(given: Record<string, unknown>): Result<SuppressSpec> {
  const parsed = suppressSpecSchema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
    const key = [...(issue?.path ?? []), ...unknown].join('.');
    const what =
      unknown.length > 0 ? 'is not part of the spec of suppress' : 'in the spec of suppress is not of its form';
    return fail('BAD_SPEC', `“${key}” ${what}.`, 'Nothing was released. docs/disclosure.md shows what a spec holds.');
  }
  const names = [...listOf(parsed.data.rows), ...listOf(parsed.data.columns), ...listOf(parsed.data.count)];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice === undefined) return ok(parsed.data);
  return fail('BAD_SPEC', `“${twice}” is used twice in the spec.`, 'Nothing was released. Name each column once.');
}

function end(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function suppressionOf(table: SuppressedCrossTable, spec: SuppressSpec, rules: Suppression['rules']): Suppression {
  const withheld = table.cells.filter((cell) => cell.reason !== null);
  const extra = withheld.filter((cell) => cell.reason === 'complementary');
  const isMargin = ({ row, column }: { readonly row: string; readonly column: string }): boolean =>
    row.endsWith(totalLabel) || (spec.columns !== undefined && column.endsWith(totalLabel));
  return {
    cells: table.cells.map(({ row, column, value, published, reason }) => ({
      row,
      column,
      // Without `internal` the answer may be handed on as it is, so that a rounded count stands there rounded.
      value: spec.internal === true ? value : published,
      published,
      reason,
    })),
    audit: table.audit.map(({ row, column, low, high, knowingRules }) => ({
      row,
      column,
      low: end(low),
      high: end(high),
      knowingRules: { low: end(knowingRules.low), high: end(knowingRules.high) },
    })),
    rules,
    loss: {
      counts: table.cells.filter((cell) => cell.value > 0).length,
      primary: withheld.length - extra.length,
      complementary: extra.length,
      complementaryMargins: extra.filter(isMargin).length,
    },
    earlierReleases: spec.earlier?.length ?? 0,
  };
}

/** Disclosure control of a table in a plain file. */
export async function suppressTableFile(
  context: CallContext,
  input: InputOf<'disclosure.suppress'>,
): Promise<Result<Suppression>> {
  const read = readSpec(input.spec);
  if (!read.ok) return read;
  const spec = read.value;
  const threshold = spec.threshold ?? defaultThreshold;
  const rules = { threshold, rounding: spec.rounding ?? 0, protect: spec.protect ?? threshold };
  const table = await suppressFile(
    {
      data: input.data,
      rows: listOf(spec.rows),
      columns: listOf(spec.columns),
      count: spec.count ?? null,
      rules,
      earlier: (spec.earlier ?? []).map((release) => ({
        cells: release.cells,
        threshold: release.threshold ?? threshold,
        rounding: release.rounding ?? 0,
        protect: release.protect ?? release.threshold ?? threshold,
        rows: release.rows ?? {},
        columns: release.columns ?? {},
        finerRows: release.finerRows ?? {},
        finerColumns: release.finerColumns ?? {},
      })),
    },
    context.signal,
  );
  return ok(suppressionOf(table, spec, rules));
}
