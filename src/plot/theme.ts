import type { Language } from '../issue.ts';

/**
 * How a chart stands on its page. One of
 * - `'light'`: dark ink on white paper, for print and pictures
 * - `'dark'`: light ink on dark paper
 * - `'page'`: no paper of its own and ink in `currentColor`, for a page that switches between light and dark
 */
export type Theme = 'light' | 'dark' | 'page';

/** Ink and paper of a theme. */
export interface Ink {
  readonly ink: string;
  /** Colour behind the chart; `'none'` lets the page through. */
  readonly paper: string;
  /** Around labels that lie on lines; on a page its colour is what the page calls `--paper`, if it does. */
  readonly halo: string;
}

export const inks: Readonly<Record<Theme, Ink>> = {
  light: { ink: '#1f2328', paper: '#ffffff', halo: '#ffffff' },
  dark: { ink: '#e6e8eb', paper: '#14171a', halo: '#14171a' },
  page: { ink: 'currentColor', paper: 'none', halo: 'var(--paper, none)' },
};

/**
 * Colours of Okabe and Ito (Color Universal Design, 2008), which people with any colour vision tell apart, and which stand
 * out on light and on dark paper. None is ever the only sign: a shape, a place or a word says the same.
 */
export const colours = {
  blue: '#0072b2',
  sky: '#56b4e9',
  vermillion: '#d55e00',
  orange: '#e69f00',
  green: '#009e73',
  purple: '#cc79a7',
  grey: '#8a8f98',
} as const;

/** Colours of lines in their order. */
export const strokes = [
  colours.blue,
  colours.vermillion,
  colours.green,
  colours.purple,
  colours.orange,
  colours.sky,
] as const;

/** Red, amber and green, with the shape that says the same without colour. */
export const lights = {
  green: { colour: colours.green, symbol: 'circle', sign: '●' },
  amber: { colour: colours.orange, symbol: 'triangle', sign: '▲' },
  red: { colour: colours.vermillion, symbol: 'square', sign: '■' },
  none: { colour: colours.grey, symbol: 'times', sign: '×' },
} as const;

const latinFonts = "'Noto Sans', Arial, 'Liberation Sans', 'DejaVu Sans'";
const chineseFonts = "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei'";

/**
 * Fonts named in charts: names, since `system-ui` means nothing to programs that turn pictures into PNG. The language's own
 * come first, because Chinese fonts draw Latin quotation marks two cells wide.
 */
export const fontFamilies: Readonly<Record<Language, string>> = {
  en: `${latinFonts}, ${chineseFonts}, sans-serif`,
  zh: `${chineseFonts}, ${latinFonts}, sans-serif`,
};

/** Font sizes in pixels. */
export const sizes = { title: 14, text: 12, small: 11 } as const;
