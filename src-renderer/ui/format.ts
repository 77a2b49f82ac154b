import { civilOfDay, dayOfIso, londonDay, londonOffsetSeconds } from '#shared/domain/dates.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });

/** Shown where there is no value. */
export const none = '–';

/** `1,234`. */
export function formatCount(value: number): string {
  return whole.format(value);
}

/** `12.3` or `−0.4`, with as many decimals as asked; what rounds to zero has no sign. */
export function formatNumber(value: number, decimals = 1): string {
  const words = value.toLocaleString('en-GB', {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    signDisplay: 'negative',
  });
  return words.replace('-', '−');
}

/** Decimals of a mean of counts: below 10 a whole number would hide what tells two means apart. */
export function meanDecimals(mean: number): number {
  return mean < 10 ? 1 : 0;
}

/** `1.6`, `143`: a mean of counts. */
export function formatMean(mean: number): string {
  return formatNumber(mean, meanDecimals(mean));
}

/** `97.4%` of a share from 0 to 1. A share short of the whole never reads 100%. */
export function formatShare(share: number | null): string {
  if (share === null) return none;
  const percent = share * 100;
  if (percent > 99.9 && percent < 100) return 'over 99.9%';
  if (percent > 0 && percent < 0.1) return 'under 0.1%';
  return `${formatNumber(percent, percent === 100 || percent === 0 ? 0 : 1)}%`;
}

/** `31 Mar 2026` of an ISO date; text that is no date is given back. */
export function formatDate(iso: string | null): string {
  if (iso === null) return none;
  const day = dayOfIso(iso.slice(0, 10));
  if (day === null) return iso;
  const civil = civilOfDay(day);
  return `${civil.day} ${months[civil.month - 1]} ${civil.year}`;
}

/** `Mar 2026` of `2026-03`. */
export function formatMonth(month: string): string {
  const [year, number] = month.split('-');
  return `${months[Number(number) - 1] ?? month} ${year ?? ''}`.trim();
}

/** `31 Mar 2026, 14:05` in London of an ISO instant. */
export function formatInstant(iso: string | null): string {
  if (iso === null) return none;
  const milliseconds = Date.parse(iso);
  if (Number.isNaN(milliseconds)) return iso;
  const seconds = Math.floor(milliseconds / 1_000);
  const civil = civilOfDay(londonDay(seconds));
  const local = seconds + londonOffsetSeconds(seconds);
  const minutes = Math.floor((((local % 86_400) + 86_400) % 86_400) / 60);
  const clock = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `${civil.day} ${months[civil.month - 1]} ${civil.year}, ${clock}`;
}

/** `1 Jan 2025 to 31 Mar 2026`, or a dash. */
export function formatPeriod(from: string | null, to: string | null): string {
  if (from === null && to === null) return none;
  if (from === to) return formatDate(from);
  return `${formatDate(from)} to ${formatDate(to)}`;
}

/** `1.4 MB`; powers of 1,000 as file managers show them. */
export function formatBytes(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return `${unit === 0 ? formatCount(value) : formatNumber(value, value < 10 ? 1 : 0)} ${units[unit]}`;
}

/** `about 2 minutes`, for a wait. */
export function formatWait(seconds: number): string {
  if (seconds < 1.5) return 'a second';
  if (seconds < 60) return `${Math.ceil(seconds)} seconds`;
  if (seconds < 90) return 'about a minute';
  if (seconds < 3_600) return `about ${Math.round(seconds / 60)} minutes`;
  return `about ${formatNumber(seconds / 3_600, 1)} hours`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
