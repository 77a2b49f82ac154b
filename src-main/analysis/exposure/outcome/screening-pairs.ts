import { firstAfter } from '../loads-at.ts';
import type { PackedExposures } from '../packed-exposures.ts';
import { type PersonFrame, spellAt } from '../person-frame.ts';

/** One completed or unanswered screening; rows of one person and day, one a scale, are one screening. */
export type ScoredScreening = {
  /** Index of the person. */
  readonly person: number;
  readonly day: number;
  readonly completed: boolean;
  /** Of the scale asked for; null where it could not be scored. */
  readonly score: number | null;
};

/** A screening with the one before it. */
export type ScreeningPair = {
  readonly person: number;
  readonly day: number;
  readonly priorDay: number;
  readonly score: number;
  readonly prior: number;
  readonly role: string;
  /** NaN where the start of service is not known and not asked for. */
  readonly serviceYears: number;
};

/** Why a completed screening in the period is in no pair; each counts once, by the first reason that holds. */
export type ExcludedScreenings = {
  readonly notScored: number;
  readonly noEarlierScreening: number;
  /** The records of exposures begin after the exposure would, or end before the screening. */
  readonly exposuresNotHeld: number;
  readonly notInPost: number;
  readonly serviceStartUnknown: number;
};

export type ScreeningPairs = {
  readonly pairs: readonly ScreeningPair[];
  /** Completed screenings of the period. */
  readonly completed: number;
  /** Invitations of the period that were not answered within 90 days. */
  readonly unanswered: number;
  readonly excluded: ExcludedScreenings;
};

export type PairsInput = {
  /** Ascending by person and day. */
  readonly screenings: readonly ScoredScreening[];
  readonly people: PersonFrame;
  /** Day by person; null where it is not known. */
  readonly serviceStart: readonly (number | null)[];
  readonly fromDay: number;
  readonly toDay: number;
  readonly longestWindowDays: number;
  /** First and last day of the exposure records; null where there are none. */
  readonly recorded: { readonly firstDay: number; readonly lastDay: number } | null;
  readonly needsService: boolean;
};

const daysPerYear = 365.25;
/** An answer within so many days of an invitation is the answer to it. */
const answerDays = 90;

/** Each completed screening of the period with the latest scored one before it, whenever that was. */
export function screeningPairs(input: PairsInput): ScreeningPairs {
  const { people, serviceStart, recorded } = input;
  const excluded = {
    notScored: 0,
    noEarlierScreening: 0,
    exposuresNotHeld: 0,
    notInPost: 0,
    serviceStartUnknown: 0,
  };
  const pairs: ScreeningPair[] = [];
  let [completed, unanswered] = [0, 0];
  let asked: number[] = [];
  let prior: ScoredScreening | null = null;
  let personBefore = -1;
  for (const screening of oneADay(input.screenings)) {
    const { person, day, score } = screening;
    const before: ScoredScreening | null = prior?.person === person ? prior : null;
    if (personBefore !== person) asked = [];
    personBefore = person;
    if (screening.completed && score !== null) prior = screening;
    if (screening.completed) {
      // An invitation that was loaded before its answer stands as a row of its own.
      const answered = asked.filter((invited) => day - invited <= answerDays);
      unanswered -= answered.length;
      asked = asked.filter((invited) => !answered.includes(invited));
    }
    if (day < input.fromDay || day > input.toDay) continue;
    if (!screening.completed) {
      unanswered += 1;
      asked.push(day);
      continue;
    }
    completed += 1;
    const spell = spellAt(people, person, day);
    const start = serviceStart[person] ?? null;
    if (score === null) excluded.notScored += 1;
    else if (before === null || before.score === null) excluded.noEarlierScreening += 1;
    else if (
      recorded === null ||
      windowStart(day, before.day, input.longestWindowDays) < recorded.firstDay ||
      day > recorded.lastDay
    ) {
      excluded.exposuresNotHeld += 1;
    } else if (spell < 0) excluded.notInPost += 1;
    else if (start === null && input.needsService) excluded.serviceStartUnknown += 1;
    else {
      const role = people.roles[people.spells.role[spell] ?? 0] ?? '';
      const serviceYears = start === null ? Number.NaN : (day - start) / daysPerYear;
      pairs.push({ person, day, priorDay: before.day, score, prior: before.score, role, serviceYears });
    }
  }
  return { pairs, completed, unanswered, excluded };
}

/** Rows of one person and day as one: completed where one is, with the score that one has. */
function oneADay(screenings: readonly ScoredScreening[]): ScoredScreening[] {
  const merged: ScoredScreening[] = [];
  for (const screening of screenings) {
    const last = merged.at(-1);
    if (last?.person !== screening.person || last.day !== screening.day) merged.push(screening);
    else {
      merged[merged.length - 1] = {
        ...last,
        completed: last.completed || screening.completed,
        score: last.score ?? screening.score,
      };
    }
  }
  return merged;
}

/** First day of the window: what was met on or before the day of the screening before is that screening's. */
function windowStart(day: number, priorDay: number, windowDays: number): number {
  return Math.max(day - windowDays, priorDay) + 1;
}

/** Exposure of each pair in the window before its later screening, but only since its earlier one. */
export function exposureOfPairs(
  pairs: readonly Pick<ScreeningPair, 'person' | 'day' | 'priorDay'>[],
  { offsets, day }: PackedExposures,
  weights: Float64Array | null,
  windowDays: number,
): Float64Array {
  return Float64Array.from(pairs, (pair) => {
    const end = firstAfter(day, offsets[pair.person] ?? 0, offsets[pair.person + 1] ?? 0, pair.day);
    const start = firstAfter(day, offsets[pair.person] ?? 0, end, windowStart(pair.day, pair.priorDay, windowDays) - 1);
    if (weights === null) return end - start;
    let load = 0;
    for (let event = start; event < end; event += 1) load += weights[event] ?? 0;
    return load;
  });
}

/** Pairs whose earlier screening lies within the window, which is then shorter for them. */
export function shortenedBy(pairs: readonly ScreeningPair[], windowDays: number): number {
  return pairs.filter(({ day, priorDay }) => day - priorDay < windowDays).length;
}
