/**
 * The arithmetic of `data.md` › Exposure arithmetic written again in the plainest way: filters over lists of records, dates by
 * the built-in `Date`, nothing shared with the code under test but the scheme documents.
 */
import type { Scheme } from '#shared/domain/scheme.ts';

export type Spell = {
  readonly from: string | null;
  readonly to: string | null;
  readonly unit: string;
  readonly role: string;
};
export type Person = { readonly name: string; readonly listed: boolean; readonly spells: readonly Spell[] };
export type Event = {
  readonly person: string;
  readonly date: string;
  readonly category: string;
  readonly proximity: string | null;
  readonly attribution: string | null;
  readonly first: boolean | null;
  readonly known: boolean | null;
  readonly minutes: number | null;
};

const millisecondsPerDay = 86_400_000;

export function dayNumber(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / millisecondsPerDay;
}

export function isoDate(day: number): string {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** Last day of every month from the first to the last, `2024-02` to `2024-02-29`. */
export function monthEnds(from: string, to: string): string[] {
  const ends: string[] = [];
  for (let year = Number(from.slice(0, 4)), month = Number(from.slice(5, 7)); ; month++) {
    if (month > 12) {
      year++;
      month = 1;
    }
    const end = new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
    if (end.slice(0, 7) > to) return ends;
    ends.push(end);
  }
}

export function spellOn(person: Person, date: string): Spell | null {
  if (!person.listed) return null;
  const holding = person.spells.filter((s) => (s.from === null || s.from <= date) && (s.to === null || date <= s.to));
  return holding.sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))[0] ?? null;
}

export function weight(event: Event, scheme: Scheme): number {
  let product = 1;
  for (const tier of Object.values(scheme.tiers)) if (tier.categories.includes(event.category)) product *= tier.weight;
  if (event.proximity !== null && event.proximity in scheme.proximity) product *= scheme.proximity[event.proximity]!;
  if (event.attribution !== null && event.attribution in scheme.attribution) {
    product *= scheme.attribution[event.attribution]!;
  }
  const { first_on_scene, known_victim, minutes_on_scene } = scheme.modifiers;
  if (event.first === true && first_on_scene !== undefined) product *= first_on_scene;
  if (event.known === true && known_victim !== undefined) product *= known_victim;
  if (event.minutes !== null && minutes_on_scene !== undefined) {
    product *= 1 + (minutes_on_scene.per_hour * Math.min(event.minutes, minutes_on_scene.cap)) / 60;
  }
  return product;
}

/** Capped load of each day of one person. */
export function dayLoads(events: readonly Event[], person: string, scheme: Scheme): Map<string, number> {
  const loads = new Map<string, number>();
  for (const event of events.filter((e) => e.person === person)) {
    loads.set(event.date, (loads.get(event.date) ?? 0) + weight(event, scheme));
  }
  if (scheme.cap_per_day !== null) {
    for (const [date, load] of loads) loads.set(date, Math.min(load, scheme.cap_per_day));
  }
  return loads;
}

export function inWindow(date: string, asOf: string, windowDays: number): boolean {
  const age = dayNumber(asOf) - dayNumber(date);
  return age >= 0 && age < windowDays;
}

export function windowLoad(loads: ReadonlyMap<string, number>, asOf: string, windowDays: number): number {
  return [...loads].filter(([date]) => inWindow(date, asOf, windowDays)).reduce((sum, [, load]) => sum + load, 0);
}

export function decayedLoad(loads: ReadonlyMap<string, number>, asOf: string, halfLifeDays: number): number {
  return [...loads]
    .filter(([date]) => date <= asOf)
    .reduce(
      (sum, [date, load]) => sum + load * Math.exp((-Math.LN2 * (dayNumber(asOf) - dayNumber(date))) / halfLifeDays),
      0,
    );
}

/** Quantile of type 7 by its definition, and Gini by mean absolute differences. */
export function spread(values: readonly number[]) {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (p: number) => {
    const h = (sorted.length - 1) * p;
    const below = sorted[Math.floor(h)]!;
    return below + (h - Math.floor(h)) * (sorted[Math.ceil(h)]! - below);
  };
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  let differences = 0;
  for (const a of values) for (const b of values) differences += Math.abs(a - b);
  const gini = mean === 0 ? 0 : differences / (2 * values.length ** 2 * mean);
  return {
    min: quantile(0),
    q1: quantile(0.25),
    median: quantile(0.5),
    q3: quantile(0.75),
    max: quantile(1),
    mean,
    gini,
  };
}

export function percentile(own: number, others: readonly number[]): number {
  return (100 * others.filter((value) => value <= own + 1e-9).length) / others.length;
}
