import { type ChartTheme, darkTheme, lightTheme } from '#shared/charts/chart-theme.ts';
import { fontFamily } from '../fonts.ts';

/** The report's chart colours, on the surfaces of the screen and in its type. */
export const lightPalette: ChartTheme = { ...lightTheme, fontFamily, fontSizePx: 12, surface: '#ffffff' };
export const darkPalette: ChartTheme = { ...darkTheme, fontFamily, fontSizePx: 12, surface: '#151f22' };
export type ChartPalette = ChartTheme;
