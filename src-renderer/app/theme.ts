import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { fontFamily, monospaceFamily } from '../ui/fonts.ts';

/** Sea-teal, the one accent. */
const tide: MantineColorsTuple = [
  '#e6f4f4',
  '#cfe7e8',
  '#a3d1d3',
  '#73b9bd',
  '#4ca4a9',
  '#2f8d94',
  '#1a7a82',
  '#0f6670',
  '#0b525a',
  '#073d44',
];

/** The library's greys in the dark, with a little of the sea in them. */
const dark: MantineColorsTuple = [
  '#dfe7e9',
  '#b9c6ca',
  '#9db0b6',
  '#6d8087',
  '#3c4f55',
  '#2b3a3f',
  '#1f2c30',
  '#151f22',
  '#0e1517',
  '#0a1012',
];

export const theme = createTheme({
  primaryColor: 'tide',
  primaryShade: { light: 7, dark: 6 },
  colors: { tide, dark },
  fontFamily,
  fontFamilyMonospace: monospaceFamily,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  defaultRadius: 'sm',
  radius: { xs: '3px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Modal: {
      defaultProps: { centered: true, overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontWeight: 600 } },
    },
    Drawer: {
      defaultProps: { overlayProps: { backgroundOpacity: 0.25 } },
      styles: { title: { fontWeight: 600, fontSize: '1rem' } },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Select: { defaultProps: { allowDeselect: false, checkIconPosition: 'right' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': 'var(--tm-surface)',
    '--mantine-color-text': 'var(--tm-text)',
    '--mantine-color-dimmed': 'var(--tm-dim)',
    '--mantine-color-placeholder': '#64757c',
    '--mantine-color-default-color': 'var(--tm-text)',
    '--mantine-color-default-border': 'var(--tm-border-strong)',
    '--mantine-color-error': '#b3261e',
  },
  dark: {
    '--mantine-color-body': 'var(--tm-surface)',
    '--mantine-color-text': 'var(--tm-text)',
    '--mantine-color-dimmed': 'var(--tm-dim)',
    '--mantine-color-placeholder': '#8d9ea4',
    '--mantine-color-default-color': 'var(--tm-text)',
    '--mantine-color-default': 'var(--tm-sunken)',
    '--mantine-color-default-hover': 'var(--tm-hover)',
    '--mantine-color-default-border': 'var(--tm-border-strong)',
    '--mantine-color-error': '#ff9d94',
  },
});
