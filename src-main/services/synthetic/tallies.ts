import { type ExposureCategory, exposureCategories } from '#shared/domain/exposure-categories.ts';
import { suddenDeaths } from './exposure-rates.ts';
import type { ExposureDay } from './exposures.ts';
import type { RoleName } from './force-shape.ts';
import { itqOutcome, total } from './item-response.ts';
import { stepFirstDay } from './month-plan.ts';
import type { Period } from './options.ts';
import type { SyntheticPerson } from './people.ts';
import type { Invitation } from './screenings.ts';

/** What a run really produced, counted as it goes by, so that `truth.json` can set it beside what was planted. */

type UnitRate = {
  readonly unit: string;
  readonly eventsBefore: number;
  readonly eventsAfter: number;
  /** Per full-time person and year. */
  readonly rateBefore: number | null;
  readonly rateAfter: number | null;
  readonly rateRatio: number | null;
};

export class ExposureTally {
  readonly historyDays: readonly number[][];
  /** The day of the record of each, in the same order. */
  readonly historyRecorded: readonly number[][];
  rows = 0;
  counted = 0;
  unknownPersonRows = 0;
  readonly byCategory = new Map<string, number>();
  #officerDays = 0;
  #suddenDeaths = 0;
  #fatalCollisions = 0;
  readonly #people: readonly SyntheticPerson[];
  readonly #period: Period;

  constructor(people: readonly SyntheticPerson[], period: Period) {
    this.#people = people;
    this.#period = period;
    this.historyDays = people.map(() => []);
    this.historyRecorded = people.map(() => []);
  }

  add({ officers, rows }: ExposureDay): void {
    this.#officerDays += officers;
    for (const row of rows) {
      this.rows += 1;
      this.byCategory.set(row.code, (this.byCategory.get(row.code) ?? 0) + 1);
      if (row.person < 0) this.unknownPersonRows += 1;
      if (!row.counted) continue;
      this.counted += 1;
      this.historyDays[row.person]?.push(Math.floor(row.occurredSeconds / 86_400));
      this.historyRecorded[row.person]?.push(Math.floor(row.recordedSeconds / 86_400));
      if (!row.opens) continue;
      if (suddenDeaths.includes(row.code as ExposureCategory)) this.#suddenDeaths += 1;
      if (row.code === 'RTC_FATAL') this.#fatalCollisions += 1;
    }
  }

  baseRates() {
    const per1430 = (count: number) => rounded((1_430 * count) / this.#officerDays, 3);
    return {
      suddenDeathIncidentsPer1430OfficersADay: per1430(this.#suddenDeaths),
      fatalCollisionsPer1430OfficersADay: per1430(this.#fatalCollisions),
    };
  }

  /** Rates of a unit before the planted step and from its first day on. */
  unitRate(unitName: string): UnitRate {
    const stepDay = stepFirstDay(this.#period.lastDay);
    const { firstDay, lastDay } = this.#period;
    const before = { events: 0, years: 0 };
    const after = { events: 0, years: 0 };
    this.#people.forEach((person, index) => {
      if (person.unitName !== unitName) return;
      const days = (from: number, to: number) =>
        Math.max(0, Math.min(to, person.serviceEndDay ?? to) - Math.max(from, person.serviceStartDay) + 1);
      before.years += (person.fte * days(firstDay, stepDay - 1)) / 365.25;
      after.years += (person.fte * days(stepDay, lastDay)) / 365.25;
      for (const day of this.historyDays[index] ?? []) (day < stepDay ? before : after).events += 1;
    });
    const rateBefore = before.events / before.years;
    const rateAfter = after.events / after.years;
    return {
      unit: unitName,
      eventsBefore: before.events,
      eventsAfter: after.events,
      rateBefore: rounded(rateBefore, 3),
      rateAfter: rounded(rateAfter, 3),
      rateRatio: rounded(rateAfter / rateBefore, 3),
    };
  }

  /** Counted rows in the order of the category list; what nothing maps comes last, by code. */
  rowsByCategory(): Readonly<Record<string, number>> {
    const known: readonly string[] = exposureCategories.map(({ code }) => code);
    const codes = [...known, ...[...this.byCategory.keys()].filter((code) => !known.includes(code)).sort()];
    return Object.fromEntries(codes.map((code) => [code, this.byCategory.get(code) ?? 0]));
  }
}

/** A decimal rounded for reading; null where there is nothing to divide by. */
export function rounded(value: number, digits: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(digits)) : null;
}

type Sums = { n: number; x: number; y: number; xx: number; xy: number };

/** Least-squares slope within groups: what a regression with a factor for the group gives. */
class WithinSlope {
  readonly #groups = new Map<string, Sums>();

  add(group: string, x: number, y: number): void {
    const sums = this.#groups.get(group) ?? { n: 0, x: 0, y: 0, xx: 0, xy: 0 };
    sums.n += 1;
    sums.x += x;
    sums.y += y;
    sums.xx += x * x;
    sums.xy += x * y;
    this.#groups.set(group, sums);
  }

  slope(): number | null {
    let covariation = 0;
    let variation = 0;
    for (const { n, x, y, xx, xy } of this.#groups.values()) {
      covariation += xy - (x * y) / n;
      variation += xx - (x * x) / n;
    }
    return rounded(covariation / variation, 4);
  }
}

const cases = {
  'PHQ-9 at least 10': ({ answers }: Invitation) => total(answers['PHQ-9']) >= 10,
  'GAD-7 at least 10': ({ answers }: Invitation) => total(answers['GAD-7']) >= 10,
  'PCL-5 at least 32': ({ answers }: Invitation) => total(answers['PCL-5']) >= 32,
  'ITQ PTSD': ({ answers }: Invitation) => itqOutcome(answers.ITQ) === 'PTSD',
  'ITQ CPTSD': ({ answers }: Invitation) => itqOutcome(answers.ITQ) === 'CPTSD',
  'PHQ-9 item 9 at least 1': ({ answers }: Invitation) => (answers['PHQ-9'][8] ?? 0) >= 1,
} as const;
type CaseName = keyof typeof cases;
const caseNames = Object.keys(cases) as readonly CaseName[];
const bands = [0, 3, 8, 15] as const;

export class ScreeningTally {
  #invited = 0;
  #completed = 0;
  #declined = 0;
  readonly #amongInvited = new Map<CaseName, number>();
  readonly #amongCompleted = new Map<CaseName, number>();
  readonly #bands = bands.map((from) => ({ from, n: 0, cases: 0 }));
  readonly #slopes = {
    'PCL-5': { everybodyInvited: new WithinSlope(), thoseWhoAnswered: new WithinSlope() },
    'PHQ-9': { everybodyInvited: new WithinSlope(), thoseWhoAnswered: new WithinSlope() },
  };

  add(invitation: Invitation, role: RoleName): void {
    const completed = invitation.status === 'completed';
    this.#invited += 1;
    if (completed) this.#completed += 1;
    if (invitation.status === 'declined') this.#declined += 1;
    for (const name of caseNames) {
      if (!cases[name](invitation)) continue;
      this.#amongInvited.set(name, (this.#amongInvited.get(name) ?? 0) + 1);
      if (completed) this.#amongCompleted.set(name, (this.#amongCompleted.get(name) ?? 0) + 1);
    }
    const group = `${role} ${invitation.wave}`;
    for (const instrument of ['PCL-5', 'PHQ-9'] as const) {
      const score = total(invitation.answers[instrument]);
      this.#slopes[instrument].everybodyInvited.add(group, invitation.recentExposures, score);
      if (completed) this.#slopes[instrument].thoseWhoAnswered.add(group, invitation.recentExposures, score);
    }
    const band = this.#bands.findLast(({ from }) => invitation.recentExposures >= from);
    if (!band) return;
    band.n += 1;
    if (cases['PCL-5 at least 32'](invitation)) band.cases += 1;
  }

  summary() {
    const shares = (counts: ReadonlyMap<CaseName, number>, n: number) =>
      Object.fromEntries(caseNames.map((name) => [name, rounded((100 * (counts.get(name) ?? 0)) / n, 2)]));
    return {
      invitations: this.#invited,
      completed: this.#completed,
      declined: this.#declined,
      percentOfEverybodyInvited: shares(this.#amongInvited, this.#invited),
      percentOfThoseWhoAnswered: shares(this.#amongCompleted, this.#completed),
      pointsPerExposureIn180Days: {
        'PCL-5': slopesOf(this.#slopes['PCL-5']),
        'PHQ-9': slopesOf(this.#slopes['PHQ-9']),
      },
      pcl5CasesByExposuresIn180Days: this.#bands.map(({ from, n, cases: count }) => ({
        atLeast: from,
        invitations: n,
        percent: rounded((100 * count) / n, 2),
      })),
    };
  }
}

function slopesOf(pair: { readonly everybodyInvited: WithinSlope; readonly thoseWhoAnswered: WithinSlope }) {
  return { everybodyInvited: pair.everybodyInvited.slope(), thoseWhoAnswered: pair.thoseWhoAnswered.slope() };
}
