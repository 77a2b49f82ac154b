import { civilOfDay } from '#shared/domain/dates.ts';
import { exposureCategories } from '#shared/domain/exposure-categories.ts';

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

/** `31 Mar 2026` for a day number. */
export function plainDate(dayNumber: number): string {
  const { year, month, day } = civilOfDay(dayNumber);
  return `${day} ${monthNames[month - 1]} ${year}`;
}

const british = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Numbers in sentences have a minus sign, not a hyphen. */
function withMinus(text: string): string {
  return text.replace('-', '−');
}

/** `12,345`, and up to one decimal: `2.5`, `−3`. */
export function plainNumber(value: number): string {
  return withMinus(british.format(value));
}

/** `98.4%` for 0.984; never rounded up to 100 or down to 0. */
export function plainShare(share: number): string {
  const percent = share * 100;
  if (percent > 99.9 && percent < 100) return 'more than 99.9%';
  if (percent > 0 && percent < 0.1) return 'less than 0.1%';
  return `${plainNumber(percent)}%`;
}

/** `1 day`, `28 days`. */
export function counted(value: number, one: string, many: string): string {
  return `${plainNumber(value)} ${value === 1 ? one : many}`;
}

export function categoryLabel(code: string): string {
  return exposureCategories.find((category) => category.code === code)?.label ?? code;
}

/** `Mar 2026` for `2026-03`. */
export function plainMonth(month: string): string {
  return `${monthNames[Number(month.slice(5, 7)) - 1]} ${month.slice(0, 4)}`;
}

const threeDigits = new Intl.NumberFormat('en-GB', { maximumSignificantDigits: 3 });

/** Three significant digits: `12.3`, `−0.0412`. */
export function plainRate(value: number): string {
  return withMinus(threeDigits.format(value));
}
