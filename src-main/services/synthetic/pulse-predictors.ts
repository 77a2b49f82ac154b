import { psychological } from './absence-shape.ts';
import type { SyntheticAbsence } from './absences.ts';
import type { SyntheticDuty } from './duties.ts';
import type { PulsePredictor } from './planted.ts';

/** Counted exposures of one person in order of time: the day of each, and the day its record was made. */
export type KnownExposures = { readonly days: readonly number[]; readonly recordedDays: readonly number[] };

type Known = {
  readonly exposures: KnownExposures;
  readonly absences: readonly SyntheticAbsence[];
  readonly duties: readonly SyntheticDuty[];
  /** The answer of the day comes last. */
  readonly answers: readonly { readonly score: number | null }[];
};

/** Duties have no time of their record, so each counts as known a week after the day on which it ended. */
const dutyLagDays = 7;
/** Night work is three hours or more between 23:00 and 06:00 (Working Time Regulations 1998), whatever the shift is called. */
const nightFromSeconds = 23 * 3_600;
const nightToSeconds = 30 * 3_600;
const nightWorkSeconds = 3 * 3_600;
const recencyHalfLifeDays = 28;
const shortGapSeconds = 11 * 3_600;

/** The twelve predictors of the early warning as they could be known on a day; reads no code of the analysis. */
export function predictorsAt(day: number, known: Known): Readonly<Record<PulsePredictor, number>> {
  const scores = known.answers.flatMap(({ score }) => (score === null ? [] : [score]));
  const last = scores.at(-1) ?? 0;
  const before = scores.at(-2);
  return {
    ...exposuresAt(day, known.exposures),
    'last-score': last,
    'score-change': before === undefined ? 0 : last - before,
    'first-screening': before === undefined ? 1 : 0,
    ...absencesAt(day, known.absences),
    ...dutiesAt(day, known.duties),
  };
}

function exposuresAt(day: number, { days, recordedDays }: KnownExposures) {
  let recent = 0;
  let earlier = 0;
  let last: number | null = null;
  for (let i = days.length - 1; i >= 0; i--) {
    const own = days[i] ?? 0;
    if (own > day || (recordedDays[i] ?? 0) > day) continue;
    last ??= own;
    if (own > day - 28) recent += 1;
    else if (own > day - 180) earlier += 1;
    else break;
  }
  return {
    'exposures-28': recent,
    'exposures-29-180': earlier,
    'exposure-recency': last === null ? 0 : 2 ** (-(day - last) / recencyHalfLifeDays),
  };
}

function absencesAt(day: number, spells: readonly SyntheticAbsence[]) {
  let absent = 0;
  let any = 0;
  for (const { startDay, endDay, recordedDay, reason } of spells) {
    if (recordedDay > day) continue;
    const days = Math.max(0, Math.min(day, endDay) - Math.max(day - 364, startDay) + 1);
    absent += days;
    if (days > 0 && reason === psychological) any = 1;
  }
  return { 'absence-days-365': absent, 'psychological-365': any };
}

function dutiesAt(day: number, duties: readonly SyntheticDuty[]) {
  let nights = 0;
  let minutes = 0;
  let cancelled = 0;
  let gaps = 0;
  for (let i = duties.length - 1; i >= 0; i--) {
    const duty = duties[i];
    if (!duty || duty.day <= day - 90) break;
    if (Math.floor(duty.endSeconds / 86_400) > day - dutyLagDays) continue;
    if (duty.restDayCancelled) cancelled += 1;
    if (duty.day <= day - 28) continue;
    if (isNightWork(duty)) nights += 1;
    minutes += duty.overtimeMinutes;
    const before = duties[i - 1];
    if (before && duty.startSeconds - before.endSeconds < shortGapSeconds) gaps += 1;
  }
  return {
    'nights-28': nights,
    'overtime-hours-28': minutes / 60,
    'rest-days-cancelled-90': cancelled,
    'short-gaps-28': gaps,
  };
}

function isNightWork({ day, startSeconds, endSeconds, type }: SyntheticDuty): boolean {
  const from = Math.max(startSeconds, day * 86_400 + nightFromSeconds);
  const to = Math.min(endSeconds, day * 86_400 + nightToSeconds);
  return type === 'night' || to - from >= nightWorkSeconds;
}
