/** Every colour a chart uses. Changing one here changes it on screen and in every report. */
export type ChartTheme = {
  readonly fontFamily: string;
  readonly fontSizePx: number;
  /** Text that must be read. */
  readonly ink: string;
  /** Axis labels, notes. */
  readonly muted: string;
  readonly grid: string;
  readonly axis: string;
  readonly surface: string;
  /** Bars and the first line. */
  readonly accent: string;
  /** Bars that need no attention of their own, such as a histogram's. */
  readonly accentSoft: string;
  /** Points a run rule picked out. */
  readonly flag: string;
  /** The line of a run chart, and signals for the better, for the worse and of no judgement; each has a shape of its own too. */
  readonly run: {
    readonly line: string;
    readonly improvement: string;
    readonly concern: string;
    readonly neutral: string;
  };
  /** Between the process limits. */
  readonly band: string;
  /** Up to six lines told apart, in this order. */
  readonly series: readonly string[];
  /** Least to most, one hue, even steps of lightness. */
  readonly heat: readonly string[];
  /** Text on the paler and the darker half of the heat colours; not used elsewhere. */
  readonly heatInk: readonly [onPale: string, onDark: string];
};

const fontFamily = "'IBM Plex Sans', 'Segoe UI', 'Helvetica Neue', Arial, sans-serif";

/**
 * For paper and the light theme. Lines are ordered so that neighbours differ in lightness as well as in hue and stay
 * apart for red-, green- and blue-blind readers (a test simulates all three; Machado, Oliveira and Fernandes 2009).
 */
export const lightTheme: ChartTheme = {
  fontFamily,
  fontSizePx: 11,
  ink: '#1c2b36',
  muted: '#54636f',
  grid: '#e3e8ec',
  axis: '#9aa7b1',
  surface: '#ffffff',
  accent: '#14577d',
  accentSoft: '#7fa9c4',
  flag: '#c2410c',
  run: { line: '#75838f', improvement: '#0a67b0', concern: '#c2410c', neutral: '#5f259f' },
  band: '#eef3f7',
  series: ['#14577d', '#cc6c00', '#2b9a86', '#7b2d52', '#75838f', '#8a9a10'],
  heat: ['#eef4f8', '#c9dfec', '#93bfd8', '#5596bb', '#27709c', '#0e4668'],
  heatInk: ['#16222b', '#fdfefe'],
};

export const darkTheme: ChartTheme = {
  fontFamily,
  fontSizePx: 11,
  ink: '#e6edf2',
  muted: '#a5b3be',
  grid: '#2c3943',
  axis: '#6b7a86',
  surface: '#151d23',
  accent: '#62aed6',
  accentSoft: '#3c708e',
  flag: '#ff8f4d',
  run: { line: '#a9b6c0', improvement: '#4aa8ff', concern: '#ff8f4d', neutral: '#c58bff' },
  band: '#1d2830',
  series: ['#62aed6', '#f0a53a', '#2f8f80', '#efc4d8', '#a9b6c0', '#c5d64f'],
  heat: ['#1d2a33', '#1f3f53', '#235874', '#2b7195', '#58a3c6', '#a5d3ea'],
  heatInk: ['#e9f0f4', '#0c1318'],
};
