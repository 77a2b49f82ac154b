/** A rule that holds for a person on a day of the data. */
export type FoundSignal = {
  readonly person: string;
  readonly rule: string;
  readonly words: string;
  /** Days of the events that raised a single-event rule; null for rules over a window. */
  readonly eventDays: readonly number[] | null;
};

/** A signal that was raised before. */
export type EarlierSignal = {
  readonly person: string;
  readonly rule: string;
  readonly asOfDay: number;
  readonly eventDay: number | null;
};

export type NewSignal = {
  readonly person: string;
  readonly rule: string;
  readonly words: string;
  readonly asOfDay: number;
  readonly eventDay: number | null;
};

/**
 * The signals to raise now. A rule over a window is not raised again for a person within its cool-down, counted in days of
 * the data, and never twice for one of them; a single-event rule is raised once for each event, whatever the cool-down.
 * Nothing that is raised is ever taken back.
 */
export function signalsToRaise(
  found: readonly FoundSignal[],
  earlier: readonly EarlierSignal[],
  { asOfDay, cooldownDays }: { readonly asOfDay: number; readonly cooldownDays: number },
): NewSignal[] {
  const lastOf = new Map<string, number>();
  const eventsOf = new Set<string>();
  for (const { person, rule, asOfDay: day, eventDay } of earlier) {
    const name = `${person} ${rule}`;
    lastOf.set(name, Math.max(lastOf.get(name) ?? Number.NEGATIVE_INFINITY, day));
    if (eventDay !== null) eventsOf.add(`${name} ${eventDay}`);
  }
  return found.flatMap(({ person, rule, words, eventDays }): NewSignal[] => {
    const name = `${person} ${rule}`;
    if (eventDays !== null) {
      const fresh = [...new Set(eventDays)].filter((day) => !eventsOf.has(`${name} ${day}`));
      return fresh.sort((a, b) => a - b).map((eventDay) => ({ person, rule, words, asOfDay, eventDay }));
    }
    const last = lastOf.get(name);
    const cooling = last !== undefined && asOfDay - last < Math.max(1, cooldownDays);
    return cooling ? [] : [{ person, rule, words, asOfDay, eventDay: null }];
  });
}
