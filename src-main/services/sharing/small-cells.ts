import type { BundleBody, BundleDefinition, BundleExposures, BundleIndicator } from '#shared/domain/bundle.ts';
import { type Failure, fail } from '#shared/domain/result.ts';
import type { SignedBundle } from './bundle-file.ts';

/** A count that should not have left: where it stands, in words. */
type SmallCell = string;

function isSmall(count: number | null, threshold: number): boolean {
  return count !== null && count > 0 && count < threshold;
}

function smallInIndicator(
  { definition, months }: BundleIndicator,
  says: BundleDefinition['says'],
  { thresholds }: BundleBody,
): SmallCell | null {
  const least = Math.max(thresholds.clinical, Number(says['threshold'] ?? 0));
  // Of days in post one person adds at most a month’s to the denominator, so that it says how many stand behind it at least.
  const perPerson = Number(says['perPerson'] ?? 1);
  for (const { month, numerator, denominator } of months) {
    if (numerator === null || denominator === null) {
      if (numerator !== denominator) return `${definition} in ${month}, of which a part is told`;
      continue;
    }
    if (says['counted'] === 'people') {
      const counts = [numerator, denominator, denominator - numerator];
      if (counts.some((count) => count < 0 || !Number.isInteger(count) || isSmall(count, least))) {
        return `${definition} in ${month}`;
      }
      continue;
    }
    if (says['counted'] !== 'days' && isSmall(numerator, thresholds.workforce)) return `${definition} in ${month}`;
    if (says['counted'] !== 'rows' && !(denominator >= least * perPerson)) {
      return `${definition} in ${month}, which rests on too few people`;
    }
  }
  return null;
}

/**
 * Withheld counts of a list that adds up to a total that is told: one alone follows by subtraction, and of several each lies between 1 and what
 * the others leave.
 */
function followsFromTotal(total: number, counts: readonly (number | null)[], threshold: number): boolean {
  const withheld = counts.filter((count) => count === null).length;
  if (withheld === 0) return false;
  const rest = counts.reduce<number>((left, count) => left - (count ?? 0), total);
  return withheld === 1 || rest < threshold + withheld;
}

function smallInExposures(
  { events, people, months, categories }: BundleExposures,
  threshold: number,
): SmallCell | null {
  if (isSmall(events, threshold) || isSmall(people, threshold)) return 'exposures or people in post of the whole force';
  const month = months.find(({ count }) => isSmall(count, threshold));
  if (month) return `exposures in ${month.month}`;
  const category = categories.find(({ count }) => isSmall(count, threshold));
  if (category) return `exposures of the category ${category.category}`;
  if (events === null) return null;
  const lists = [months.map(({ count }) => count), categories.map(({ count }) => count)];
  return lists.some((counts) => followsFromTotal(events, counts, threshold))
    ? 'exposures, of which a withheld count follows from the total by subtraction'
    : null;
}

/** The first count in a body that is small or follows by subtraction; null where there is none. */
export function smallCellIn(body: BundleBody): SmallCell | null {
  const saysOf = new Map(body.definitions.map(({ id, says }) => [id, says]));
  const { workforce, clinical } = body.thresholds;
  for (const indicator of body.indicators) {
    const found = smallInIndicator(indicator, saysOf.get(indicator.definition) ?? {}, body);
    if (found !== null) return found;
  }
  const exposures = body.exposures === null ? null : smallInExposures(body.exposures, workforce);
  if (exposures !== null) return exposures;
  const effect = body.effects.find(({ people }) => people.some((count) => count < clinical));
  if (effect) return `${effect.definition}, which rests on too few people`;
  const curve = body.curves.find(
    ({ people, pairs, cases }) =>
      people < clinical || pairs < clinical || (cases !== null && (cases < clinical || pairs - cases < clinical)),
  );
  return curve ? `${curve.definition}, which rests on too few people` : null;
}

/** What came in is looked through again: a bundle that tells of few is refused by name. */
export function smallCellFault({ name, body }: SignedBundle): Failure | null {
  const cell = smallCellIn(body);
  if (cell === null) return null;
  return fail(
    'DISCLOSURE',
    `${name} (${body.force}) holds a small count: ${cell}.`,
    'Nothing was pooled. Delete the file, and tell the force, who should withdraw that release and make another.',
    { file: name },
  );
}
