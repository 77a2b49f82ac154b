import { z } from 'zod';

/** A signing key as people compare it: 160 bits of its SHA-256 in Crockford’s base 32. */
export const fingerprintSchema = z
  .string()
  .regex(
    /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){7}$/,
    'is written as eight groups of four, such as K3M9-Q2XA-…',
  );
