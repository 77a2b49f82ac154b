import { describe, expect, it } from 'vitest';
import { bradfordContext, bradfordFactor } from '#main/analysis/absence/bradford.ts';
import { latestHolds } from '#main/analysis/absence/latest-holds.ts';
import { reasonReader } from '#main/analysis/absence/reasons.ts';
import { parseAbsenceSpec } from '#main/analysis/absence/spec.ts';
import { type AbsenceRow, noSpellNotes, spellDays, spellsOf } from '#main/analysis/absence/spells.ts';
import { randomStream } from '#shared/domain/random.ts';
import { away, day } from './oracle.ts';

const options = { toDay: day('2025-12-31'), gapDays: 0, bridgeWeekends: false };

function join(rows: readonly AbsenceRow[], more: Partial<typeof options> = {}) {
  const notes = noSpellNotes();
  const spells = spellsOf(rows, { ...options, ...more }, notes);
  return { spells, notes, spans: spells.map(({ startDay, endDay }) => [startDay, endDay]) };
}

describe('spells of one person', () => {
  it('join what overlaps and what leaves no day between, and keep apart what does', () => {
    const { spans, notes } = join([
      away('2025-03-01', '2025-03-10'),
      away('2025-03-05', '2025-03-07'),
      away('2025-03-11', '2025-03-12'),
      away('2025-03-14', '2025-03-14'),
    ]);
    expect(spans).toEqual([
      [day('2025-03-01'), day('2025-03-12')],
      [day('2025-03-14'), day('2025-03-14')],
    ]);
    expect(notes).toEqual({ overlapping: 1, consecutive: 1, bridged: 0, openFollowed: 0 });
  });

  it('bridge weekends and gaps only where the spec asks', () => {
    // Friday 7 March 2025, then Monday 10 March; then two days on Thursday 13 March.
    const rows = [away('2025-03-06', '2025-03-07'), away('2025-03-10', '2025-03-10'), away('2025-03-13', '2025-03-13')];
    expect(join(rows).spans).toHaveLength(3);
    const bridged = join(rows, { bridgeWeekends: true });
    expect(bridged.spans).toEqual([
      [day('2025-03-06'), day('2025-03-10')],
      [day('2025-03-13'), day('2025-03-13')],
    ]);
    expect(bridged.notes.bridged).toBe(1);
    // The days between belong to the length, but are not lost.
    expect(spellDays(bridged.spells[0]!, options.toDay)).toBe(5);
    expect(bridged.spells[0]!.pieces.reduce((sum, piece) => sum + piece.toDay - piece.fromDay + 1, 0)).toBe(3);
    expect(join(rows, { gapDays: 2 }).spans).toHaveLength(1);
    expect(join(rows, { gapDays: 1 }).spans).toHaveLength(3);
  });

  it('give a day that several rows cover to the one that began last, and give it back after', () => {
    const { spells } = join([
      away('2025-03-01', '2025-03-10', { reason: 'Flu' }),
      away('2025-03-04', '2025-03-06', { reason: 'Stress' }),
    ]);
    expect(spells[0]!.pieces.map(({ fromDay, toDay, reason }) => [toDay - fromDay + 1, reason])).toEqual([
      [3, 'Flu'],
      [3, 'Stress'],
      [4, 'Flu'],
    ]);
  });

  it('stay open where they go on beyond the last day, and say where an open one is followed by another', () => {
    const { spans, notes, spells } = join([away('2025-11-01', null), away('2025-12-01', '2025-12-05')]);
    expect(spans).toEqual([[day('2025-11-01'), null]]);
    expect(notes.openFollowed).toBe(1);
    expect(spellDays(spells[0]!, options.toDay)).toBe(61);
    expect(join([away('2025-12-30', '2026-01-02')]).spans).toEqual([[day('2025-12-30'), null]]);
    expect(join([away('2025-12-30', '2025-12-31')]).spans).toEqual([[day('2025-12-30'), day('2025-12-31')]]);
    expect(join([away('2026-01-01', null)]).spans).toEqual([]);
  });

  it('are passed over, with what was noted of them, where they ended before the first day asked about', () => {
    const rows = [away('2025-03-01', '2025-03-10'), away('2025-03-05', '2025-03-12'), away('2025-06-01', '2025-06-02')];
    const after = join(rows, { fromDay: day('2025-03-13') } as Partial<typeof options>);
    expect(after.spans).toEqual([[day('2025-06-01'), day('2025-06-02')]]);
    expect(after.notes.overlapping).toBe(0);
    const reaching = join(rows, { fromDay: day('2025-03-12') } as Partial<typeof options>);
    expect([reaching.spans.length, reaching.notes.overlapping]).toEqual([2, 1]);
  });

  it('cover every day absent exactly once, as a count day by day has it', () => {
    const stream = randomStream(7, 'spells');
    for (let round = 0; round < 200; round += 1) {
      const rows = Array.from({ length: 1 + stream.nextBelow(6) }, () => stream.nextBelow(60))
        .sort((a, b) => a - b)
        .filter((start, at, all) => at === 0 || start > all[at - 1]!)
        .map((start) => ({
          ...away('2025-01-01', null),
          startDay: start,
          endDay: stream.nextBelow(9) === 0 ? null : start + stream.nextBelow(12),
        }));
      const spells = spellsOf(rows, { toDay: 50, gapDays: 0, bridgeWeekends: false }, noSpellNotes());
      const covered = spells.flatMap(({ pieces }) =>
        pieces.flatMap(({ fromDay, toDay }) => Array.from({ length: toDay - fromDay + 1 }, (_, at) => fromDay + at)),
      );
      const naive = Array.from({ length: 51 }, (_, at) => at).filter((at) =>
        rows.some(({ startDay, endDay }) => startDay <= at && at <= (endDay ?? at)),
      );
      expect(covered).toEqual(naive);
    }
  });
});

describe('days held by the span that began last', () => {
  it('are whole, in order, and nobody’s where nothing covers them', () => {
    expect(latestHolds([], 3, 5)).toEqual([{ fromDay: 3, toDay: 5, span: -1 }]);
    expect(latestHolds([], 5, 3)).toEqual([]);
    expect(
      latestHolds(
        [
          { fromDay: 0, toDay: 1 },
          { fromDay: 4, toDay: 4 },
        ],
        1,
        6,
      ),
    ).toEqual([
      { fromDay: 1, toDay: 1, span: 0 },
      { fromDay: 2, toDay: 3, span: -1 },
      { fromDay: 4, toDay: 4, span: 1 },
      { fromDay: 5, toDay: 6, span: -1 },
    ]);
  });
});

describe('reasons', () => {
  it('are read by the force’s own codes first, then the disclosed ones, then words that stand alone', () => {
    const read = reasonReader({ own: { I1: 'OTHER', ' x9 ': 'PSYCHOLOGICAL' }, codeSets: null });
    const groupOf = (code: string | null) => read(code).group.code;
    expect(['I1', 'X9', '1108', 'i6'].map(groupOf)).toEqual([
      'OTHER',
      'PSYCHOLOGICAL',
      'PSYCHOLOGICAL',
      'PSYCHOLOGICAL',
    ]);
    expect(
      ['Stress/anxiety/depression', 'Other mental health', 'Stress fracture', 'Back pain', 'Cold, cough, flu'].map(
        groupOf,
      ),
    ).toEqual(['PSYCHOLOGICAL', 'PSYCHOLOGICAL', 'INJURY', 'MUSCULOSKELETAL', 'RESPIRATORY']);
    expect([null, ' ', 'Stressed', '1110'].map(groupOf)).toEqual(['UNMAPPED', 'UNMAPPED', 'UNMAPPED', 'UNMAPPED']);
    // Unconfirmed codes are off until somebody names them.
    expect(groupOf('S10')).toBe('UNMAPPED');
    expect(reasonReader({ own: {}, codeSets: ['nhs-esr'] })('S10').group.code).toBe('PSYCHOLOGICAL');
    expect(reasonReader({ own: {}, codeSets: ['nhs-esr'] })('I1').group.code).toBe('UNMAPPED');
  });
});

describe('the Bradford factor', () => {
  it('is that of the published example, over 52 weeks, without what may not count', () => {
    const factor = (rows: readonly AbsenceRow[]) =>
      bradfordFactor(rows, options, reasonReader({ own: {}, codeSets: null }));
    const spread = (spells: number) =>
      Array.from({ length: spells }, (_, at) => ({
        ...away('2025-02-03', null),
        startDay: day('2025-02-03') + 30 * at,
        endDay: day('2025-02-03') + 30 * at + 10 / spells - 1,
      }));
    expect([spread(1), spread(5), spread(10)].map(factor)).toEqual([10, 250, 1_000]);
    expect(factor([away('2025-03-01', '2025-03-10', { injuryOnDuty: true })])).toBe(0);
    expect(factor([away('2025-03-01', '2025-03-10', { reason: 'Pregnancy related' })])).toBe(0);
    expect(factor([away('2024-12-01', '2025-01-02')])).toBe(1);
    expect(bradfordContext([1, 2, 3], 5).spread).toBeNull();
  });
});

describe('the spec of absence', () => {
  it('has its defaults filled in, and names the field that cannot be used', () => {
    expect(parseAbsenceSpec({ from: '2025-01-01', to: '2025-12-31' })).toEqual({
      ok: true,
      value: {
        from: '2025-01-01',
        to: '2025-12-31',
        by: 'force',
        minimum: 10,
        days: 'calendar',
        gapDays: 0,
        bridgeWeekends: false,
        reference: null,
        reasons: {},
        codeSets: null,
        rows: false,
      },
    });
    const whole = { from: '2025-01-01', to: '2025-12-31' };
    for (const [spec, word] of [
      [{ ...whole, from: '2025-02-30' }, '"from"'],
      [{ ...whole, by: 'shoe size' }, '"by"'],
      [{ ...whole, minimum: 1 }, '"minimum"'],
      [{ ...whole, reasons: { A: 'NO_GROUP' } }, '"reasons.A"'],
      [{ ...whole, codeSets: ['nobody'] }, '"codeSets.0"'],
      [{ ...whole, more: 1 }, 'more'],
      [{ from: '2025-12-31', to: '2025-01-01' }, 'ends before it begins'],
      [{ from: '1950-01-01', to: '2025-01-01' }, 'longer than 30 years'],
      [null, 'it'],
    ] as const) {
      expect(parseAbsenceSpec(spec)).toMatchObject({
        ok: false,
        error: { code: 'BAD_SPEC', message: expect.stringContaining(word) },
      });
    }
  });
});
