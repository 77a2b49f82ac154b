import signposting from '#resources/family-summary/signposting.json' with { type: 'json' };
import { type Signposting, signpostingSchema } from '#shared/contract/report-spec.ts';

/** What is printed where a force gives nothing of its own. */
export const usualSignposting: Signposting = signpostingSchema.parse(signposting);

/** The day on which the oldest of it was checked, ISO. */
export function checkedOn({ advice, contacts }: Signposting): string {
  return [...advice, ...contacts].reduce(
    (oldest, entry) => (entry.checkedOn < oldest ? entry.checkedOn : oldest),
    '9999-12-31',
  );
}
