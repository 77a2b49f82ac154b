import { z } from 'zod';
import { dayOfIso } from './dates.ts';

/** Empty where nothing is said yet. */
export const planWords = z.string().trim().max(4_000).default('');
export const planTitle = z.string().trim().min(1, 'say what it is').max(200);
export const planDay = z.string().refine((text) => dayOfIso(text) !== null, 'must be a date such as 2026-03-31');

/** What the force calls a thing of its plan, such as `A3`: it stays as it is. */
export const planCode = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,49}$/, 'must be letters and digits, such as A3');

/** A role or post, or the name of somebody who acts in it; personal data of staff, so that no audit event holds it. */
export const planPost = z.string().trim().min(2, 'name a role or post').max(100);

/** A statement of guidance of a review, by the codes that the review has for both. */
export const guidanceLinkSchema = z.strictObject({
  review: z.string().trim().min(1).max(200),
  guidance: z.string().trim().min(1).max(200),
});
export type GuidanceLink = z.output<typeof guidanceLinkSchema>;

/** The next of the codes that are counted under a letter: `A4` where `A3` is the highest. */
export function nextCode(letter: string, taken: Iterable<string>): string {
  const numbers = [...taken].flatMap((code) => {
    const found = new RegExp(`^${letter}(\\d{1,6})$`).exec(code);
    return found ? [Number(found[1])] : [];
  });
  return `${letter}${Math.max(0, ...numbers) + 1}`;
}
