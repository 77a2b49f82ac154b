import { z } from 'zod';
import { fingerprintSchema } from '#shared/domain/key-fingerprint.ts';
import type { Result } from '#shared/domain/result.ts';
import { parseSpec } from '../parse-spec.ts';

const exposure = z.number().min(0).max(1e6);
export const trustedSchema = z.record(z.string().min(2).max(80), fingerprintSchema);

const poolSchema = z.strictObject({
  /** The fingerprint of each force’s key, as the force told it by another way than the file. */
  trusted: trustedSchema.default({}),
  confidence: z.number().gt(0.5).lt(1).default(0.95),
  /** Exposures at which curves are told; null takes the knots. */
  at: z.array(exposure).min(1).max(30).nullable().default(null),
  /** Exposure that a curve is compared with. */
  reference: exposure.default(0),
  title: z.string().min(1).max(120).default('Pooled across forces'),
  marking: z.string().min(1).max(100).default('OFFICIAL-SENSITIVE'),
});

/** The spec of `pool` with every default filled in. */
export type PoolSpec = z.infer<typeof poolSchema>;

/** Fails with `BAD_SPEC`, naming the field. */
export function parsePoolSpec(spec: unknown): Result<PoolSpec> {
  return parseSpec(poolSchema, spec, 'pool');
}
