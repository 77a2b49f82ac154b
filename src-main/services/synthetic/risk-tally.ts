import { longTermAfterDays, psychological } from './absence-shape.ts';
import type { Career } from './careers.ts';
import type { RoleName } from './force-shape.ts';
import { type ForceOptions, type Period, periodOf } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import type { Landmark } from './pulse.ts';
import type { SupportEpisode } from './support.ts';
import { rounded } from './tallies.ts';

type RoleTally = { spells: number; fullTimeYears: number };
type Outcome = { landmarks: number; known: number; cases: number; expected: number; shownAsSpell: number };

/** Absences, duties and pulses as a run made them. */
export class RiskTally {
  duties = 0;
  nights = 0;
  overtimeMinutes = 0;
  restDaysCancelled = 0;
  openSpells = 0;
  pulsesSent = 0;
  pulsesAnswered = 0;
  readonly #lengths = { psychological: [] as number[], other: [] as number[] };
  readonly #roles = new Map<RoleName, RoleTally>();
  readonly #waves = new Map<number, Outcome>();
  readonly #partTime = noOutcome();
  readonly #fullTime = noOutcome();
  readonly #people: readonly SyntheticPerson[];
  readonly #period: Period;

  constructor(people: readonly SyntheticPerson[], options: ForceOptions) {
    this.#people = people;
    this.#period = periodOf(options);
  }

  add({ person: index, absences, duties, pulses, landmarks }: Career): void {
    const person = this.#people[index];
    if (!person) return;
    const { firstDay, lastDay } = this.#period;
    const role = this.#roles.get(person.role) ?? { spells: 0, fullTimeYears: 0 };
    const days = Math.min(lastDay, person.serviceEndDay ?? lastDay) - Math.max(firstDay, person.serviceStartDay) + 1;
    role.fullTimeYears += (person.fte * Math.max(0, days)) / 365.25;
    role.spells += absences.length;
    this.#roles.set(person.role, role);
    for (const { reason, startDay, endDay } of absences) {
      this.#lengths[reason === psychological ? 'psychological' : 'other'].push(endDay - startDay + 1);
      if (endDay > lastDay && person.serviceEndDay === null) this.openSpells += 1;
    }
    this.duties += duties.length;
    for (const { type, overtimeMinutes, restDayCancelled } of duties) {
      if (type === 'night') this.nights += 1;
      this.overtimeMinutes += overtimeMinutes;
      if (restDayCancelled) this.restDaysCancelled += 1;
    }
    this.pulsesSent += pulses.length;
    this.pulsesAnswered += pulses.filter(({ score }) => score !== null).length;
    for (const landmark of landmarks) this.#addLandmark(landmark);
  }

  #addLandmark(landmark: Landmark): void {
    const wave = this.#waves.get(landmark.wave) ?? noOutcome();
    this.#waves.set(landmark.wave, wave);
    for (const outcome of [wave, landmark.partTime ? this.#partTime : this.#fullTime]) {
      outcome.landmarks += 1;
      if (landmark.shownAs === null) continue;
      outcome.known += 1;
      outcome.expected += landmark.chance;
      if (landmark.isCase) outcome.cases += 1;
      if (landmark.shownAs === 'spell') outcome.shownAsSpell += 1;
    }
  }

  /** New spells per full-time year of each role. */
  spellRates() {
    const rows = [...this.#roles].map(([role, { spells, fullTimeYears }]) => ({
      role,
      spells,
      fullTimeYears: rounded(fullTimeYears, 1),
      perFullTimeYear: rounded(spells / fullTimeYears, 3),
    }));
    return rows.sort((a, b) => (a.role < b.role ? -1 : 1));
  }

  /** Median length of all spells that began, followed to their end even where that lies after the period. */
  medianDays() {
    const { psychological: own, other } = this.#lengths;
    return { psychological: medianOf(own), other: medianOf(other), all: medianOf([...own, ...other]) };
  }

  outcomes() {
    const waves = [...this.#waves].sort(([a], [b]) => a - b);
    return {
      byWave: waves.map(([wave, outcome]) => ({ wave, ...outcomeOf(outcome) })),
      partTime: outcomeOf(this.#partTime),
      fullTime: outcomeOf(this.#fullTime),
    };
  }

  summary() {
    const { psychological: own, other } = this.#lengths;
    const long = (lengths: readonly number[]) => lengths.filter((days) => days > longTermAfterDays).length;
    return {
      absences: {
        spells: own.length + other.length,
        psychological: own.length,
        longTerm: long(own) + long(other),
        open: this.openSpells,
      },
      duties: {
        duties: this.duties,
        nights: this.nights,
        overtimeHours: rounded(this.overtimeMinutes / 60, 0),
        restDaysCancelled: this.restDaysCancelled,
      },
      pulses: { sent: this.pulsesSent, answered: this.pulsesAnswered },
    };
  }
}

function noOutcome(): Outcome {
  return { landmarks: 0, known: 0, cases: 0, expected: 0, shownAsSpell: 0 };
}

/** `expected`: the sum of the planted chances, shifts included. */
function outcomeOf({ landmarks, known, cases, expected, shownAsSpell }: Outcome) {
  return { landmarks, known, cases, expected: rounded(expected, 1), shownAsSpell };
}

/** The least length by which half of the spells have ended. */
function medianOf(lengths: readonly number[]): number | null {
  const sorted = [...lengths].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? null;
}

/** Offers made and taken up by role, and before and after the offer changed with the sum of their planted chances. */
export function uptakeOf(
  people: readonly SyntheticPerson[],
  episodes: Iterable<SupportEpisode>,
  changedOn: number | null,
) {
  const roles = new Map<RoleName, { offers: number; taken: number }>();
  const halves = { before: { offers: 0, taken: 0, expected: 0 }, after: { offers: 0, taken: 0, expected: 0 } };
  let referrals = 0;
  for (const { person, chance, firstDay, taken } of episodes) {
    const role = people[person]?.role;
    if (!role) continue;
    if (chance === null) {
      referrals += 1;
      continue;
    }
    const own = roles.get(role) ?? { offers: 0, taken: 0 };
    roles.set(role, own);
    const half = changedOn !== null && firstDay >= changedOn ? halves.after : halves.before;
    half.expected += chance;
    for (const sum of [own, half]) {
      sum.offers += 1;
      if (taken) sum.taken += 1;
    }
  }
  const byRole = [...roles].sort(([a], [b]) => (a < b ? -1 : 1));
  const told = ({ offers, taken, expected }: (typeof halves)['before']) => ({
    offers,
    taken,
    expected: rounded(expected, 1),
  });
  return {
    referrals,
    byRole: byRole.map(([role, { offers, taken }]) => ({ role, offers, taken })),
    change: changedOn === null ? null : { before: told(halves.before), after: told(halves.after) },
  };
}
