/**
 * The tables as the migrations leave them; a test compares the two column by column. Rows as they are written and read by
 * the ordinary repositories; the hot paths speak SQL to the same tables.
 */
export * from './schema/agreed.ts';
export * from './schema/cases.ts';
export * from './schema/core.ts';
export * from './schema/custody.ts';
export * from './schema/evidence.ts';
export * from './schema/extracts.ts';
export * from './schema/imports.ts';
export * from './schema/pilots.ts';
export * from './schema/plan.ts';
export * from './schema/reviews.ts';
export * from './schema/support.ts';
