import type { CodeTally, KindFacts } from '#main/analysis/quality/facts.ts';
import { coverageOf, type UnitMonths } from '#main/analysis/quality/in-post.ts';
import type { Connection } from '#main/store/connection.ts';
import { type LayoutColumn, layoutOf } from '#main/store/extract-layout.ts';
import { countEmpty, personsOf, type ScanPlan, scanCodes, scanRows } from '#main/store/quality-rows.ts';
import { civilOfDay, lastDayOfMonth } from '#shared/domain/dates.ts';
import type { ExtractColumn, ExtractKind } from '#shared/domain/extract-kinds/index.ts';

/** What a kind is counted beside. */
export type TallyContext = {
  readonly connection: Connection;
  /** By number of a code. */
  readonly codes: ReadonlyMap<number, string>;
  /** 1 for those among the imported people, by number of a person. */
  readonly listed: Uint8Array;
  readonly basis: 'postings' | 'people';
  readonly units: readonly string[];
  readonly inPost: (months: readonly { readonly first: number; readonly last: number }[]) => UnitMonths;
};

export type KindSpan = {
  readonly firstDay: number;
  readonly lastDay: number;
  /** Last day on which what the rows tell of can have happened; null for what is planned. */
  readonly importedDay: number | null;
};

/** Kinds in which, over the months, many of a unit have a row. */
const everybody: ReadonlySet<string> = new Set([
  'exposures',
  'attendances',
  'duties',
  'absences',
  'screenings',
  'support',
]);

type Named = { readonly layout: LayoutColumn; readonly column: ExtractColumn };

function namedColumns(kind: ExtractKind): Named[] {
  const { key, values } = layoutOf(kind.kind);
  return [...key, ...values].flatMap((layout) => {
    const column = kind.columns.find((candidate) => candidate.name === layout.column);
    return column ? [{ layout, column }] : [];
  });
}

function isOptional({ column }: Named): boolean {
  return column.required !== true && column.fallback === undefined;
}

function isCode({ column }: Named): boolean {
  return ['code', 'codes', 'category', 'choice'].includes(column.type);
}

function personColumn(kind: ExtractKind): string | null {
  return namedColumns(kind).find(({ column }) => column.type === 'person')?.layout.name ?? null;
}

function monthOf(day: number): number {
  const { year, month } = civilOfDay(day);
  return year * 12 + month - 1;
}

/** Month, counted from the first, by day counted from the first. */
function monthsByDay(firstDay: number, lastDay: number): Int32Array {
  const first = monthOf(firstDay);
  return Int32Array.from({ length: lastDay - firstDay + 1 }, (_, at) => monthOf(firstDay + at) - first);
}

/** Facts of a kind whose rows have no day, or that has no rows. */
export function tallyUndated(kind: ExtractKind, { connection, listed, basis }: TallyContext): KindFacts {
  const optional = namedColumns(kind).filter(isOptional);
  const [rows = 0, ...empty] = countEmpty(
    connection,
    kind.kind,
    optional.map(({ layout }) => layout),
  );
  const person = personColumn(kind);
  const unknown =
    person === null || kind.kind === 'people'
      ? []
      : personsOf(connection, kind.kind, person).filter(([id]) => listed[id] !== 1);
  return {
    kind: kind.kind,
    rows,
    firstDay: null,
    lastDay: null,
    rowsAhead: 0,
    firstMonth: 0,
    monthRows: [],
    columns: optional.map(({ column }, at) => ({ column: column.name, empty: empty[at] ?? 0, monthEmpty: [] })),
    codes: [],
    units: null,
    basis,
    unknownPeople: unknown.length,
    unknownRows: unknown.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** Facts of a kind with days, read in one pass and one more for each column of codes. */
export function tallyDated(kind: ExtractKind, span: KindSpan, context: TallyContext): KindFacts {
  const { connection, listed } = context;
  const named = namedColumns(kind);
  const optional = named.filter(isOptional);
  const person = personColumn(kind);
  const plan: ScanPlan = {
    kind: kind.kind,
    person,
    optional: optional.map(({ layout }) => layout),
    firstDay: span.firstDay,
    lastDay: span.lastDay,
  };
  const months = monthsByDay(span.firstDay, span.lastDay);
  const monthCount = (months.at(-1) ?? 0) + 1;
  const people = listed.length;
  const seen = everybody.has(kind.kind) ? new Uint8Array(people * monthCount) : null;
  const dayRows = new Uint32Array(months.length);
  const monthRows = new Array<number>(monthCount).fill(0);
  const empty = new Array<number>(optional.length).fill(0);
  const monthEmpty = optional.map(() => new Array<number>(monthCount).fill(0));
  const strangers = new Uint8Array(people);
  let rows = 0;
  let unknownRows = 0;
  const counted = scanRows(connection, plan, (who, day, bits) => {
    rows += 1;
    const month = Number.isNaN(day) ? -1 : (months[day - span.firstDay] as number);
    if (month >= 0) {
      dayRows[day - span.firstDay] = (dayRows[day - span.firstDay] as number) + 1;
      monthRows[month] = (monthRows[month] as number) + 1;
      if (seen && who > 0) seen[month * people + who] = 1;
    }
    if (who > 0 && listed[who] !== 1) {
      strangers[who] = 1;
      unknownRows += 1;
    }
    for (let left = bits; left !== 0; left &= left - 1) {
      const column = 31 - Math.clz32(left & -left);
      empty[column] = (empty[column] as number) + 1;
      const byMonth = monthEmpty[column];
      if (month >= 0 && byMonth) byMonth[month] = (byMonth[month] as number) + 1;
    }
  });
  const firstMonth = monthOf(span.firstDay);
  return {
    kind: kind.kind,
    rows,
    ...daysHeld(dayRows, span),
    firstMonth,
    monthRows,
    columns: optional.slice(0, counted).map(({ column }, at) => ({
      column: column.name,
      empty: empty[at] ?? 0,
      monthEmpty: monthEmpty[at] ?? [],
    })),
    codes: named.filter(isCode).map((entry) => ({
      column: entry.column.name,
      tallies: tallyCodes(entry, plan, months, monthCount, context),
    })),
    units: seen === null ? null : unitsOf(seen, firstMonth, monthCount, context),
    basis: context.basis,
    unknownPeople: strangers.reduce((sum, one) => sum + one, 0),
    unknownRows,
  };
}

function daysHeld(dayRows: Uint32Array, { firstDay, importedDay }: KindSpan) {
  const held: { firstDay: number | null; lastDay: number | null; rowsAhead: number } = {
    firstDay: null,
    lastDay: null,
    rowsAhead: 0,
  };
  dayRows.forEach((count, at) => {
    if (count === 0) return;
    const day = firstDay + at;
    if (importedDay !== null && day > importedDay) {
      held.rowsAhead += count;
      return;
    }
    held.firstDay ??= day;
    held.lastDay = day;
  });
  return held;
}

function unitsOf(seen: Uint8Array, firstMonth: number, monthCount: number, { inPost, units }: TallyContext) {
  const spans = Array.from({ length: monthCount }, (_, at) => ({
    first: lastDayOfMonth(firstMonth + at - 1) + 1,
    last: lastDayOfMonth(firstMonth + at),
  }));
  return coverageOf(inPost(spans), seen, units.length, monthCount)
    .map((tally, at) => ({ unit: units[at] ?? '', ...tally }))
    .filter((tally) => tally.people.some((count) => count > 0))
    .sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

type Tallying = { firstDay: number; lastDay: number; readonly months: number[] };

function tallyCodes(
  { layout, column }: Named,
  plan: ScanPlan,
  months: Int32Array,
  monthCount: number,
  { connection, codes }: TallyContext,
): CodeTally[] {
  const byCode = new Map<number, Tallying>();
  scanCodes(connection, plan, layout, (code, day) => {
    let tally = byCode.get(code);
    if (!tally) {
      tally = { firstDay: day, lastDay: day, months: new Array<number>(monthCount).fill(0) };
      byCode.set(code, tally);
    }
    if (day < tally.firstDay) tally.firstDay = day;
    if (day > tally.lastDay) tally.lastDay = day;
    const month = months[day - plan.firstDay] as number;
    tally.months[month] = (tally.months[month] as number) + 1;
  });
  const byValue = new Map<string, Tallying>();
  for (const [id, tally] of byCode) {
    const text = column.type === 'choice' ? (column.choices?.[id - 1] ?? '') : (codes.get(id) ?? '');
    for (const value of column.type === 'codes' ? new Set(text.split(';')) : [text]) addTally(byValue, value, tally);
  }
  return [...byValue].map(([value, tally]) => ({ value, ...tally })).sort((a, b) => (a.value < b.value ? -1 : 1));
}

function addTally(byValue: Map<string, Tallying>, value: string, tally: Tallying): void {
  const before = byValue.get(value);
  byValue.set(value, {
    firstDay: Math.min(tally.firstDay, before?.firstDay ?? tally.firstDay),
    lastDay: Math.max(tally.lastDay, before?.lastDay ?? tally.lastDay),
    months: tally.months.map((count, month) => count + (before?.months[month] ?? 0)),
  });
}
