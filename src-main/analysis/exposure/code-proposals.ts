import { z } from 'zod';
import { ruleCategories } from '#shared/contract/code-rules.ts';

const words = z.array(z.string().regex(/^[a-z]+$/)).min(1);

/** Words by which categories are proposed for codes: `all` of them, one of `any`, and none of `none`; the first that fits. */
const proposalWordsSchema = z.strictObject({
  name: z.string(),
  basis: z.string(),
  words: z.array(
    z
      .strictObject({
        all: words.optional(),
        any: words.optional(),
        none: words.optional(),
        category: z.string().refine((category) => ruleCategories.includes(category)),
        reason: z.string().min(1),
      })
      .refine(({ all, any }) => all !== undefined || any !== undefined),
  ),
});

export type CodeProposal = { readonly category: string; readonly reason: string };

/** Proposes a category for a code from its words; null where they suggest nothing. Never applied unseen. */
export function createProposer(document: unknown): (code: string) => CodeProposal | null {
  const { words: entries } = proposalWordsSchema.parse(document);
  return (code) => {
    const inCode = new Set(code.toLowerCase().split(/[^a-z]+/));
    const found = entries.find(
      ({ all, any, none }) =>
        (all ?? []).every((word) => inCode.has(word)) &&
        (any === undefined || any.some((word) => inCode.has(word))) &&
        !(none ?? []).some((word) => inCode.has(word)),
    );
    return found ? { category: found.category, reason: found.reason } : null;
  };
}
