/** Small made-up forces for these tests, and their columns for the code under test. */

import { type PackedExposures, packAttributes, packExposures } from '#main/analysis/exposure/packed-exposures.ts';
import { type PersonFrame, personFrameOf } from '#main/analysis/exposure/person-frame.ts';
import { type CompiledScheme, compileScheme } from '#main/analysis/exposure/scheme-weights.ts';
import countDocument from '#resources/schemes/count-v1.json' with { type: 'json' };
import tieredDocument from '#resources/schemes/tiered-v1.json' with { type: 'json' };
import { exposureCategories } from '#shared/domain/exposure-categories.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { schemeSchema } from '#shared/domain/scheme.ts';
import { dayNumber, type Event, isoDate, type Person } from './oracle.ts';

export const countV1: Scheme = schemeSchema.parse(countDocument);
export const tieredV1: Scheme = schemeSchema.parse(tieredDocument);

export function compiled(scheme: Scheme): CompiledScheme {
  const result = compileScheme(scheme);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

export const categories = exposureCategories.map(({ code }) => code as string);

export type Force = { readonly people: readonly Person[]; readonly events: readonly Event[] };

/** Mulberry32 (Tommy Ettinger, 2017). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function shuffled<T>(list: readonly T[], random: () => number): T[] {
  const copy = [...list];
  for (let i = copy.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [copy[i], copy[j]] = [copy[j]!, copy[i]!];
  }
  return copy;
}

/** Leavers, joiners, movers, unknown people, busy days and leap days, around the years 2023 to 2026. */
export function randomForce(seed: number, size: { readonly people: number; readonly events: number }): Force {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const [first, last] = [dayNumber('2023-06-01'), dayNumber('2026-05-31')];
  const anyDate = () => isoDate(first + Math.floor(random() * (last - first + 1)));
  const post = () => ({ unit: pick(['North', 'South', 'Économie', 'UNKNOWN']), role: pick(['response', 'cid', '2']) });
  const people = Array.from({ length: size.people }, (_, index): Person => {
    const name = `P${String(index).padStart(4, '0')}`;
    if (random() < 0.08) return { name, listed: false, spells: [] };
    const from = random() < 0.6 ? null : anyDate();
    if (random() < 0.25) {
      const moved = anyDate();
      const until = random() < 0.5 ? null : isoDate(dayNumber(moved) + Math.floor(random() * 300));
      const before = isoDate(dayNumber(moved) - (random() < 0.5 ? 1 : -5));
      return {
        name,
        listed: true,
        spells: [
          { from, to: before, ...post() },
          { from: moved, to: until, ...post() },
        ],
      };
    }
    return { name, listed: true, spells: [{ from, to: random() < 0.7 ? null : anyDate(), ...post() }] };
  });
  const events = Array.from({ length: size.events }, (): Event => {
    const busy = random() < 0.3;
    return {
      person: people.length === 0 ? '' : pick(people.slice(0, Math.ceil(people.length * random()))).name,
      date: busy ? pick(['2024-02-29', '2024-02-28', '2026-03-31', '2025-04-05', '2023-12-31']) : anyDate(),
      category: pick(categories),
      proximity: pick([null, 'direct', 'secondary', 'remote']),
      attribution: pick([null, 'named', 'crew_inferred', 'oic_only']),
      first: pick([null, true, false]),
      known: pick([null, null, null, true, false]),
      minutes: pick([null, 0, 12.3, 45, 480, 900]),
    };
  });
  return { people, events };
}

export function frameOf(people: readonly Person[]): PersonFrame {
  return personFrameOf(
    people.map((person) => ({
      pseudonym: person.name,
      listed: person.listed,
      spells: person.spells.map(({ from, to, unit, role }) => ({
        fromDay: from === null ? null : dayNumber(from),
        toDay: to === null ? null : dayNumber(to),
        unit,
        role,
      })),
    })),
  );
}

export function packedOf({ people, events }: Force): PackedExposures {
  const index = new Map(people.map((person, at) => [person.name, at]));
  return packExposures({
    persons: people.length,
    person: Uint32Array.from(events, (event) => index.get(event.person)!),
    day: Int32Array.from(events, (event) => dayNumber(event.date)),
    category: Uint16Array.from(events, (event) => categories.indexOf(event.category)),
    attributes: Uint8Array.from(events, (event) =>
      packAttributes({
        proximity: event.proximity,
        attribution: event.attribution,
        firstOnScene: event.first,
        knownVictim: event.known,
      }),
    ),
    minutes: Float64Array.from(events, (event) => event.minutes ?? Number.NaN),
    categories,
  });
}

/** A person in one post throughout, and an event with nothing but a day and a category. */
export function person(name: string, role = 'response', unit = 'North'): Person {
  return { name, listed: true, spells: [{ from: null, to: null, unit, role }] };
}

export function event(name: string, date: string, category = 'SERIOUS_INJURY', more: Partial<Event> = {}): Event {
  const blank = { proximity: null, attribution: null, first: null, known: null, minutes: null };
  return { person: name, date, category, ...blank, ...more };
}
