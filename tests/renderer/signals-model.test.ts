import { describe, expect, it } from 'vitest';
import {
  filterLines,
  type SignalLine,
  type Signals,
  signalMonths,
  signalsSpec,
} from '../../src-renderer/features/exposure/signals-model.ts';
import { few } from '../../src-renderer/features/exposure/signals-text.ts';

const question = { every: 'week', backDays: 364, scheme: 'count-v1' } as const;

function line(more: Partial<SignalLine>): SignalLine {
  return {
    ...{ person: 'AAAA', unit: 'North', role: 'Response', rule: 'r', words: 'Eight or more', raised: '2026-01-04' },
    ...{ eventDay: null, state: 'new', joined: 0, coolsUntil: null, since: null, stands: false, cleared: null },
    ...more,
  };
}

describe('the tab of signals', () => {
  it('asks for looks that go back from the day, and never beyond the data', () => {
    expect(signalsSpec(question, '2026-03-31', '2020-01-01', true)).toMatchObject({ from: '2025-04-01', rows: true });
    expect(signalsSpec(question, '2026-03-31', '2026-03-01', false)).toMatchObject({ from: '2026-03-01', rows: false });
    expect(signalsSpec(question, '2026-03-31', '2026-05-01', false).from).toBe('2026-03-31');
  });

  it('draws every month between the first look and the last, and only rules that spoke', () => {
    const counts = { signals: 2, new: 1, again: 1 };
    const rule = { ...counts, single: false, people: 1, standing: 0 };
    const signals = {
      looks: [{ day: '2025-11-30' }, { day: '2026-02-28' }],
      rules: [
        { ...rule, rule: 'a', words: 'A rule' },
        { ...rule, rule: 'b', words: 'Silent', signals: 0 },
      ],
      months: [{ ...counts, month: '2026-01', rule: 'a' }],
    } as unknown as Signals;
    expect(signalMonths(signals)).toEqual({
      months: ['2025-11', '2025-12', '2026-01', '2026-02'],
      series: [{ name: 'A rule', values: [0, 0, 2, 0] }],
    });
  });

  it('finds lines by any of their words, and those that stand', () => {
    const lines = [line({}), line({ person: 'BBBB', stands: true, unit: 'South' })];
    expect(filterLines(lines, { search: 'south eight', standingOnly: false })).toEqual([lines[1]]);
    expect(filterLines(lines, { search: '', standingOnly: true })).toEqual([lines[1]]);
    const again = line({ person: 'BBBB', stands: true, raised: '2026-02-01' });
    expect(filterLines([...lines, again], { search: '', standingOnly: true })).toEqual([again]);
    expect(filterLines(lines, { search: 'nothing', standingOnly: false })).toEqual([]);
  });

  it('does not tell small numbers of people', () => {
    expect([0, 1, 4, 5, 1200].map(few)).toEqual(['0', 'under 5', 'under 5', '5', '1,200']);
  });
});
