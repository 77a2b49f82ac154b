import { describe, expect, it } from 'vitest';
import { allInstruments } from '#main/analysis/instruments/registry.ts';
import { readExposurePeriod, readScreeningSummary } from '#main/analysis/screening/period-readings.ts';
import { screeningScript } from '#main/analysis/screening/period-scripts.ts';
import { parsePeriodSpec } from '#main/analysis/screening/period-spec.ts';
import { type ScreeningRecord, screeningSummary } from '#main/analysis/screening/screening-summary.ts';

const period = { fromDay: 100, toDay: 200 };

function record(
  person: number,
  day: number,
  total: number | null,
  more: Partial<ScreeningRecord> = {},
): ScreeningRecord {
  const answered = total !== null;
  return {
    person,
    instrument: 'GAD-7',
    day,
    completed: answered,
    scores: answered ? { total } : {},
    classes: {},
    ...more,
  };
}

const summaryOf = (records: readonly ScreeningRecord[]) => screeningSummary(records, allInstruments(), period);

describe('screening in a period', () => {
  it('counts each person once, by the latest answers in it', () => {
    const [gad7, ...others] = summaryOf([
      record(1, 99, 21), // before it
      record(1, 100, 4),
      record(1, 150, 12), // the latest
      record(1, 201, 0), // after it
      record(2, 120, 9),
      record(2, 130, null), // invited again, did not answer
      record(3, 200, null), // never answered
      record(4, 110, 10),
      record(4, 110, 3), // the same day: the later row stands
    ]);
    expect(others).toEqual([]);
    expect(gad7).toMatchObject({ instrument: 'GAD-7', invited: 4, completed: 3 });
    const positive = Object.fromEntries(
      gad7!.findings.map(({ rule, positive: count, judged }) => [rule, [count, judged]]),
    );
    expect(positive).toEqual({
      'caseness: score of 10 or more': [1, 3],
      'NHS Talking Therapies caseness: score of 8 or more': [2, 3],
    });
  });

  it('leaves out of the shares who cannot be judged, and says nothing where nobody can', () => {
    const [gad7] = summaryOf([
      record(1, 150, 12),
      record(2, 150, 3, { scores: { total: null } }),
      record(3, 150, null),
    ]);
    expect(gad7).toMatchObject({ invited: 3, completed: 2 });
    expect(gad7!.findings[0]).toMatchObject({ judged: 1, positive: 1, share: { estimate: 1, high: 1 } });
    const [none] = summaryOf([record(1, 150, null)]);
    expect(none!.findings.map(({ share }) => share)).toEqual([null, null]);
  });

  it('uses no cut-off that is switched off, and no class of an instrument with a safety item', () => {
    const pcl5 = (person: number, total: number, value: string | null): ScreeningRecord =>
      record(person, 150, total, { instrument: 'PCL-5', classes: { 'provisional-ptsd': value } });
    const [pcl] = summaryOf([pcl5(1, 32, 'provisional PTSD'), pcl5(2, 40, 'none'), pcl5(3, 10, null)]);
    expect(pcl!.findings.map(({ rule, positive, judged }) => [rule, positive, judged])).toEqual([
      ['probable PTSD, lower limit: score of 31 or more', 2, 3],
      ['probable PTSD, upper limit: score of 33 or more', 1, 3],
      [expect.stringContaining('PTSD'), 1, 2],
    ]);
    const [phq9] = summaryOf([
      record(1, 150, 15, { instrument: 'PHQ-9', classes: { 'depressive-syndrome': 'major' } }),
    ]);
    expect(phq9!.findings.map(({ rule }) => rule)).toEqual(['caseness: score of 10 or more']);
  });

  it('writes a script for R with the same counts', () => {
    const summaries = summaryOf([record(1, 150, 12), record(2, 150, 3), record(3, 150, null)]);
    expect(screeningScript(summaries)).toContain('prop.test(1, 2, correct = FALSE)');
    expect(screeningScript(summaries).match(/prop\.test/g)).toHaveLength(2);
  });
});

describe('what a period says in words', () => {
  const result = {
    months: [],
    units: [],
    roles: [],
    unitMonths: [],
    byRole: [],
    byCategory: {},
    events: 30,
    peopleByUnit: [],
    peopleByRole: [],
  };

  it('says nothing of fewer than ten people', () => {
    const few = readExposurePeriod(
      { ...result, peopleInPost: 9, perPerson: [0, 1, 1, 2, 3, 4, 5, 6, 8] },
      { ...period, coverage: 0.5 },
    );
    expect(few.join(' ')).not.toMatch(/people in post/);
    expect(few.join(' ')).toMatch(/50%.*have a code with a rule/);
    const many = readExposurePeriod(
      { ...result, peopleInPost: 11, perPerson: [0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 20] },
      { ...period, coverage: null },
    );
    expect(many.join(' ')).toMatch(/Of the 11 people in post on the last day, half had 0 or fewer/);
    // Six people had none: too few to be told apart.
    expect(many.join(' ')).not.toMatch(/had none/);
    expect(many.at(-1)).toMatch(/never for judging a person/);
    expect(readScreeningSummary(summaryOf(Array.from({ length: 9 }, (_, at) => record(at, 150, 5))))).toEqual([
      expect.stringContaining('Too few people'),
    ]);
    expect(
      readScreeningSummary(summaryOf(Array.from({ length: 12 }, (_, at) => record(at, 150, at < 10 ? 5 : null))))[0],
    ).toMatch(/^GAD-7: 10 of 12 people invited answered \(83/);
  });

  it('names the field of a spec that cannot be used', () => {
    const parse = (spec: unknown) => parsePeriodSpec('exposure-period', spec);
    expect(parse({ from: '2026-01-01', to: '2026-03-31' })).toEqual({
      ok: true,
      value: { from: '2026-01-01', to: '2026-03-31' },
    });
    for (const [spec, word] of [
      [{ from: '2026-02-30', to: '2026-03-31' }, '"from"'],
      [{ from: '2026-01-01' }, '"to"'],
      [{ from: '2026-01-01', to: '2026-03-31', more: 1 }, 'more'],
      [{ from: '2026-03-31', to: '2026-01-01' }, 'ends before it begins'],
      [{ from: '1950-01-01', to: '2026-01-01' }, 'longer than 30 years'],
      [null, 'it'],
    ] as const) {
      expect(parse(spec)).toMatchObject({
        ok: false,
        error: { code: 'BAD_SPEC', message: expect.stringContaining(word) },
      });
    }
  });
});
