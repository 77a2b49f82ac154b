import { describe, expect, it } from 'vitest';
import type { Timeline } from '#shared/contract/analyses.ts';
import { addMonths, type Question, seriesSpec } from '../../src-renderer/features/exposure/filters.ts';
import { filterPeople } from '../../src-renderer/features/exposure/people-model.ts';
import type { ExposureLoad, HeatCell, PersonLoad, SeriesCell } from '../../src-renderer/features/exposure/results.ts';
import {
  hasWholeWindow,
  heatGrid,
  ratePoints,
  teamRows,
  withheldWords,
} from '../../src-renderer/features/exposure/teams-model.ts';
import { eventMonths, scoreLines } from '../../src-renderer/features/exposure/timeline-model.ts';
import { categoryChanges, meanOf } from '../../src-renderer/features/exposure/trend-model.ts';

function cell(month: string, unit: string, role: string, people: number, load: number): SeriesCell {
  return { month, unit, role, people, counts: { '28': load, '90': load * 2 }, decayed: 0 };
}

function loadOf(category: Record<string, number>): ExposureLoad {
  return {
    people: 0,
    events: 0,
    eventsInPost: 0,
    coverage: 1,
    totals: { category, month: {}, role: {}, unit: {} },
    distribution: {},
    rows: [],
  };
}

const question: Question = { asOf: '2026-03-31', windowDays: 90, scheme: 'count-v1', firstDay: '2025-12-20' };

describe('teams', () => {
  const series = [
    cell('2026-03', 'North', 'Response', 8, 6),
    cell('2026-03', 'North', 'CID', 4, 6),
    cell('2026-03', 'South', 'Response', 30, 4),
    cell('2026-03', 'East', 'CID', 9, 90),
    cell('2026-03', 'West', 'CID', 20, 0),
    cell('2026-02', 'North', 'CID', 50, 500),
  ];

  it('adds up a month, withholds counts of one to four and rates of fewer than ten people', () => {
    expect(teamRows(series, series, '2026-03', 'unit', 28)).toEqual([
      { team: 'North', people: 12, events: 12, perPerson: 1 },
      { team: 'West', people: 20, events: 0, perPerson: 0 },
      { team: 'East', people: 9, events: 90, perPerson: null },
      { team: 'South', people: 30, events: null, perPerson: null },
    ]);
  });

  it('withholds by plain counts whatever the scheme weighs', () => {
    const weighted = [cell('2026-03', 'South', 'Response', 30, 40)];
    expect(teamRows(weighted, series, '2026-03', 'unit', 28)).toEqual([
      { team: 'South', people: 30, events: null, perPerson: null },
    ]);
  });

  it('leaves out months whose window begins before the data', () => {
    expect(hasWholeWindow('2026-01', 31, '2026-01-01')).toBe(true);
    expect(hasWholeWindow('2026-01', 32, '2026-01-01')).toBe(false);
    expect(ratePoints(series, series, 28, { unit: 'North', role: null }, '2026-02-20')).toEqual([
      { month: '2026-03', people: 12, perPerson: 1 },
    ]);
  });

  it('draws the months that are held, and leaves out units too small for any of them', () => {
    const shown = (rate: number): HeatCell => ({ rate, denominator: 400, reason: null });
    const small: HeatCell = { rate: null, denominator: null, reason: 'few people' };
    const few: HeatCell = { rate: null, denominator: null, reason: 'few exposures' };
    const none: HeatCell = { rate: null, denominator: null, reason: 'no data' };
    const grid = heatGrid({
      months: [
        { month: '2026-01', state: 'none' },
        { month: '2026-02', state: 'held' },
        { month: '2026-03', state: 'held' },
      ],
      heat: {
        groups: ['Dogs', 'North'],
        cells: [
          [none, small, small],
          [none, shown(2.5), few],
        ],
      },
    });
    expect(grid).toEqual({ months: ['2026-02', '2026-03'], lines: [{ unit: 'North', cells: [shown(2.5), few] }] });
    expect([small, few].map(withheldWords)).toEqual([
      'withheld: fewer than 10 people',
      'withheld: fewer than 5 exposures',
    ]);
  });
});

describe('trend', () => {
  it('finds what a window holds as the difference of totals', () => {
    const [now, ago, twoAgo] = [loadOf({ A: 10, B: 9, C: 4 }), loadOf({ A: 7, B: 2, C: 4 }), loadOf({ A: 7, B: 1 })];
    expect(categoryChanges(now, ago, twoAgo)).toEqual([
      { category: 'B', now: 7, before: 1 },
      { category: 'A', now: 3, before: 0 },
      { category: 'C', now: 0, before: 4 },
    ]);
    expect(categoryChanges(now, ago, null).map((change) => change.before)).toEqual([null, null]);
  });

  it('has no mean of fewer than two values', () => {
    expect([meanOf([3, null, 5]), meanOf([3, null])]).toEqual([4, null]);
  });

  it('asks for no month before the data and for at most three years', () => {
    expect(addMonths('2026-01', -1)).toBe('2025-12');
    expect(seriesSpec(question).from).toBe('2025-12');
    expect(seriesSpec({ ...question, firstDay: '2001-01-01' }).from).toBe('2023-04');
  });
});

describe('people', () => {
  const person = (name: string, unit: string, triggers: PersonLoad['triggers'] = []): PersonLoad => ({
    person: name,
    unit,
    role: 'Response',
    counts: {},
    events: {},
    decayed: 0,
    percentiles: {},
    triggers,
  });
  const rows = [person('AAAA', 'North'), person('BBBB', 'South', [{ rule: 'r', words: 'w' }])];

  it('are found by unit, signal and words', () => {
    const filter = { search: '', unit: null, role: null, signalsOnly: false };
    expect(filterPeople(rows, { ...filter, signalsOnly: true })).toEqual([rows[1]]);
    expect(filterPeople(rows, { ...filter, unit: 'North' })).toEqual([rows[0]]);
    expect(filterPeople(rows, { ...filter, search: 'south bb' })).toEqual([rows[1]]);
    expect(filterPeople(rows, { ...filter, search: 'north bb' })).toEqual([]);
  });
});

describe('a timeline', () => {
  const event = (day: string, category: string, counted = true) => ({
    day,
    category,
    counted,
    proximity: null,
    minutes: null,
    batch: 1,
  });
  const score = (day: string, instrument: string, scale: string, value: number) => ({
    day,
    instrument,
    scale,
    score: value,
    band: null,
    batch: 1,
  });
  const timeline: Timeline = {
    person: 'AAAA',
    unit: null,
    role: null,
    inPost: true,
    serviceStart: null,
    serviceEnd: null,
    events: [
      event('2026-01-05', 'RTC_FATAL'),
      event('2026-03-05', 'RTC_FATAL'),
      event('2026-03-06', 'TERROR'),
      event('2026-03-07', 'HOMICIDE_SCENE'),
      event('2026-04-01', 'UNMAPPED', false),
    ],
    scores: [
      score('2026-02-01', 'PHQ-9', 'total', 9),
      score('2025-02-01', 'PHQ-9', 'total', 4),
      score('2026-02-01', 'PHQ-9', 'part', 3),
      score('2026-02-01', 'ITQ', 'PTSD', 5),
    ],
  };

  it('counts by month and kind, quiet months included and uncounted rows left out', () => {
    expect(eventMonths(timeline, 1)).toEqual({
      months: ['2026-01', '2026-02', '2026-03'],
      kinds: [
        { name: 'Fatal road traffic collision', values: [1, 0, 1] },
        { name: 'Other kinds', values: [0, 0, 2] },
      ],
    });
    expect(eventMonths(timeline, 2).kinds.map((kind) => kind.name)).toEqual([
      'Fatal road traffic collision',
      'Homicide scene',
      'Terrorist incident',
    ]);
    expect(eventMonths({ ...timeline, events: [] }, 5)).toEqual({ months: [], kinds: [] });
  });

  it('draws totals where an instrument has one, and its scales where it has none', () => {
    expect(scoreLines(timeline)).toEqual([
      {
        name: 'PHQ-9',
        points: [
          { day: '2025-02-01', score: 4, band: null },
          { day: '2026-02-01', score: 9, band: null },
        ],
      },
      { name: 'ITQ PTSD', points: [{ day: '2026-02-01', score: 5, band: null }] },
    ]);
  });
});
