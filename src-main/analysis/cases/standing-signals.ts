import { type EarlierSignal, type NewSignal, signalsToRaise } from './raise-signals.ts';

/** A time in which a rule over a window stood for somebody, as the walk from look to look found it. */
export type StoodRule = {
  readonly person: string;
  readonly rule: string;
  /** Why, as of the last look at which it held. */
  readonly words: string;
  readonly sinceDay: number;
  readonly lastHeldDay: number;
  /** Null while it stands. */
  readonly clearedDay: number | null;
};

/** A signal for the list of the clinicians. */
export type ListSignal = NewSignal & {
  /** Since when its rule stands; null for a single event. */
  readonly sinceDay: number | null;
  /** Whether it says once more what was said since then. */
  readonly again: boolean;
};

type Settings = {
  readonly cooldownDays: number;
  /** Newest day of the data at the last look; null before the first, which leaves what has cleared to history. */
  readonly lookedToDay: number | null;
};

/**
 * What stands, and what has cleared since the last look, raised unless it was within its cool-down. What comes and goes around
 * its threshold is one standing: it is told again after each cool-down, and is new only once it had cleared.
 */
export function standingSignals(
  stood: readonly StoodRule[],
  earlier: readonly EarlierSignal[],
  { cooldownDays, lookedToDay }: Settings,
): ListSignal[] {
  const due = stood.filter(
    ({ clearedDay, lastHeldDay }) => clearedDay === null || (lookedToDay !== null && lastHeldDay > lookedToDay),
  );
  const lastOf = new Map<string, number>();
  for (const { person, rule, asOfDay } of earlier) {
    const key = keyOf({ person, rule });
    lastOf.set(key, Math.max(lastOf.get(key) ?? asOfDay, asOfDay));
  }
  return due
    .sort((a, b) => a.lastHeldDay - b.lastHeldDay)
    .flatMap((standing): ListSignal[] => {
      const { person, rule, words, sinceDay, lastHeldDay: asOfDay } = standing;
      const last = lastOf.get(keyOf(standing));
      const before = last === undefined ? [] : [{ person, rule, asOfDay: last, eventDay: null }];
      const found = [{ person, rule, words, eventDays: null }];
      return signalsToRaise(found, before, { asOfDay, cooldownDays }).map((signal) => {
        lastOf.set(keyOf(standing), asOfDay);
        return { ...signal, sinceDay, again: last !== undefined && last >= sinceDay };
      });
    });
}

export function keyOf({ person, rule }: { readonly person: string; readonly rule: string }): string {
  return `${person} ${rule}`;
}
