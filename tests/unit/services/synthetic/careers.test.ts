import { beforeAll, describe, expect, test } from 'vitest';
import { longTermAfterDays, psychological } from '#main/services/synthetic/absence-shape.ts';
import { type Career, careers } from '#main/services/synthetic/careers.ts';
import { type ForceOptions, generateForce } from '#main/services/synthetic/index.ts';
import { planted } from '#main/services/synthetic/planted.ts';
import { casenessFrom } from '#main/services/synthetic/pulse.ts';
import { dayOfIso } from '#shared/domain/dates.ts';

const shortGapSeconds = 11 * 3_600;
const options: Partial<ForceOptions> = { people: 400, years: 3, seed: 11 };
const force = generateForce(options);
let all: readonly Career[];
beforeAll(() => {
  all = [...force.careers()];
});

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

describe('absences of a synthetic force', () => {
  test('spells of a person lie apart by a day at least, within their service', () => {
    for (const { person, absences } of all) {
      const { serviceStartDay, serviceEndDay } = force.people[person]!;
      absences.forEach(({ startDay, endDay, recordedDay }, at) => {
        expect(startDay).toBeGreaterThanOrEqual(serviceStartDay);
        expect(startDay).toBeLessThanOrEqual(serviceEndDay ?? startDay);
        expect(endDay).toBeGreaterThanOrEqual(startDay);
        expect(recordedDay).toBeGreaterThanOrEqual(startDay);
        if (at > 0) expect(startDay - absences[at - 1]!.endDay).toBeGreaterThanOrEqual(2);
      });
    }
  });

  test('half of the psychological spells last no longer than the planted median where no pulse decides it', () => {
    const plain = generateForce({ ...options, people: 4_000, seed: 3, planted: { noPulse: true } });
    const lengths = [...plain.careers()].flatMap(({ absences }) =>
      absences.filter(({ reason }) => reason === psychological).map(({ startDay, endDay }) => endDay - startDay + 1),
    );
    expect(lengths.length).toBeGreaterThan(1_500);
    // Four standard errors of a share of a half.
    const margin = 2 / Math.sqrt(lengths.length);
    const half = planted.absence.medianDays.psychological;
    expect(meanOf(lengths.map((days) => Number(days <= half)))).toBeGreaterThan(0.5 - margin);
    expect(meanOf(lengths.map((days) => Number(days < half)))).toBeLessThan(0.5 + margin);
  });
});

describe('duties of a synthetic force', () => {
  test('nobody works while absent, twice at once or outside their service', () => {
    const wrong = { absent: 0, twice: 0, outside: 0, backwards: 0 };
    for (const { person, absences, duties } of all) {
      const { serviceStartDay, serviceEndDay } = force.people[person]!;
      duties.forEach(({ day, startSeconds, endSeconds }, at) => {
        if (absences.some(({ startDay, endDay }) => startDay <= day && day <= endDay)) wrong.absent += 1;
        if (day < serviceStartDay || day > (serviceEndDay ?? day)) wrong.outside += 1;
        if (endSeconds <= startSeconds) wrong.backwards += 1;
        if (at > 0 && startSeconds < duties[at - 1]!.endSeconds) wrong.twice += 1;
      });
    }
    expect(wrong).toEqual({ absent: 0, twice: 0, outside: 0, backwards: 0 });
    expect(all.flatMap(({ duties }) => duties.slice(0, 1)).length).toBeGreaterThan(350);
  });

  test('every pattern is there: nights for those who rotate, none in the office, short gaps where lates come first', () => {
    const ofRole = (role: string) =>
      all.filter(({ person }) => force.people[person]!.role === role).flatMap(({ duties }) => [duties]);
    const nights = (role: string) =>
      ofRole(role)
        .flat()
        .filter(({ type }) => type === 'night').length;
    expect(nights('Response')).toBeGreaterThan(1_000);
    expect(nights('CID')).toBe(0);
    const gaps = (role: string) =>
      meanOf(
        ofRole(role).map(
          (duties) =>
            duties.filter((duty, at) => duty.startSeconds - (duties[at - 1]?.endSeconds ?? 0) < shortGapSeconds).length,
        ),
      );
    expect(gaps('Call handling')).toBeGreaterThan(2 * gaps('Response'));
    expect(gaps('Response')).toBeGreaterThan(0);
  });
});

describe('the burnout pulse', () => {
  test('shows each outcome as it was drawn: a case by its score or by a long psychological spell', () => {
    let shown = 0;
    for (const { absences, pulses, landmarks } of all) {
      for (const { wave, isCase, shownAs } of landmarks) {
        const now = pulses.find((answer) => answer.wave === wave)!;
        const after = pulses.find((answer) => answer.wave === wave + 1);
        expect(now.score).toBeLessThan(casenessFrom);
        const positive = (after?.score ?? 0) >= casenessFrom;
        const spell = absences.some(
          ({ reason, startDay, endDay }) =>
            reason === psychological &&
            startDay > now.takenDay &&
            startDay <= now.takenDay + 180 &&
            endDay - startDay + 1 > longTermAfterDays,
        );
        if (shownAs === null) {
          expect(after?.score ?? null).toBeNull();
          expect(spell).toBe(false);
          continue;
        }
        shown += 1;
        expect(after!.takenDay - now.takenDay).toBeLessThanOrEqual(180);
        expect(positive || spell).toBe(isCase);
        expect(spell).toBe(shownAs === 'spell');
      }
    }
    expect(shown).toBeGreaterThan(500);
  });

  test('exactly one later pulse lies within the horizon, and the last but one is held with a spell after it', () => {
    const lastDay = dayOfIso(force.options.endDate)!;
    const waves = Math.max(...all.flatMap(({ pulses }) => pulses.map(({ wave }) => wave)));
    expect(waves).toBe(6);
    for (const { pulses } of all) {
      for (const { wave, takenDay } of pulses) {
        const within = pulses.filter((other) => other.takenDay > takenDay && other.takenDay <= takenDay + 180);
        expect(within.length).toBeLessThanOrEqual(1);
        if (wave === waves - 1) expect(takenDay + 208).toBeLessThanOrEqual(lastDay);
      }
    }
  });

  test('cases come as often as the planted chances add up to, in every group, and with the shifts only where they are', () => {
    const big = generateForce({ people: 3_000, years: 4, seed: 5 });
    const landmarks = [...big.careers()].flatMap((career) => career.landmarks);
    const judge = (group: typeof landmarks) => {
      const known = group.filter(({ shownAs }) => shownAs !== null);
      const expected = known.reduce((sum, { chance }) => sum + chance, 0);
      const variance = known.reduce((sum, { chance }) => sum + chance * (1 - chance), 0);
      return Math.abs(known.filter(({ isCase }) => isCase).length - expected) / Math.sqrt(variance);
    };
    for (const partTime of [true, false]) {
      expect(judge(landmarks.filter((landmark) => landmark.partTime === partTime))).toBeLessThan(3.3);
    }
    const chanceIn = (wave: number) => meanOf(landmarks.filter((one) => one.wave === wave).map(({ chance }) => chance));
    expect(chanceIn(7) / chanceIn(6)).toBeGreaterThan(1.25);
    expect(Math.abs(chanceIn(6) / chanceIn(5) - 1)).toBeLessThan(0.1);
    const fit = generateForce({ people: 1_000, years: 3, seed: 5, planted: { partTimeShift: 0, lastWaveShift: 0 } });
    const plain = [...fit.careers()].flatMap((career) => career.landmarks);
    const chanceOf = (partTime: boolean) =>
      meanOf(plain.filter((one) => one.partTime === partTime).map(({ chance }) => chance));
    expect(chanceOf(true) / chanceOf(false)).toBeLessThan(1.15);
  });

  test('is not sent where it is not planted, and its outcome hangs on nothing where the effects are null', () => {
    const none = [...careers({ ...force.options, planted: { noPulse: true } }, force.people, () => noExposures)];
    expect(none.every(({ pulses }) => pulses.length === 0)).toBe(true);
    const flat = careers({ ...force.options, planted: { nullIntercept: -2 } }, force.people, () => noExposures);
    const chances = new Set([...flat].flatMap(({ landmarks }) => landmarks.map(({ chance }) => chance)));
    expect([...chances]).toEqual([1 / (1 + Math.exp(2))]);
  });
});

const noExposures = { days: [], recordedDays: [] };
