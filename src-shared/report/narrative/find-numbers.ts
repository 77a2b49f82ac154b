/** A number as it stands in a text, from `start` up to `end`. */
export type FoundNumber = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** The same for every way of writing the same number: without commas, with a plain minus. */
  readonly key: string;
};

const digits = /\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?/g;
const longestDigits = 24;
/** How far around a number one has to look to see what it is. */
const reach = 24;

/** With a capital: “12 may come” is no day. */
const month =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';
const label =
  'tables?|figures?|sections?|pages?|items?|waves?|versions?|steps?|stages?|phases?|tiers?|levels?|batch|questions?|appendix|days?|weeks?|quarters?|parts?|no\\.|n°|§';

/** What stands before a number that makes it part of a name, a date or a larger expression. */
const notAfter: readonly RegExp[] = [
  // COVID-19, PHQ-9, B12, a file’s version 1.2.3, times and dates with strokes
  /[\p{L}\p{N}_]$/u,
  /\p{L}[-‑‐]$/u,
  /\d[.:/,]$/,
  /\/$/,
  // The second half of 2024–25 or 2024/25, and what follows it in 2026-03-31
  /(?:19|20)\d\d[-‑–—/]$/,
  /(?:19|20)\d\d-\d\d-$/,
  new RegExp(`(?<!\\p{L})(?:${label}) $`, 'iu'),
  new RegExp(`(?<!\\p{L})${month} $`, 'u'),
];

/** The same for what stands after it. */
const notBefore: readonly RegExp[] = [
  /^[\p{L}_]/u,
  /^[-‑‐]\p{L}/u,
  /^[.:/,]\d/,
  /^\//,
  // The level of an interval
  /^(?:%| per ?cent) (?:confidence|credible|prediction|interval|limits?|CI\b|CrI\b|PI\b)/i,
  new RegExp(`^ ${month}(?!\\p{L})`, 'u'),
];

const year = /^(?:19|20)\d\d$/;
const share = /^(?: ?%| per ?cent(?!\p{L}))/iu;
/** A minus, and not the hyphen of a range or the dash of an aside. */
const minus = /(?:^|[\s([“"‘'£])([−-])$/u;

/**
 * Numbers in a text that may be results: counts, decimals, shares, with a minus where they have one. Dates, years, names such as PHQ-9,
 * numbers of tables and the level of an interval are none.
 */
export function findNumbers(text: string): readonly FoundNumber[] {
  return [...text.matchAll(digits)].flatMap((match): FoundNumber[] => {
    const core = match[0];
    const from = match.index;
    const to = from + core.length;
    if (core.length > longestDigits) return [];
    // A break of the line is a space like any other.
    const before = text.slice(Math.max(0, from - reach), from).replace(/\s/g, ' ');
    const after = text.slice(to, to + reach).replace(/\s/g, ' ');
    if (notAfter.some((pattern) => pattern.test(before)) || notBefore.some((pattern) => pattern.test(after))) return [];
    const percent = share.exec(after)?.[0] ?? '';
    if (percent === '' && year.test(core)) return [];
    const sign = minus.exec(before)?.[1] ?? '';
    const start = from - sign.length;
    const end = to + percent.length;
    const key = `${sign === '' ? '' : '-'}${core.replaceAll(',', '')}${percent === '' ? '' : '%'}`;
    return [{ text: text.slice(start, end), start, end, key }];
  });
}
