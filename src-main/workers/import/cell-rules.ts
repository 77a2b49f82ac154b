import { secondsOfDay } from '#main/files/cell-times.ts';
import { tidyDate } from '#main/files/loose-dates.ts';
import type { CellRule } from '#shared/contract/mapping.ts';
import { isoOfDay } from '#shared/domain/dates.ts';

const nullWord =
  /^(?:null|\(null\)|n\/?a|#n\/a|#(?:ref|value|name|null|num)[!?]|nan|none|nil|unknown date|not applicable|\(?blank\)?|-+|–|—|\.|<null>|\\n|0{1,4}[/-]00[/-]0{2,4})$/i;
const openEnd =
  /^(?:31[/. -]?(?:12|dec|december)[/. -]?(?:9999|2999|4712|2099|2100|2049|2050|2199)\b.*|(?:9999|2999|4712|2099|2100|2049|2050|2199)[-/]?12[-/]?31.*|0?1[/. -](?:0?1|jan)[/. -](?:1900|1901|1753|0001|9999|2099|2100)\b.*|(?:1900|1901|1753|0001)-?01-?01.*|(?:1899-12-30|30[/-]12[/-]1899).*|0{1,4}[/-]00[/-]0{2,4}|2958465|current|present|ongoing|on-going|open|to date|still (?:off|absent|serving)|not (?:ended|returned)|tbc|n\/?k|open[- ]ended|permanent|still .*|no end date|not yet .*|-)$/i;
const shortYear = /^(\d{1,2})([/. -])(\d{1,2}|[a-z]{3,9})\2(\d{2})(?!\d)(.*)$/i;
const serial = /^\d{1,6}(?:\.\d+)?$/;
/** Day number of Excel's day 0: 30 December 1899, because Excel believes in 29 February 1900. */
const serialDay = -25_569;
const serialDayOfMac = -24_107;

export function isNullWord(text: string): boolean {
  return nullWord.test(text);
}

/** Whether a text says, or stands for, that something has not ended. */
export function isOpenEnd(text: string): boolean {
  return openEnd.test(text);
}

function moment(value: number, dayZero: number): string {
  const day = Math.floor(value);
  const seconds = Math.round((value - day) * 86_400);
  const clock = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const iso = isoOfDay(dayZero + day + (seconds === 86_400 ? 1 : 0));
  if (seconds === 0 || seconds === 86_400) return iso;
  return `${iso}T${clock.map((part) => String(part).padStart(2, '0')).join(':')}`;
}

function withLongYear(text: string, thisYear: number, aheadYears: number): string {
  const match = shortYear.exec(text);
  if (!match) return text;
  const [, first = '', separator = '', second = '', year = '', rest = ''] = match;
  const latest = thisYear + aheadYears;
  const candidate = Math.floor(latest / 100) * 100 + Number(year);
  return `${first}${separator}${second}${separator}${candidate > latest ? candidate - 100 : candidate}${rest}`;
}

/** `1,234.50`, `£1,234`, `12 %` without what is no digit; a text that is no such number as it was. */
function withoutSeparators(text: string): string {
  const bare = text.replace(/[\s\u00a0\u202f£$€%']/g, '');
  if (/^[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(bare)) return bare.replaceAll(',', '');
  if (/^\(\d[\d,]*(?:\.\d+)?\)$/.test(bare)) return `-${bare.slice(1, -1).replaceAll(',', '')}`;
  return /^[+-]?\d+(?:\.\d+)?$/.test(bare) ? bare : text;
}

/**
 * What a cell says once the rules of its column are applied. Rules are for cells that cannot be read as they are, so the
 * fast way through an import never comes here.
 *
 * @param text trimmed
 * @param thisYear year of the import, by which years of two digits are told
 * @param yearOf year of a text that is a date, or null
 */
export function mendCell(
  text: string,
  rules: readonly CellRule[],
  thisYear: number,
  yearOf: (text: string) => number | null,
): string {
  const has = (rule: CellRule): boolean => rules.includes(rule);
  let mended = text;
  if (has('null-words') && nullWord.test(mended)) return '';
  if (has('open-end') && openEnd.test(mended)) return '';
  if (has('decimal-comma') && /^[+-]?[\d.]*,\d+$/.test(mended)) mended = mended.replaceAll('.', '').replace(',', '.');
  if (has('thousands')) mended = withoutSeparators(mended);
  if (has('minutes-of-clock') && /^\d{1,4}:\d{2}(?::\d{2})?$/.test(mended)) {
    const [hours = 0, minutes = 0, seconds = 0] = mended.split(':').map(Number);
    mended = String(hours * 60 + minutes + seconds / 60);
  }
  if (has('loose-date')) mended = tidyDate(mended);
  if (has('two-digit-year')) mended = withLongYear(mended, thisYear, has('year-of-date') ? 0 : 10);
  if (has('excel-serial') && serial.test(mended)) mended = moment(Number(mended), serialDay);
  if (has('excel-serial-1904') && serial.test(mended)) mended = moment(Number(mended), serialDayOfMac);
  if (has('year-of-date')) {
    const year = yearOf(mended);
    if (year !== null) mended = String(year);
  }
  return mended;
}

/** A day and a time of day as one local time in ISO; null where the time cannot be read. */
export function momentOf(day: number, time: string): string | null {
  const seconds = secondsOfDay(time);
  if (seconds === null) return null;
  const onDay = day + (seconds === 86_400 ? 1 : 0);
  const clock = seconds % 86_400;
  const parts = [Math.floor(clock / 3_600), Math.floor(clock / 60) % 60, clock % 60];
  return `${isoOfDay(onDay)}T${parts.map((part) => String(part).padStart(2, '0')).join(':')}`;
}
