import { describe, expect, it } from 'vitest';
import type { Indicator, IndicatorPoint } from '../../src-renderer/bridge/indicators.ts';
import { questionOf } from '../../src-renderer/features/indicators/filters.ts';
import {
  byDomain,
  indicatorFinding,
  indicatorRunSpec,
  lacking,
  monthsShown,
  staleExtract,
  usualRange,
  whyNot,
} from '../../src-renderer/features/indicators/indicators-model.ts';
import { latestPoint, variationOf } from '../../src-renderer/ui/indicator-words.ts';
import { wholeMonthsBetween } from '../../src-renderer/ui/whole-months.ts';

const monthNamed = (at: number) => `${2025 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;

function pointOf(at: number, value: number | null, more: Partial<IndicatorPoint> = {}): IndicatorPoint {
  return {
    ...{ month: monthNamed(at), state: value === null ? 'withheld' : 'measured', numerator: value, denominator: 100 },
    ...{ value, reason: value === null ? 'Fewer than 10 people stand behind it.' : null, lower: 2, upper: 105 },
    ...{ signals: [], signal: null },
    ...more,
  };
}

function indicatorOf(points: readonly IndicatorPoint[], more: Partial<Indicator> = {}): Indicator {
  return {
    id: 'screening-uptake',
    definition: {
      ...{
        id: 'screening-uptake',
        version: 1,
        title: 'Screening uptake',
        question: 'Who answers?',
        numerator: 'Answers',
      },
      ...{ denominator: 'Invitations', window: 'The month', kind: 'share', unit: 'per cent', threshold: 10 },
      ...{ owner: 'Force analyst', better: 'high', target: 80, source: 'None', kinds: ['screenings'] },
    },
    target: { value: 80, setBy: 'definition', owner: null, reviewOn: null },
    howWorkedOut: '',
    notMeasurable: null,
    chart: { points, centre: 50, lower: 2, upper: 105, assurance: 'fail', warnings: [] },
    ...more,
  };
}

const extract = (kind: string, label: string, rows: number, to: string | null) => ({
  ...{ kind, label, rows, to, lastImport: null },
});
const year = Array.from({ length: 12 }, (_, at) => pointOf(at, 50));

describe('an indicator in words', () => {
  it('says nothing of what is usual before twelve months have a value', () => {
    const short = indicatorOf([...year.slice(0, 11), pointOf(11, null)]);
    expect(variationOf(short)).toBe('unknown');
    expect(usualRange(short)).toBeNull();
    expect(monthsShown(short)).toBe('11 of 12 months');
    expect(indicatorFinding(short)).toBe(
      'Nov 2025: 50%, with a mean of 50% of 11 of 12 months; too few to say what is usual',
    );
    expect(variationOf(indicatorOf(year))).toBe('usual');
  });

  it('keeps the range of a share within what a share can be', () => {
    expect(usualRange(indicatorOf(year))).toBe('2.0 to 100.0%');
  });

  it('says whether a signal is good, and draws it with its rule and the target', () => {
    const signal = { kind: 'improvement', direction: 'high' } as const;
    const points = [...year, ...[12, 13].map((at) => pointOf(at, 90, { signals: ['shift'], signal }))];
    const risen = indicatorOf(points);
    expect(indicatorFinding(risen)).toBe('Feb 2026: 90%, with a mean of 50%. Improvement: higher than usual');
    const spec = indicatorRunSpec(risen);
    expect(spec.labels).toEqual([{ index: 12, text: 'Run above the mean' }]);
    expect(spec.target).toEqual({ value: 80, label: 'Target' });
    expect(spec.points[13]).toMatchObject({ value: 90, signal });
  });

  it('draws a withheld month as withheld, and never as its newest', () => {
    const held = indicatorOf([...year, pointOf(12, null)]);
    expect(indicatorRunSpec(held).points[12]).toMatchObject({ value: 'withheld', centre: null });
    expect(latestPoint(held)?.month).toBe('2025-12');
    expect(whyNot(indicatorOf([pointOf(0, null), pointOf(1, null)]))).toMatch(
      /^Every month is withheld: fewer than 10/,
    );
  });
});

describe('what an indicator lacks', () => {
  it('is every extract that is not held, and either way of recording exposures is enough', () => {
    const base = indicatorOf(year);
    const wants = (kinds: readonly string[]) => ({ ...base, definition: { ...base.definition, kinds } });
    const held = [extract('people', 'People', 9, null), extract('incidents', 'Incidents', 9, '2025-12-31')];
    expect(lacking(wants(['people', 'exposures', 'incidents', 'attendances']), held)).toEqual([]);
    expect(lacking(wants(['people', 'peer_contacts']), held)).toEqual(['peer contacts']);
    expect(lacking(wants(['people', 'exposures', 'incidents']), [])).toEqual(['people', 'exposures']);
  });

  it('is newer rows where an extract ends before the newest month', () => {
    const one = indicatorOf(year);
    expect(staleExtract(one, [extract('screenings', 'Screenings', 5, '2025-12-02')])).toBeNull();
    expect(staleExtract(one, [extract('screenings', 'Screenings', 5, '2025-11-30')])).toEqual({
      label: 'Screenings',
      to: '2025-11-30',
    });
  });
});

describe('the list', () => {
  it('leaves out what nothing is measured for, and keeps an indicator that no domain names', () => {
    const unknown = indicatorOf(year, { id: 'morale' });
    expect(byDomain([unknown, indicatorOf(year)]).map(({ title }) => title)).toEqual(['Screening', 'Others']);
  });

  it('asks for no month before the data begin', () => {
    expect(wholeMonthsBetween('2025-01-03', '2025-12-31')).toBe(12);
    expect(wholeMonthsBetween('2025-01-20', '2025-12-30')).toBe(10);
    expect(wholeMonthsBetween(null, '2025-12-31')).toBe(0);
    expect(questionOf({ asOf: null, months: 24 }, '2025-01-03', '2025-12-31')).toEqual({
      asOf: '2025-12-31',
      months: 12,
    });
    expect(questionOf({ asOf: '2025-06-30', months: 12 }, '2020-01-01', '2025-12-31').months).toBe(12);
  });
});
