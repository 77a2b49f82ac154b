import { z } from 'zod';

const columnName = z.string().min(1).max(1_000);

/** A column of the data. */
export const columnSpec = columnName;

/** Keys that every procedure takes. */
export const commonSpec = {
  /** Share of intervals that cover, strictly between 0 and 1. */
  confidence: z.number().gt(0).lt(1).default(0.95),
  /** Order of levels by column, the reference first. */
  factors: z.record(columnName, z.array(z.union([z.string(), z.number().transform(String)])).min(1)).default({}),
};

export const formulaSpec = z.string().min(1);

/** Seed of everything random: a whole number from 0 to 2^53 − 1. */
export const seedSpec = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
