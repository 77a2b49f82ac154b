import { z } from 'zod';
import { dayOfIso } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';

/** A day in a spec. */
export const date = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');

/** What a spec that cannot be used leaves, and what to do. */
export const specHint = 'Nothing was run. Correct the spec and run it again.';

/** A spec with every default filled in. Fails with `BAD_SPEC`, naming the field or the key that is not known. */
export function parseSpec<T>(schema: z.ZodType<T>, spec: unknown, method: string): Result<T> {
  const parsed = schema.safeParse(spec);
  if (parsed.success) return ok(parsed.data);
  const issue = parsed.error.issues[0];
  const place = issue === undefined || issue.path.length === 0 ? 'it' : `"${issue.path.join('.')}"`;
  return fail(
    'BAD_SPEC',
    `The spec of ${method} cannot be used: ${place}: ${issue?.message ?? 'unknown problem'}.`,
    specHint,
  );
}

const mostPeriodDays = 366 * 30;

/** As `parseSpec`, of a method over a period, first and last day included: it must not end before it begins, nor last over 30 years. */
export function parsePeriodOf<T extends { readonly from: string; readonly to: string }>(
  schema: z.ZodType<T>,
  spec: unknown,
  method: string,
): Result<T> {
  const parsed = parseSpec(schema, spec, method);
  if (!parsed.ok) return parsed;
  const days = (dayOfIso(parsed.value.to) ?? 0) - (dayOfIso(parsed.value.from) ?? 0);
  if (days < 0) return fail('BAD_SPEC', `The period of ${method} ends before it begins.`, specHint);
  if (days > mostPeriodDays) return fail('BAD_SPEC', `The period of ${method} is longer than 30 years.`, specHint);
  return parsed;
}
