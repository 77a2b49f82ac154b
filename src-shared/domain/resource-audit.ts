import { z } from 'zod';
import { guidanceLinkSchema, planCode, planDay, planPost, planTitle, planWords } from './plan-parts.ts';
import { highestMaturity } from './plan-themes.ts';

const level = z.number().int().min(0).max(highestMaturity);

/** What the force has for a theme today, how far it has come, and how far it is to come. */
export const resourceSchema = z.strictObject({
  resource: planCode,
  /** One of `planThemes`, or the force's own. */
  theme: planTitle,
  title: planTitle,
  maturity: level,
  target: level,
  /** What the rating rests on. */
  evidence: planWords,
  assessedOn: planDay,
  assessedBy: planPost,
  /** What the evidence asks for, where a review says it. */
  guidance: guidanceLinkSchema.nullable().default(null),
});
export type Resource = z.output<typeof resourceSchema>;

/** Levels that are still to go; 0 where the target is reached. */
export function gapOf({ maturity, target }: Pick<Resource, 'maturity' | 'target'>): number {
  return Math.max(0, target - maturity);
}

/** The widest gap first, among equals the lowest maturity, then by theme and code. */
export function byGap<Row extends Resource>(resources: readonly Row[]): Row[] {
  return [...resources].sort(
    (a, b) =>
      gapOf(b) - gapOf(a) || a.maturity - b.maturity || compare(a.theme, b.theme) || compare(a.resource, b.resource),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
