import { withheldMarker } from '#shared/charts/chart-spec.ts';
import type { Suppression } from '#shared/contract/disclosure.ts';
import { type Arguments, requiredPath } from '../arguments.ts';
import { withEngine } from '../engine-session.ts';
import type { Answer } from '../output.ts';
import { readJsonObject } from '../read-json.ts';

/** Disclosure control on a plain table, without a vault. */
export function suppress(args: Arguments): Promise<Answer> {
  const spec = readJsonObject(requiredPath(args, 'spec'), 'spec');
  const data = requiredPath(args, 'data');
  return withEngine(async ({ call }) => {
    const suppression = await call('disclosure.suppress', { data, spec });
    return { json: suppression, text: printed(suppression) };
  });
}

function printed({ cells, audit, rules, loss }: Suppression): string[] {
  const rows = [...new Set(cells.map((cell) => cell.row))];
  const columns = [...new Set(cells.map((cell) => cell.column))];
  const shown = cells.map(({ published }) => (published === null ? withheldMarker : published.toLocaleString('en-GB')));
  const lines = rows.map((row, index) => [row, ...shown.slice(index * columns.length, (index + 1) * columns.length)]);
  const table = [['', ...columns], ...lines];
  const widths = table[0]?.map((_, place) => Math.max(...table.map((line) => line[place]?.length ?? 0))) ?? [];
  const text = table.map((line) =>
    line
      .map((cell, place) => (place === 0 ? cell.padEnd(widths[place] ?? 0) : cell.padStart(widths[place] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
  const withheld = loss.primary + loss.complementary;
  return [
    ...text,
    '',
    withheld === 0
      ? 'Nothing is withheld.'
      : `${withheldMarker} ${withheld} of ${loss.counts} counts withheld: ${loss.primary} under ${rules.threshold}, ${loss.complementary} to protect them.`,
    ...(rules.rounding > 1 ? [`Counts are rounded to ${rules.rounding}.`] : []),
    ...audit.map(({ row, column, low, high }) => `  ${row}, ${column}: between ${low} and ${high ?? 'any number'}`),
  ];
}
