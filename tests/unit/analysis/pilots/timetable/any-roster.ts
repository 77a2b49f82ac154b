import fc from 'fast-check';
import { dayOfIso, utcOfLondon } from '#shared/domain/dates.ts';
import {
  type Roster,
  type RosteredDuty,
  type TimetableRules,
  timetableRulesSchema,
} from '#shared/domain/session-timetable.ts';

/** The clocks go forward in the night to 29 March 2026, the fourth day. */
export const firstDay = dayOfIso('2026-03-26')!;

/** A duty by the clock in London, `hours` long as that clock shows it. */
export function duty(person: number, day: number, from: number, hours: number, given: Partial<RosteredDuty> = {}) {
  const local = (firstDay + day) * 86_400 + from * 3_600;
  const [start, end] = [utcOfLondon(local), utcOfLondon(local + hours * 3_600)];
  return { person, place: 'North', start, end, isRestDay: false, ...given };
}

export function rulesWith(given: Partial<TimetableRules> = {}, days = 14): TimetableRules {
  return timetableRulesSchema.parse({ firstDay, lastDay: firstDay + days - 1, awayShare: 1, ...given });
}

/** Start and length by the clock, in hours: early, late and night shifts, a part-timer's, and one too short for anything. */
const allShifts = [
  [7, 9],
  [8, 9],
  [14, 10],
  [22, 9],
  [8, 4],
  [9, 1],
] as const;
export const dayShifts = allShifts.slice(0, 2);

type RosterSize = {
  readonly people: number;
  /** On duty, but not enrolled. */
  readonly colleagues: number;
  readonly days: number;
  readonly duties: number;
  readonly places: readonly string[];
  readonly shifts?: readonly (readonly [number, number])[];
};

const anyDuty = ({ people, colleagues, days, places, shifts = allShifts }: RosterSize) =>
  fc
    .record({
      person: fc.nat(people + colleagues - 1),
      day: fc.nat(days - 1),
      shift: fc.constantFrom(...shifts),
      place: fc.constantFrom(...places),
      isRestDay: fc.nat(9).map((one) => one === 0),
    })
    .map(({ person, day, shift: [from, hours], place, isRestDay }) =>
      duty(person, day, from, hours, { place, isRestDay }),
    );

const anyAway = (people: number, days: number) =>
  fc
    .record({ person: fc.nat(people - 1), from: fc.nat(days - 1), days: fc.nat(4) })
    .map((one) => ({ person: one.person, firstDay: firstDay + one.from, lastDay: firstDay + one.from + one.days }));

/** Shifts of all kinds, colleagues who are not enrolled, cancelled rest days and leave, over the clock change. */
export function anyRoster(size: RosterSize): fc.Arbitrary<Roster> {
  return fc.record({
    enrolled: fc.constant(size.people),
    duties: fc.array(anyDuty(size), { minLength: Math.ceil(size.duties / 2), maxLength: size.duties }),
    away: fc.array(anyAway(size.people + size.colleagues, size.days), { maxLength: 2 }),
  });
}

export const anyRules = (days: number): fc.Arbitrary<TimetableRules> =>
  fc
    .record({
      minutes: fc.constantFrom(15, 20, 40),
      sessionsEach: fc.integer({ min: 1, max: 4 }),
      gapDays: fc.integer({ min: 1, max: 6 }),
      gridMinutes: fc.constantFrom(15 as const, 30 as const, 60 as const),
      places: fc.integer({ min: 1, max: 6 }),
      fewestPeople: fc.integer({ min: 1, max: 3 }),
      facilitators: fc.integer({ min: 1, max: 2 }),
      sessionsPerFacilitatorDay: fc.integer({ min: 1, max: 3 }),
      sessionsPerDay: fc.constantFrom(null, 1, 2),
      awayShare: fc.constantFrom(0.2, 0.5, 1),
      nights: fc.boolean(),
      closedDays: fc.constantFrom<number[]>([], [firstDay + 2, firstDay + 5]),
    })
    .map((given) => rulesWith(given, days));
