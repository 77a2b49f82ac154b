import { DateReader } from '#main/files/cell-dates.ts';
import { createCellOut, hasValue } from '#main/files/cell-status.ts';
import { secondsOfDay } from '#main/files/cell-times.ts';
import { isNullWord, isOpenEnd, mendCell } from '#main/workers/import/cell-rules.ts';
import type { CellRule, MappedDateOrder } from '#shared/contract/mapping.ts';
import { headerTokens } from './header-tokens.ts';

/** How the dates of a column are written. */
export type DateStyle = {
  /** `ambiguous`: each could be day first or month first. */
  readonly order: MappedDateOrder | 'ambiguous';
  /** Rules without which some of them cannot be read. */
  readonly rules: readonly CellRule[];
  /** Share of the values that read as a date. */
  readonly share: number;
  /** Share of the dates that have a time of day. */
  readonly timed: number;
  /** Share of the times that say their offset. */
  readonly zoned: number;
};

/** What the values of one column are like. Shares are of the values that say something. */
export type ColumnProfile = {
  readonly index: number;
  readonly name: string;
  readonly tokens: readonly string[];
  readonly rows: number;
  /** Cells that hold something, words for nothing not counted. */
  readonly filled: number;
  /** Different values, trimmed, with how often each stands there; most frequent first. */
  readonly values: readonly (readonly [text: string, count: number])[];
  readonly nullWords: readonly string[];
  readonly openEnds: number;
  readonly date: DateStyle | null;
  /** Share of times of day: as `14:05`, and as `1405` or a fraction of a day. */
  readonly clock: number;
  readonly looseClock: number;
  /** Share of serial dates of Excel. */
  readonly serial: number;
  readonly number: number;
  readonly numberRules: readonly CellRule[];
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
  readonly flag: number;
  /** Share of the rows in which a value stands that no other row has. */
  readonly unique: number;
  readonly longest: number;
  readonly averageLength: number;
  /** Share of texts that look like a person's name, an address of any kind, or another mark of identity. */
  readonly names: number;
  readonly identity: number;
  /** Share of values with letters and spaces. */
  readonly wordy: number;
};

const flagWords =
  /^(?:y|n|yes|no|true|false|t|f|x|1|0|on|off|✓|✔|checked|unchecked|selected|raised|not raised|tick|ticked)$/i;
const nameLike =
  /^(?:[A-Z][A-Za-z'’-]+,\s*[A-Z][A-Za-z.'’ -]*|(?:(?:PC|PS|DC|DS|DI|Sgt|Insp|Mr|Mrs|Ms|Miss|Dr|Cllr)\.?\s+)[A-Z][a-z'’-]+(?: [A-Z][a-z'’-]+)*)$/;
const identityLike =
  /^(?:[^\s@]+@[^\s@]+\.[a-z]{2,}|(?:\+44|0)\d[\d ]{8,12}|[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}|\d+[a-z]? [A-Z][a-z]+ (?:Road|Street|Lane|Avenue|Close|Drive|Way|Court).*)$/i;

const thisYear = new Date().getUTCFullYear();
const out = createCellOut();
const readers = { dmy: new DateReader('dmy'), mdy: new DateReader('mdy'), iso: new DateReader('iso') };
const dateRules: readonly CellRule[] = ['loose-date', 'two-digit-year'];

function momentOf(text: string, order: 'dmy' | 'mdy' | 'iso'): number | null {
  const bytes = Buffer.from(text, 'utf8');
  return hasValue(readers[order].time(bytes, 0, bytes.length, out)) ? (out[0] as number) : null;
}

const mend = (text: string, rules: readonly CellRule[]): string => mendCell(text, rules, thisYear, () => null);

function dateStyle(values: ColumnProfile['values'], total: number): DateStyle | null {
  const seen = { iso: 0, dmy: 0, mdy: 0, differs: 0, timed: 0, zoned: 0, read: 0 };
  const rules = new Set<CellRule>();
  for (const [text, count] of values) {
    const needed: CellRule[] = [];
    let spelt = text;
    if (momentOf(text, 'dmy') === null && momentOf(text, 'mdy') === null) {
      for (const rule of dateRules) {
        const mended = mend(spelt, [rule]);
        if (mended !== spelt) needed.push(rule);
        spelt = mended;
      }
    }
    const byDay = momentOf(spelt, 'dmy');
    const byMonth = momentOf(spelt, 'mdy');
    if (byDay === null && byMonth === null) continue;
    seen.read += count;
    for (const rule of needed) rules.add(rule);
    if (momentOf(text, 'iso') !== null) seen.iso += count;
    if (byDay !== null) seen.dmy += count;
    if (byMonth !== null) seen.mdy += count;
    if (byDay !== byMonth) seen.differs += count;
    if (/\d:\d{2}/.test(spelt) || /^\d{12,14}Z?$/.test(spelt)) seen.timed += count;
    if (/(?:Z|[+-]\d{2}:?\d{2})$/i.test(spelt) && /:/.test(spelt)) seen.zoned += count;
  }
  if (seen.read === 0) return null;
  const order =
    seen.iso === seen.read
      ? 'iso'
      : seen.dmy > seen.mdy
        ? 'dmy'
        : seen.mdy > seen.dmy
          ? 'mdy'
          : seen.differs > 0
            ? 'ambiguous'
            : 'dmy';
  return {
    order,
    rules: [...rules],
    share: Math.max(seen.dmy, seen.mdy) / total,
    timed: seen.timed / seen.read,
    zoned: seen.timed === 0 ? 0 : seen.zoned / seen.timed,
  };
}

type Numbers = Pick<ColumnProfile, 'number' | 'numberRules' | 'least' | 'most' | 'whole' | 'serial'>;

/** A time of day alone, or behind a day that stands for none. */
function isClock(text: string): boolean {
  return (
    secondsOfDay(text) !== null && (momentOf(text, 'dmy') === null || /^(?:1899|1900)-|[/]1(?:899|900) /.test(text))
  );
}

function numbersOf(values: ColumnProfile['values'], total: number): Numbers {
  let read = 0;
  let serial = 0;
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  let whole = true;
  const rules = new Set<CellRule>();
  for (const [text, count] of values) {
    const plain = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text);
    const grouped = plain ? text : mend(text, ['thousands']);
    const comma = /^[+-]?\d+(?:\.\d{3})*,\d+$/.test(text);
    const rule: CellRule | null = plain ? null : grouped !== text ? 'thousands' : comma ? 'decimal-comma' : null;
    const spelt = rule === 'decimal-comma' ? mend(text, ['decimal-comma']) : grouped;
    if (!/^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(spelt)) continue;
    if (rule) rules.add(rule);
    read += count;
    const value = Number(spelt);
    least = Math.min(least, value);
    most = Math.max(most, value);
    if (!Number.isInteger(value)) whole = false;
    if (plain && value >= 10_000 && value < 60_000 && /^\d{5}(?:\.\d+)?$/.test(text)) serial += count;
  }
  return { number: read / total, numberRules: [...rules], least, most, whole, serial: serial / total };
}

function share(values: ColumnProfile['values'], total: number, test: (text: string) => boolean): number {
  return total === 0 ? 0 : values.reduce((sum, [text, count]) => sum + (test(text) ? count : 0), 0) / total;
}

function countValues(rows: readonly (readonly string[])[], index: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const text = (row[index] ?? '').trim();
    if (text !== '') counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** What the values of the column at `index` are like. */
export function profileColumn(rows: readonly (readonly string[])[], index: number, name: string): ColumnProfile {
  const counts = [...countValues(rows, index)].sort((a, b) => b[1] - a[1]);
  const nullWords = counts.filter(([text]) => isNullWord(text)).map(([text]) => text);
  const open = counts.filter(([text]) => isOpenEnd(text) && !isNullWord(text));
  const openEnds = open.reduce((sum, [, count]) => sum + count, 0);
  const values = counts.filter(([text]) => !isNullWord(text) && !isOpenEnd(text));
  const plain = values.reduce((sum, [, count]) => sum + count, 0);
  const total = Math.max(1, plain);
  const lengths = values.reduce((sum, [text, count]) => sum + text.length * count, 0);
  return {
    index,
    name,
    tokens: headerTokens(name),
    rows: rows.length,
    filled: plain + openEnds,
    values,
    nullWords,
    openEnds,
    date: dateStyle(values, total),
    clock: share(values, total, (text) => /[:.]|[ap]m$|hrs?$/i.test(text) && !/^\d+\.\d+$/.test(text) && isClock(text)),
    looseClock: share(values, total, isClock),
    ...numbersOf(values, total),
    flag: share(values, total, (text) => flagWords.test(text)),
    unique: values.filter(([, count]) => count === 1).length / total,
    longest: values.reduce((most, [text]) => Math.max(most, Buffer.byteLength(text)), 0),
    averageLength: lengths / total,
    names: share(values, total, (text) => nameLike.test(text)),
    identity: share(values, total, (text) => identityLike.test(text)),
    wordy: share(values, total, (text) => /[a-z]{2,} [a-z(&/-]/i.test(text)),
  };
}
