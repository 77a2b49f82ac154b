import { type PredictorCode, predictors } from '../predictors.ts';
import {
  cancelledRestDayBit,
  type DutyHistory,
  type ExposureHistory,
  type History,
  type KnownAbsence,
  type KnownScreening,
  type LandmarkRules,
  nightBit,
  notRecorded,
  shortGapBit,
} from './history.ts';

const recencyHalfLifeDays = 28;
const recentDays = 28;
const exposureDays = 180;
const restDays = 90;
const yearDays = 365;

type Figures = Readonly<Record<PredictorCode, number>>;

/** First index from `low` on whose value exceeds a limit; the values ascend. */
function firstAbove(values: Int32Array, low: number, high: number, limit: number): number {
  let [from, to] = [low, high];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((values[middle] as number) > limit) to = middle;
    else from = middle + 1;
  }
  return from;
}

function exposureFigures({ from, to, day, recorded }: ExposureHistory, person: number, at: number, lagDays: number) {
  const first = from[person] as number;
  let recent = 0;
  let before = 0;
  let recency = 0;
  for (let event = firstAbove(day, first, to[person] as number, at) - 1; event >= first; event -= 1) {
    const on = day[event] as number;
    if (on <= at - exposureDays && recency > 0) break;
    const noted = recorded[event] as number;
    if ((noted === notRecorded ? on + lagDays : noted) > at) continue;
    if (recency === 0) recency = 2 ** ((on - at) / recencyHalfLifeDays);
    if (on > at - recentDays) recent += 1;
    else if (on > at - exposureDays) before += 1;
  }
  return { 'exposures-28': recent, 'exposures-29-180': before, 'exposure-recency': recency };
}

/** A duty is known once it has ended and its lag has passed: nothing of what it became can be known earlier. */
function dutyFigures(duties: DutyHistory, person: number, at: number, lagDays: number) {
  const { from, to, day, endDay, overtimeHours, marks } = duties;
  const first = from[person] as number;
  let nights = 0;
  let overtime = 0;
  let gaps = 0;
  let cancelled = 0;
  let cancelledOn = Number.NaN;
  for (let duty = firstAbove(day, first, to[person] as number, at - lagDays) - 1; duty >= first; duty -= 1) {
    const on = day[duty] as number;
    if (on <= at - restDays) break;
    if ((endDay[duty] as number) + lagDays > at) continue;
    const mark = marks[duty] as number;
    if ((mark & cancelledRestDayBit) !== 0 && on !== cancelledOn) {
      cancelled += 1;
      cancelledOn = on;
    }
    if (on <= at - recentDays) continue;
    overtime += overtimeHours[duty] as number;
    if ((mark & nightBit) !== 0) nights += 1;
    if ((mark & shortGapBit) !== 0) gaps += 1;
  }
  return {
    'nights-28': nights,
    'overtime-hours-28': overtime,
    'rest-days-cancelled-90': cancelled,
    'short-gaps-28': gaps,
  };
}

/** Where a row does not say when it was recorded, its end is known once the lag after it has passed; until then it lasts. */
function absenceFigures(absences: readonly KnownAbsence[], at: number, lagDays: number) {
  let days = 0;
  let counted = at - yearDays;
  let psychological = 0;
  for (const { startDay, endDay, recordedDay, psychological: isPsychological } of absences) {
    if (startDay > at) break;
    if ((recordedDay ?? startDay + lagDays) > at) continue;
    const endKnown = endDay !== null && (recordedDay !== null || endDay + lagDays <= at);
    const last = endKnown ? Math.min(endDay, at) : at;
    if (last <= at - yearDays) continue;
    if (isPsychological) psychological = 1;
    days += Math.max(0, last - Math.max(startDay - 1, counted));
    counted = Math.max(counted, last);
  }
  return { 'absence-days-365': days, 'psychological-365': psychological };
}

/** The screening of the day itself is known by being there; those before it once they are recorded. */
function scoreFigures(screenings: readonly KnownScreening[], own: number, lagDays: number) {
  const { day: at = 0, score = 0 } = screenings[own] ?? {};
  for (let before = own - 1; before >= 0; before -= 1) {
    const earlier = screenings[before] as KnownScreening;
    if (earlier.score === null || (earlier.recordedDay ?? earlier.day + lagDays) > at) continue;
    return { 'last-score': score ?? 0, 'score-change': (score ?? 0) - earlier.score, 'first-screening': 0 };
  }
  return { 'last-score': score ?? 0, 'score-change': 0, 'first-screening': 1 };
}

/**
 * What was known of a person by the day of one of their screenings, in the order of `predictors`: what happened on or before
 * that day, and was recorded by it or, where a row does not say when, lies its lag back.
 *
 * @param own index of the screening among those of the person
 */
export function featuresAt(history: History, person: number, own: number, { lagDays }: LandmarkRules): number[] {
  const screenings = history.screenings[person] ?? [];
  const at = screenings[own]?.day ?? 0;
  const figures: Figures = {
    ...exposureFigures(history.exposures, person, at, lagDays.exposures),
    ...scoreFigures(screenings, own, lagDays.screenings),
    ...absenceFigures(history.absences[person] ?? [], at, lagDays.absences),
    ...dutyFigures(history.duties, person, at, lagDays.duties),
  };
  return predictors.map(({ code }) => figures[code]);
}
