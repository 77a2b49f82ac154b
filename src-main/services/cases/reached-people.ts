import type { AdoptionPreview } from '#shared/contract/worklist-scheme.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import type { ExposureLook } from './exposure-look.ts';

/** The people whom a scheme reaches on a day, each with the reasons: rules that stand, and single events within the cool-down. */
export function reachedBy(
  { stood, singles }: ExposureLook,
  { cooldown_days: cooldownDays }: Scheme,
  asOfDay: number,
): ReadonlyMap<string, readonly string[]> {
  const fresh = singles.filter(({ eventDays }) => (eventDays?.[0] ?? 0) > asOfDay - Math.max(1, cooldownDays));
  const reasons = new Map<string, string[]>();
  for (const { person, words } of [...stood.filter(({ clearedDay }) => clearedDay === null), ...fresh]) {
    const list = reasons.get(person);
    if (list) list.push(words);
    else reasons.set(person, [words]);
  }
  return reasons;
}

type Reached = ReturnType<typeof reachedBy>;

/** Who is reached by one scheme alone, ascending by pseudonym, and how many by both. */
export function changesOf(before: Reached, after: Reached): Pick<AdoptionPreview, 'changes' | 'people'> {
  const alone = (those: Reached, others: Reached, change: 'gained' | 'lost') =>
    [...those]
      .filter(([person]) => !others.has(person))
      .map(([person, reasons]) => ({ person, change, reasons: [...reasons] }));
  const gained = alone(after, before, 'gained');
  const lost = alone(before, after, 'lost');
  return {
    changes: [...gained, ...lost].sort((a, b) => (a.person < b.person ? -1 : 1)),
    people: { gained: gained.length, lost: lost.length, kept: after.size - gained.length },
  };
}
