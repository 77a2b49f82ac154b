import { describe, expect, it } from 'vitest';
import { lightTheme } from '#shared/charts/chart-theme.ts';
import { heatClasses } from '#shared/charts/heat-map-option.ts';
import { monthLabels } from '#shared/charts/month-axis.ts';
import { closeAxis, roundAxis } from '#shared/charts/option-parts.ts';
import { shortened, textWidth } from '#shared/charts/text-width.ts';

describe('roundAxis', () => {
  it('starts at zero and ends on a round number', () => {
    expect(roundAxis([3, 47])).toEqual({ min: 0, max: 50, interval: 10 });
    expect(roundAxis([0.02, 0.37])).toEqual({ min: 0, max: 0.4, interval: 0.1 });
    expect(roundAxis([-12, 30])).toEqual({ min: -20, max: 30, interval: 10 });
    expect(roundAxis([])).toMatchObject({ min: 0 });
  });
});

describe('closeAxis', () => {
  it('starts under the least value', () => {
    expect(closeAxis([1_044, 1_392])).toEqual({ min: 1_000, max: 1_400, interval: 100 });
  });
});

describe('monthLabels', () => {
  const months = ['2025-11', '2025-12', '2026-01', '2026-02'];
  it('names every month where there is room, each year once', () => {
    expect(monthLabels(months, 200)).toEqual(['Nov\n2025', 'Dec', 'Jan\n2026', 'Feb']);
  });
  it('names quarters and then years as room runs out', () => {
    expect(monthLabels(months, 60)).toEqual(['', '', 'Jan\n2026', '']);
    const long = Array.from(
      { length: 36 },
      (_, index) => `${2023 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`,
    );
    expect(monthLabels(long, 300).filter(Boolean)).toEqual(['Jan\n2023', 'Jan\n2024', 'Jan\n2025']);
  });
});

describe('heatClasses', () => {
  it('covers every value once, whole numbers in whole classes', () => {
    const classes = heatClasses([3, 134], lightTheme, 0);
    expect(classes.map((each) => each.label)).toEqual(['0–24', '25–49', '50–74', '75–99', '100–124', '125–150']);
    expect(classes.at(-1)?.color).toBe(lightTheme.heat.at(-1));
    expect(heatClasses([1, 2], lightTheme, 0).map((each) => each.label)).toEqual(['0', '1–2']);
    expect(heatClasses([], lightTheme, 1)).toHaveLength(1);
  });
});

describe('shortened', () => {
  it('cuts only what does not fit', () => {
    expect(shortened('Custody', 11, 200)).toBe('Custody');
    const cut = shortened('A unit with a very long name indeed', 11, 80);
    expect(cut.endsWith('…')).toBe(true);
    expect(textWidth(cut, 11)).toBeLessThanOrEqual(80);
  });
});
