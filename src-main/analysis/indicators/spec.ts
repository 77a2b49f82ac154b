import { z } from 'zod';
import { dayOfIso, lastDayOfMonth, monthIndexOfIso, monthOfDay } from '#shared/domain/dates.ts';
import type { Result } from '#shared/domain/result.ts';
import { date, parseSpec } from '../parse-spec.ts';
import { indicatorDefinitions } from './registry.ts';

const ids = indicatorDefinitions.map(({ id }) => id);
const schema = z.strictObject({
  asOf: date,
  months: z.number().int().min(2).max(120).default(24),
  indicators: z
    .array(
      z.string().refine((id) => ids.includes(id), {
        error: (issue) => `there is no indicator “${String(issue.input)}”; they are: ${ids.join(', ')}`,
      }),
    )
    .min(1)
    .refine((list) => new Set(list).size === list.length, 'each may be named once')
    .nullable()
    .default(null),
});

/** The spec of `indicators` with every default filled in. */
export type IndicatorsSpec = z.infer<typeof schema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parseIndicatorsSpec(spec: unknown): Result<IndicatorsSpec> {
  return parseSpec(schema, spec, 'indicators');
}

export type Month = { readonly name: string; readonly firstDay: number; readonly lastDay: number };

/** The last whole months up to a day. */
export function wholeMonths({ asOf, months }: IndicatorsSpec): Month[] {
  const day = dayOfIso(asOf) ?? 0;
  const own = monthIndexOfIso(asOf) ?? 0;
  const last = lastDayOfMonth(own) <= day ? own : own - 1;
  return Array.from({ length: months }, (_, at) => {
    const index = last - months + 1 + at;
    const lastDay = lastDayOfMonth(index);
    return { name: monthOfDay(lastDay), firstDay: lastDayOfMonth(index - 1) + 1, lastDay };
  });
}
