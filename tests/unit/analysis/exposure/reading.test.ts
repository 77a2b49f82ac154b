import { describe, expect, it } from 'vitest';
import { exposureLoad } from '#main/analysis/exposure/exposure-load.ts';
import { seriesColumns } from '#main/analysis/exposure/exposure-series.ts';
import { exposureLoadScript } from '#main/analysis/exposure/r-script.ts';
import { loadWarnings, readExposureLoad, readExposureSeries } from '#main/analysis/exposure/reading.ts';
import { monthEndsBetween, parseExposureLoadSpec, parseExposureSeriesSpec } from '#main/analysis/exposure/specs.ts';
import { plainShare } from '#main/analysis/exposure/words.ts';
import type { Scheme } from '#shared/domain/scheme.ts';
import { compiled, countV1, event, type Force, frameOf, packedOf, person, tieredV1 } from './force.ts';
import { dayNumber } from './oracle.ts';

const asOf = '2026-03-31';
const windowsDays = [28, 180];

function load(force: Force, unmapped: number, scheme: Scheme) {
  return exposureLoad({
    exposures: packedOf(force),
    people: frameOf(force.people),
    uncounted: { unmapped, notTraumatic: 0 },
    compiled: compiled(scheme),
    asOfDay: dayNumber(asOf),
    windowsDays,
    halfLifeDays: 180,
    rows: false,
  });
}

function read(force: Force, unmapped = 0, scheme: Scheme = countV1): readonly string[] {
  return readExposureLoad(load(force, unmapped, scheme), { scheme, asOfDay: dayNumber(asOf), windowsDays });
}

const people = ['A', 'B', 'C'].map((name) => person(name));
const events = [
  ...Array.from({ length: 12 }, () => event('A', '2026-03-20', 'RTC_FATAL')),
  ...Array.from({ length: 6 }, () => event('B', '2025-12-01', 'LETHAL_FORCE')),
];

describe('readExposureLoad', () => {
  it('says n, coverage, medians, the most frequent kinds and what it does not show', () => {
    expect(read({ people, events }, 2)).toEqual([
      'By 31 Mar 2026, 18 exposures had been recorded, 18 of them for the 3 people in post on that day.',
      '90% of exposure rows up to that day had a code with a rule; the other 10% are not counted, so these figures may be too low.',
      'Over the last 180 days the median number of exposures per person in post was 6 (middle half 3 to 9; Gini 0.44, where 0 is the same for everybody); medians over other windows: 0 over 28 days.',
      'The most frequent kind was Fatal road traffic collision (12, 66.7%).',
      'These are recorded exposures: they do not show what went unrecorded, how anyone was affected or who needs help, and they are for offering support, never for judging a person.',
    ]);
  });

  it('does not put into words a kind that few events have', () => {
    expect(read({ people, events }).join(' ')).not.toContain('lethal');
  });

  it('says that a weighted load is a draft and a sensitivity view', () => {
    const sentences = read({ people, events }, 0, tieredV1);
    expect(sentences.join(' ')).toContain('weighted by the scheme tiered-v1, which is a draft');
    expect(sentences.join(' ')).toContain('the median weighted load');
    expect(sentences.length).toBeLessThanOrEqual(6);
  });

  it('has three to six sentences when there is nobody or nothing', () => {
    for (const force of [
      { people: [], events: [] },
      { people, events: [] },
    ]) {
      const sentences = read(force);
      expect(sentences.length).toBeGreaterThanOrEqual(3);
      expect(sentences.length).toBeLessThanOrEqual(6);
      expect(sentences.join(' ')).not.toMatch(/NaN|undefined|null|Infinity/);
    }
  });
});

describe('loadWarnings', () => {
  it('warns of nobody, no rows, poor coverage and an unapproved scheme, and of nothing else', () => {
    expect(loadWarnings(load({ people, events }, 0, countV1), countV1)).toEqual([]);
    expect(loadWarnings(load({ people: [], events: [] }, 0, countV1), countV1)).toHaveLength(2);
    expect(loadWarnings(load({ people, events }, 2, tieredV1), tieredV1)).toEqual([
      'Only 90% of exposure rows have a code with a rule: complete the code rules.',
      'The scheme tiered-v1 is not approved (draft): use it to compare, not to decide.',
    ]);
  });
});

describe('readExposureSeries', () => {
  const reading = (force: Force) => {
    const ends = monthEndsBetween('2026-02', '2026-03');
    if (!ends.ok) throw new Error(ends.error.message);
    const input = {
      exposures: packedOf(force),
      people: frameOf(force.people),
      compiled: compiled(countV1),
      monthEnds: ends.value,
      windowsDays,
      halfLifeDays: 180,
    };
    return readExposureSeries(seriesColumns(input), ends.value);
  };

  it('gives both ends and claims no trend', () => {
    const sentences = reading({ people, events });
    expect(sentences.slice(0, 2)).toEqual([
      'The series has 2 month ends, 28 Feb 2026 to 31 Mar 2026.',
      'The mean load per person over the last 28 days was 0 at the first (3 people in post) and 4 at the last (3 in post).',
    ]);
    expect(sentences[2]).toContain('not a trend');
  });

  it('says when nobody was in post', () => {
    expect(reading({ people: [], events: [] })[1]).toContain('nobody was in post');
  });
});

describe('plainShare', () => {
  it('never rounds to all or nothing', () => {
    expect([0, 0.00001, 0.984, 0.99999, 1].map(plainShare)).toEqual([
      '0%',
      'less than 0.1%',
      '98.4%',
      'more than 99.9%',
      '100%',
    ]);
  });
});

describe('specs', () => {
  it('fill in every default', () => {
    const filled = parseExposureLoadSpec({ asOf });
    expect(filled.ok && filled.value).toEqual({
      asOf,
      windows: [28, 90, 180, 365],
      halfLifeDays: 180,
      scheme: 'count-v1',
      rows: false,
    });
  });

  it.each([
    [{}, '"asOf"'],
    [{ asOf: '2026-02-30' }, '"asOf"'],
    [{ asOf, windows: [] }, '"windows"'],
    [{ asOf, windows: [28, 28] }, '"windows"'],
    [{ asOf, windows: [1.5] }, '"windows.0"'],
    [{ asOf, halfLifeDays: 0 }, '"halfLifeDays"'],
    [{ asOf, rows: 'yes' }, '"rows"'],
    [{ asOf, row: true }, 'row'],
    ['text', 'it'],
  ])('refuse %j by the field', (spec, field) => {
    const result = parseExposureLoadSpec(spec);
    expect(result.ok ? null : result.error.code).toBe('BAD_SPEC');
    expect(result.ok ? '' : result.error.message).toContain(field);
  });

  it('of a series take months and dates', () => {
    expect(parseExposureSeriesSpec({ from: '2025-01', to: '2025-12-31' }).ok).toBe(true);
    expect(parseExposureSeriesSpec({ from: '2025-01', to: '2025-13' }).ok).toBe(false);
  });
});

describe('exposureLoadScript', () => {
  const script = (scheme: Scheme) =>
    exposureLoadScript({
      scheme,
      asOfDay: dayNumber(asOf),
      windowsDays,
      halfLifeDays: 180,
      uncounted: { unmapped: 7, notTraumatic: 5 },
    });

  it('carries the day, windows, half-life and uncounted rows, and weighs nothing under count-v1', () => {
    const text = script(countV1);
    for (const line of ['as.Date("2026-03-31")', 'windows <- c(28, 180)', 'half_life <- 180', 'unmapped <- 7']) {
      expect(text).toContain(line);
    }
    expect(text.match(/events\$weight <- /g)).toHaveLength(1);
  });

  it('carries every weight and the cap of a tiered scheme', () => {
    const text = script(tieredV1);
    for (const part of [
      '"TERROR" = 3',
      '"remote" = 0.5',
      '"oic_only" = 0.3',
      '1.25',
      '0.05 * pmin(minutes, 480)',
      '> 6',
    ]) {
      expect(text).toContain(part);
    }
  });
});
