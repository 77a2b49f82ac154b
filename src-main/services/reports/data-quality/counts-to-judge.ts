import { type CountsToRelease, type CountToRelease, type KeyedSum, keyOf } from '#main/disclosure/released-counts.ts';
import type { Batch } from '#shared/contract/imports.ts';
import { measuresOf, type StatementFacts, thresholdOf, thresholds } from './statement-facts.ts';

/** What is counted of a batch, of an extract, and of codes: a name is a group of the log of releases. */
export const countName = {
  batch: (batch: Pick<Batch, 'batch' | 'fileHash'>) =>
    `batch ${batch.batch} ${batch.fileHash.slice(0, 16)}: rows accepted`,
  extract: (kind: string, what: 'read' | 'accepted' | 'held already' | 'rejected' | 'not accepted') =>
    `extracts of ${kind}: rows ${what}`,
  ahead: (kind: string) => `extracts of ${kind}: rows of days to come`,
  unknownRows: (kind: string) => `extracts of ${kind}: rows of people not imported`,
  unknownPeople: (kind: string) => `extracts of ${kind}: people not imported`,
  twice: (kind: string, what: string) => `extracts of ${kind}: ${what}`,
  noted: (kind: string, code: string) => `extracts of ${kind}: rows noted ${code}`,
  changed: (kind: string, column: string, code: string) => `extracts of ${kind}: rows of ${column} ${code}`,
  codes: (what: 'all' | 'covered' | 'not imported' | 'unmapped' | 'of other codes') =>
    `codes of exposure: rows ${what}`,
  code: (code: string) => `codes of exposure: rows without a rule, ${code}`,
} as const;

const codesNamed = 15;

/** Codes without a rule that are named, and how many rows the others have: rare ones are never named. */
export function namedCodes({ codes }: Pick<StatementFacts, 'codes'>): {
  readonly named: StatementFacts['codes']['unmapped'];
  readonly others: { readonly codes: number; readonly rows: number };
} {
  const named = codes.unmapped.filter(({ rows }) => rows >= thresholds.workforce).slice(0, codesNamed);
  const rest = codes.unmapped.filter((entry) => !named.includes(entry));
  return { named, others: { codes: rest.length, rows: rest.reduce((sum, { rows }) => sum + rows, 0) } };
}

/** Codes that changed and may be named: a rare one can be about one person. */
export function changedCodes({ codes }: Pick<StatementFacts['quality'], 'codes'>): StatementFacts['quality']['codes'] {
  return codes.filter(({ kind, rows }) => rows >= thresholdOf(kind));
}

/** Rows noted, by kind and rule over all batches. */
export function notedRows({ quality }: Pick<StatementFacts, 'quality'>) {
  const groups = Map.groupBy(quality.notes, ({ kind, code }) => `${kind} ${code}`);
  return [...groups.values()].flatMap((notes) => {
    const [first] = notes;
    return first === undefined ? [] : [{ ...first, count: notes.reduce((sum, { count }) => sum + count, 0) }];
  });
}

type Days = { readonly from: string; readonly to: string };

/** First and last day on which batches were imported: the same batches have the same days in every statement. */
function daysOf(batches: readonly Batch[]): Days {
  const days = batches.map(({ importedAt }) => importedAt.slice(0, 10)).sort();
  return { from: days[0] ?? '', to: days.at(-1) ?? '' };
}

class Counting {
  readonly cells: CountToRelease[] = [];
  readonly sums: KeyedSum[] = [];
  readonly #keys = new Map<string, string>();

  add(days: Days, group: string, value: number, more: Partial<CountToRelease> = {}): void {
    const cell = { group, ...days, value, loss: 1 + value, kept: false, shown: true, ...more };
    this.#keys.set(group, keyOf(cell));
    this.cells.push(cell);
  }

  /** Of counts that were added before. */
  sum(total: string, parts: readonly string[]): void {
    const key = (group: string): string => this.#keys.get(group) ?? '';
    if (parts.length > 0) this.sums.push({ total: key(total), parts: parts.map(key) });
  }
}

function countBatches(counting: Counting, own: readonly Batch[], kind: string): void {
  const total = (of: (rows: Batch['rows']) => number): number => own.reduce((sum, { rows }) => sum + of(rows), 0);
  const [read, accepted] = [total((rows) => rows.read), total((rows) => rows.accepted)];
  const days = daysOf(own);
  const margin = { loss: 1 + 10 * read };
  counting.add(days, countName.extract(kind, 'read'), read, margin);
  counting.add(days, countName.extract(kind, 'accepted'), accepted, margin);
  counting.add(days, countName.extract(kind, 'not accepted'), read - accepted, { shown: false });
  counting.add(
    days,
    countName.extract(kind, 'held already'),
    total((rows) => rows.duplicate),
  );
  counting.add(
    days,
    countName.extract(kind, 'rejected'),
    total((rows) => rows.rejected),
  );
  counting.sum(countName.extract(kind, 'read'), [
    countName.extract(kind, 'accepted'),
    countName.extract(kind, 'not accepted'),
  ]);
  counting.sum(countName.extract(kind, 'not accepted'), [
    countName.extract(kind, 'held already'),
    countName.extract(kind, 'rejected'),
  ]);
  for (const batch of own) counting.add(daysOf([batch]), countName.batch(batch), batch.rows.accepted);
  counting.sum(
    countName.extract(kind, 'accepted'),
    own.map((batch) => countName.batch(batch)),
  );
}

function countFaults(counting: Counting, facts: StatementFacts, isOf: (kind: string) => boolean): void {
  const { quality, batches } = facts;
  const days = (kind: string): Days => daysOf(batches.filter((batch) => batch.kind === kind));
  for (const { kind, rowsAhead, unknownPeople, unknownRows } of quality.freshness.filter((entry) => isOf(entry.kind))) {
    counting.add(days(kind), countName.ahead(kind), rowsAhead);
    counting.add(days(kind), countName.unknownPeople(kind), unknownPeople);
    counting.add(days(kind), countName.unknownRows(kind), unknownRows);
  }
  for (const { kind, what, cases } of quality.duplicates.near.filter((entry) => isOf(entry.kind))) {
    counting.add(days(kind), countName.twice(kind, what), cases);
  }
  for (const { kind, code, count } of notedRows(facts).filter((entry) => isOf(entry.kind))) {
    counting.add(days(kind), countName.noted(kind, code), count);
  }
  for (const { kind, column, code, rows } of changedCodes(quality)) {
    if (isOf(kind)) counting.add(days(kind), countName.changed(kind, column, code), rows);
  }
}

/** Extracts in which codes of exposure stand. */
const codedKinds: ReadonlySet<string> = new Set(['exposures', 'incidents', 'attendances']);

function countCodes(counting: Counting, facts: StatementFacts): void {
  const { all, covered, notImported, unmapped } = facts.codes;
  if (all === 0) return;
  const { named, others } = namedCodes(facts);
  const without = unmapped.reduce((sum, { rows }) => sum + rows, 0);
  const days = daysOf(facts.batches.filter(({ kind }) => codedKinds.has(kind)));
  const margin = { loss: 1 + 10 * all };
  counting.add(days, countName.codes('all'), all, margin);
  counting.add(days, countName.codes('covered'), covered, margin);
  counting.add(days, countName.codes('not imported'), notImported);
  counting.add(days, countName.codes('unmapped'), without);
  counting.add(days, countName.codes('of other codes'), others.rows);
  for (const { code, rows } of named) counting.add(days, countName.code(code), rows);
  counting.sum(countName.codes('all'), [
    countName.codes('covered'),
    countName.codes('not imported'),
    countName.codes('unmapped'),
  ]);
  counting.sum(countName.codes('unmapped'), [
    countName.codes('of other codes'),
    ...named.map(({ code }) => countName.code(code)),
  ]);
}

/** Every count of the statement that is of work, or of health, as one system: what adds up is decided together. */
export function countsToJudge(facts: StatementFacts, measures: keyof typeof thresholds): CountsToRelease {
  const isOf = (kind: string): boolean => measuresOf(kind) === measures;
  const counting = new Counting();
  for (const [kind, own] of Map.groupBy(facts.batches, (batch) => batch.kind)) {
    if (isOf(kind)) countBatches(counting, own, kind);
  }
  countFaults(counting, facts, isOf);
  if (measures === 'workforce') countCodes(counting, facts);
  return { cells: counting.cells, sums: counting.sums, threshold: thresholds[measures] };
}
