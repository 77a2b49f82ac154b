import { z } from 'zod';
import type { Result } from '#shared/domain/result.ts';
import { date, parsePeriodOf } from '../parse-spec.ts';

const periodSchema = z.strictObject({ from: date, to: date });
export type PeriodSpec = z.infer<typeof periodSchema>;

/** The spec of a method over a period, first and last day included. Fails with `BAD_SPEC`, naming the field. */
export function parsePeriodSpec(method: string, spec: unknown): Result<PeriodSpec> {
  return parsePeriodOf(periodSchema, spec, method);
}
