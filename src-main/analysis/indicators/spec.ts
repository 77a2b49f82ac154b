import { z } from 'zod';
import { dayOfIso, lastDayOfMonth, monthIndexOfIso, monthOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { indicatorDefinitions } from './registry.ts';

const ids = indicatorDefinitions.map(({ id }) => id);
const date = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');

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
  const parsed = schema.safeParse(spec);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'it' : `“${issue.path.join('.')}”`;
  return fail(
    'BAD_SPEC',
    `The spec of indicators cannot be used: ${place}: ${issue?.message ?? 'unknown'}.`,
    'Nothing was run. Correct the spec and run it again.',
  );
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
