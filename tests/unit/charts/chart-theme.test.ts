import { describe, expect, it } from 'vitest';
import { type ChartTheme, darkTheme, lightTheme } from '#shared/charts/chart-theme.ts';

type Rgb = readonly [number, number, number];

const linear = (hex: string): Rgb => {
  const channel = (from: number): number => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
};

const luminance = ([r, g, b]: Rgb): number => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [high, low] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

/** Severity 1.0 matrices of Machado, Oliveira and Fernandes (2009), for linear RGB. */
const blindness: Readonly<Record<string, readonly [Rgb, Rgb, Rgb]>> = {
  none: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** CIE L*a*b*, D65. */
function lab([r, g, b]: Rgb): Rgb {
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : ((24_389 / 27) * t + 16) / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seenApart(a: string, b: string, matrix: readonly [Rgb, Rgb, Rgb]): number {
  const seen = (hex: string): Rgb => {
    const from = linear(hex);
    const at = (row: Rgb): number => Math.min(1, Math.max(0, row[0] * from[0] + row[1] * from[1] + row[2] * from[2]));
    return lab([at(matrix[0]), at(matrix[1]), at(matrix[2])]);
  };
  const [p, q] = [seen(a), seen(b)];
  return Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

const themes: readonly (readonly [string, ChartTheme])[] = [
  ['light', lightTheme],
  ['dark', darkTheme],
];

describe.each(themes)('the %s theme', (_name, theme) => {
  it('can be read', () => {
    for (const text of [theme.ink, theme.muted]) expect(contrast(text, theme.surface)).toBeGreaterThanOrEqual(4.5);
    for (const mark of [theme.accent, theme.flag, ...Object.values(theme.run), ...theme.series]) {
      expect(contrast(mark, theme.surface)).toBeGreaterThanOrEqual(3);
    }
    theme.heat.forEach((colour, step) => {
      const ink = step < theme.heat.length * 0.6 ? theme.heatInk[0] : theme.heatInk[1];
      expect(contrast(ink, colour)).toBeGreaterThanOrEqual(4.5);
    });
  });

  it('keeps up to four lines, and a flagged point from its line, apart for every kind of colour vision', () => {
    for (const matrix of Object.values(blindness)) {
      const first = theme.series.slice(0, 4);
      first.forEach((a, index) => {
        for (const b of first.slice(index + 1)) expect(seenApart(a, b, matrix)).toBeGreaterThan(15);
      });
      expect(seenApart(theme.flag, theme.series[0]!, matrix)).toBeGreaterThan(30);
      const { line, ...signals } = theme.run;
      for (const signal of Object.values(signals)) expect(seenApart(signal, line, matrix)).toBeGreaterThan(15);
    }
  });

  it('has heat colours that go one way in lightness, in steps that can be told', () => {
    const lightness = theme.heat.map((colour) => lab(linear(colour))[0]);
    const direction = Math.sign(lightness.at(-1)! - lightness[0]!);
    lightness.slice(1).forEach((value, index) => {
      expect(direction * (value - lightness[index]!)).toBeGreaterThan(6);
    });
  });

  it('names no colour twice with different meanings', () => {
    const single = [
      theme.ink,
      theme.muted,
      theme.grid,
      theme.axis,
      theme.surface,
      theme.accentSoft,
      theme.flag,
      theme.band,
    ];
    const all = [...single, ...theme.series, ...theme.heat, ...theme.heatInk];
    expect(new Set(all).size).toBe(all.length);
  });
});
