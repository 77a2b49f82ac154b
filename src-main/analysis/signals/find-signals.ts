import type { FoundSignal } from '../cases/raise-signals.ts';
import { firstAfter, type WindowLoads, windowLoads } from '../exposure/loads-at.ts';
import type { PackedExposures } from '../exposure/packed-exposures.ts';
import { type PersonFrame, pseudonymOrder, spellAt } from '../exposure/person-frame.ts';
import { type CompiledScheme, eventWeights } from '../exposure/scheme-weights.ts';
import { triggersOf } from '../exposure/triggers.ts';
import { categoryLabel, plainDate } from '../exposure/words.ts';

export type FinderInput = {
  readonly exposures: PackedExposures;
  /** The same people, by the same indices, as in `exposures`. */
  readonly people: PersonFrame;
  readonly compiled: CompiledScheme;
};

/** What a look at the data of a day finds. */
export type Look = { readonly people: number; readonly found: readonly FoundSignal[] };

export type SignalFinder = {
  /**
   * The rules that hold on a day, of people in post on it, and the single events since the look before (of the scheme’s
   * cool-down where there was none), of people in post on the day of the event or of the look. Ascending by pseudonym.
   */
  readonly lookAt: (day: number, dayBefore: number | null) => Look;
};

export function signalFinder({ exposures, people, compiled }: FinderInput): SignalFinder {
  const order = pseudonymOrder(people);
  const weights = eventWeights(exposures, compiled);
  const overWindows: CompiledScheme = {
    ...compiled,
    triggers: compiled.triggers.filter(({ kind }) => kind !== 'single'),
  };
  return {
    lookAt: (day, dayBefore) => {
      const persons = order.filter((person) => spellAt(people, person, day) >= 0);
      const roles = Int32Array.from(persons, (person) => people.spells.role[spellAt(people, person, day)] ?? 0);
      const windows = new Map<number, WindowLoads>();
      const windowOf = (days: number): WindowLoads => {
        const known = windows.get(days) ?? windowLoads(exposures, weights, persons, day, days);
        windows.set(days, known);
        return known;
      };
      const held = triggersOf({ exposures, compiled: overWindows, persons, roles, asOfDay: day, windowOf });
      const found = new Map<number, FoundSignal[]>();
      held.forEach((list, k) => {
        if (list.length === 0) return;
        const person = persons[k] ?? 0;
        const pseudonym = people.pseudonyms[person] ?? '';
        found.set(
          person,
          list.map(({ rule, words }) => ({ person: pseudonym, rule, words, eventDays: null })),
        );
      });
      singleEvents({ exposures, people, compiled }, day, dayBefore, found);
      return { people: persons.length, found: [...order].flatMap((person) => found.get(person) ?? []) };
    },
  };
}

function singleEvents(
  { exposures, people, compiled }: FinderInput,
  day: number,
  dayBefore: number | null,
  found: Map<number, FoundSignal[]>,
): void {
  const { offsets, day: days, category } = exposures;
  for (const rule of compiled.triggers) {
    if (rule.kind !== 'single') continue;
    const wanted = exposures.categories.indexOf(rule.category);
    if (wanted < 0) continue;
    const after = dayBefore ?? day - rule.windowDays;
    for (let person = 0; person + 1 < offsets.length; person += 1) {
      const end = firstAfter(days, offsets[person] ?? 0, offsets[person + 1] ?? 0, day);
      const eventDays: number[] = [];
      for (let i = end - 1; i >= (offsets[person] ?? 0) && (days[i] ?? 0) > after; i -= 1) {
        if (category[i] === wanted) eventDays.unshift(days[i] ?? 0);
      }
      const counting = eventDays.filter((on) => spellAt(people, person, on) >= 0 || spellAt(people, person, day) >= 0);
      if (counting.length === 0) continue;
      const list = found.get(person) ?? [];
      for (const on of new Set(counting)) {
        list.push({
          person: people.pseudonyms[person] ?? '',
          rule: rule.rule,
          words: `${categoryLabel(rule.category)} on ${plainDate(on)}: told each time, whatever came before; a reason to offer support.`,
          eventDays: [on],
        });
      }
      found.set(person, list);
    }
  }
}
