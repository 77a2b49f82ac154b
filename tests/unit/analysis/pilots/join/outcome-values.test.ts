import { describe, expect, it } from 'vitest';
import type { AbsenceRow } from '#main/analysis/absence/spells.ts';
import { absenceValues } from '#main/analysis/pilots/join/absence-values.ts';
import { measured, nameOf, normMeanOf } from '#main/analysis/pilots/join/measured-outcome.ts';
import { scoreValues } from '#main/analysis/pilots/join/score-values.ts';
import { pilotPlanSchema } from '#shared/domain/pilot.ts';
import { pilotRecords, staffMember } from '#tests/fixtures/pilot-records.ts';

const nobody = { lastDay: null, withdrawn: new Map<number, number>() };

describe('a score of somebody', () => {
  const answers = [3, 10, 20, 30].map((day) => ({ person: 1, day, score: day }));

  it('is the last of its days before the pilot, and the one nearest to the middle after it', () => {
    const values = scoreValues(answers, nobody);
    expect(values.valueOf(1, 0, 20, 'last')).toBe(20);
    expect(values.valueOf(1, 0, 22, 'middle')).toBe(10);
    // Both are five days from the middle: the earlier.
    expect(values.valueOf(1, 8, 22, 'middle')).toBe(10);
    expect(values.valueOf(1, 11, 19, 'middle')).toBeNull();
    expect(values.valueOf(2, 0, 40, 'last')).toBeNull();
  });

  it('counts neither from the day of withdrawal on nor after the last day asked about', () => {
    expect(scoreValues(answers, { ...nobody, withdrawn: new Map([[1, 20]]) }).valueOf(1, 0, 40, 'last')).toBe(10);
    const early = scoreValues(answers, { ...nobody, lastDay: 25 });
    expect(early.valueOf(1, 0, 40, 'last')).toBe(20);
    expect([early.knownFrom, early.knownTo]).toEqual([3, 25]);
    expect(scoreValues(answers, nobody).knownTo).toBe(30);
  });
});

describe('the absence of somebody', () => {
  const row = (startDay: number, endDay: number | null, reason: string | null = null): AbsenceRow => ({
    ...{ startDay, endDay, reason, fteDays: null, injuryOnDuty: false },
  });
  const rows = [row(10, 14, 'Stress'), row(15, 16, 'Flu'), row(30, null, 'Flu')];
  const records = pilotRecords({
    members: new Map([
      [1, staffMember()],
      [2, staffMember({ serviceEnd: 20 })],
    ]),
    absences: { of: new Map([[1, rows]]), firstDay: 10, lastDay: 40 },
  });
  const days = absenceValues(records, { of: 'absence', count: 'days', reason: 'all' }, nobody);

  it('is the calendar days that lie within, and the spells that began there', () => {
    expect(days.valueOf(1, 12, 35, 'last')).toBe(5 + 6);
    const spells = absenceValues(records, { of: 'absence', count: 'spells', reason: 'all' }, nobody);
    expect(spells.valueOf(1, 0, 35, 'last')).toBe(2);
    expect(spells.valueOf(1, 12, 29, 'last')).toBe(0);
    const psychological = absenceValues(records, { of: 'absence', count: 'days', reason: 'psychological' }, nobody);
    expect(psychological.valueOf(1, 0, 35, 'last')).toBe(5);
  });

  it('is not known of who left, of whom HR does not have, who withdrew, nor beyond the extract', () => {
    expect(days.valueOf(2, 0, 19, 'last')).toBe(0);
    expect(days.valueOf(2, 0, 21, 'last')).toBeNull();
    expect(days.valueOf(3, 0, 20, 'last')).toBeNull();
    expect(days.valueOf(1, 0, 41, 'last')).toBeNull();
    const withdrawn = { ...nobody, withdrawn: new Map([[1, 20]]) };
    const left = absenceValues(records, { of: 'absence', count: 'days', reason: 'all' }, withdrawn);
    expect(left.valueOf(1, 0, 20, 'last')).toBeNull();
    expect(left.valueOf(1, 0, 19, 'last')).toBe(7);
  });
});

describe('an outcome of a plan', () => {
  const outcome = (measure: object, better = 'low') =>
    pilotPlanSchema.parse({
      ...{ pilot: 'p', title: 'p' },
      primary: { measure, better, followUp: { fromDay: 1, toDay: 9 } },
    }).primary!;
  const options = { lastDay: null, norms: null };

  it('is named as its instrument, or as what is counted', () => {
    expect(nameOf(outcome({ of: 'score', instrument: 'phq9' }))).toBe('PHQ-9');
    expect(nameOf(outcome({ of: 'score', instrument: 'STSS', scale: 'arousal' }))).toBe('STSS, arousal');
    expect(nameOf(outcome({ of: 'absence', count: 'days', reason: 'psychological' }))).toBe(
      'Days absent for psychological reasons',
    );
  });

  it('has the published rule of change where one is confirmed, and none where none is', () => {
    const { norms } = measured(outcome({ of: 'score', instrument: 'PHQ-9' }), pilotRecords(), options);
    expect(norms).toMatchObject({ points: 6, source: expect.stringContaining('NHS Talking Therapies') });
    expect(measured(outcome({ of: 'score', instrument: 'PSS-10' }), pilotRecords(), options).norms).toBeNull();
    expect(normMeanOf(outcome({ of: 'score', instrument: 'CORE-10' }))).toBe(4.7);
    expect(normMeanOf(outcome({ of: 'score', instrument: 'PHQ-9' }))).toBeNull();
  });
});
