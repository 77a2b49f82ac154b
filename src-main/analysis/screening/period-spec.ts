import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

const date = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');
const periodSchema = z.strictObject({ from: date, to: date });
export type PeriodSpec = z.infer<typeof periodSchema>;

const mostDays = 366 * 30;

/** The spec of a method over a period, first and last day included. Fails with `BAD_SPEC`, naming the field. */
export function parsePeriodSpec(method: string, spec: unknown): Result<PeriodSpec> {
  const parsed = periodSchema.safeParse(spec);
  const hint = 'Nothing was run. Correct the spec and run it again.';
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const place = issue === undefined || issue.path.length === 0 ? 'it' : `“${issue.path.join('.')}”`;
    return fail('BAD_SPEC', `The spec of ${method} cannot be used: ${place}: ${issue?.message ?? 'unknown'}.`, hint);
  }
  const days = (dayOfIso(parsed.data.to) ?? 0) - (dayOfIso(parsed.data.from) ?? 0);
  if (days < 0) return fail('BAD_SPEC', `The period of ${method} ends before it begins.`, hint);
  if (days > mostDays) return fail('BAD_SPEC', `The period of ${method} is longer than 30 years.`, hint);
  return ok(parsed.data);
}
