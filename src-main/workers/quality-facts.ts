import type { BatchFacts, KindFacts, NearFacts } from '#main/analysis/quality/facts.ts';
import { type UnitSpell, unitMonths } from '#main/analysis/quality/in-post.ts';
import { qualityOf } from '#main/analysis/quality/quality-result.ts';
import { listBatches } from '#main/store/batch-records.ts';
import type { Connection } from '#main/store/connection.ts';
import { layoutOf } from '#main/store/extract-layout.ts';
import { packedSource, readPacked, writePacked } from '#main/store/packed-cache.ts';
import { nearDuplicates, notesByBatch } from '#main/store/quality-counts.ts';
import type { QualityResult } from '#shared/contract/quality.ts';
import { dayOfIso } from '#shared/domain/dates.ts';
import { extractKindNamed, extractKinds } from '#shared/domain/extract-kinds/index.ts';
import { problemMessage } from '#shared/domain/import-problems.ts';
import { type TallyContext, tallyDated, tallyUndated } from './kind-tally.ts';

export type QualityStep = { readonly stage: string; readonly done: number; readonly total: number };

/** Kinds whose day may lie ahead: they are planned, or hold until they change. */
const planned: ReadonlySet<string> = new Set(['postings', 'pilot_enrolments', 'pilot_clusters', 'pilot_session_plan']);
const cacheName = 'quality';

type Kept = { readonly kinds: readonly KindFacts[]; readonly near: readonly NearFacts[] };

function readBatches(connection: Connection): BatchFacts[] {
  return listBatches(connection).map((batch) => ({
    batch: batch.batch,
    kind: batch.kind,
    fileName: batch.fileName,
    importedAt: batch.importedAt,
    importedBy: batch.importedBy,
    read: batch.rows.read,
    duplicate: batch.rows.duplicate,
    firstDay: batch.from === null ? null : dayOfIso(batch.from),
    lastDay: batch.to === null ? null : dayOfIso(batch.to),
  }));
}

/** Spells in units: postings where any are held, for those without one and else the people's own unit and service. */
function readSpells(connection: Connection): { readonly spells: UnitSpell[]; readonly basis: 'postings' | 'people' } {
  const rows = (sql: string): [number, number, number | null, number | null][] =>
    connection.prepare(sql).raw().all() as never;
  const spell = ([person, unit, from, to]: [number, number, number | null, number | null]): UnitSpell => ({
    person,
    unit,
    from: from ?? Number.NEGATIVE_INFINITY,
    to: to ?? Number.POSITIVE_INFINITY,
  });
  const postings = rows('SELECT person_id, unit_id, from_day, to_day FROM postings').map(spell);
  const posted = new Set(postings.map(({ person }) => person));
  const people = rows('SELECT person_id, unit_id, service_start, service_end FROM people').map(spell);
  return {
    spells: [...postings, ...people.filter(({ person }) => !posted.has(person))],
    basis: postings.length > 0 ? 'postings' : 'people',
  };
}

function contextOf(connection: Connection): TallyContext {
  const codes = new Map(
    connection.prepare('SELECT id, value FROM code').raw().all() as unknown as (readonly [number, string])[],
  );
  const most = connection.prepare<[], number | null>('SELECT max(id) FROM person').pluck().get() ?? 0;
  const listed = new Uint8Array(most + 1);
  for (const id of connection.prepare<[], number>('SELECT person_id FROM people').pluck().all()) listed[id] = 1;
  const { spells, basis } = readSpells(connection);
  const unitIds = [...new Set(spells.map(({ unit }) => unit))];
  const indexOf = new Map(unitIds.map((id, at) => [id, at]));
  const indexed = spells.map((spell) => ({ ...spell, unit: indexOf.get(spell.unit) ?? -1 }));
  return {
    connection,
    codes,
    listed,
    basis,
    units: unitIds.map((id) => codes.get(id) ?? ''),
    inPost: (months) => unitMonths(indexed, listed.length, months),
  };
}

function readFacts(connection: Connection, batches: readonly BatchFacts[], tell: (step: QualityStep) => void): Kept {
  const context = contextOf(connection);
  const kinds = extractKinds.map((kind, at) => {
    tell({ stage: `Reading ${kind.label.toLowerCase()}`, done: at, total: extractKinds.length });
    const own = batches.filter((batch) => batch.kind === kind.kind);
    const days = own.flatMap(({ firstDay, lastDay }) =>
      firstDay === null || lastDay === null ? [] : [firstDay, lastDay],
    );
    if (days.length === 0 || layoutOf(kind.kind).dayColumn === null) return tallyUndated(kind, context);
    const imported = own.map((batch) => dayOfIso(batch.importedAt.slice(0, 10)) ?? 0);
    const span = {
      firstDay: days.reduce((least, day) => Math.min(least, day)),
      lastDay: days.reduce((most, day) => Math.max(most, day)),
      importedDay: planned.has(kind.kind) ? null : Math.max(...imported) + 1,
    };
    return tallyDated(kind, span, context);
  });
  tell({ stage: 'Looking for what stands twice', done: extractKinds.length, total: extractKinds.length });
  const lastDayOf = (kind: string): number | null => kinds.find((facts) => facts.kind === kind)?.lastDay ?? null;
  return { kinds, near: nearDuplicates(connection, lastDayOf) };
}

/**
 * Data quality of the whole store. What the rows say is read once for each state of the store and kept packed; the rest is
 * worked out from it in milliseconds. One pass over every table, and one more for each column of codes.
 */
export function qualityFacts(
  connection: Connection,
  question: { readonly asOfDay: number | null; readonly today: number },
  tell: (step: QualityStep) => void,
): QualityResult {
  const read = connection.transaction(() => {
    const source = packedSource(
      connection,
      extractKinds.map(({ kind }) => kind),
    );
    const batches = readBatches(connection);
    const packed = readPacked(connection, cacheName, source);
    const kept = packed ? (JSON.parse(packed.toString('utf8')) as Kept) : null;
    const facts = kept ?? readFacts(connection, batches, tell);
    return { source, batches, facts, isNew: kept === null, notes: notesByBatch(connection) };
  })();
  if (read.isNew) writePacked(connection, cacheName, read.source, Buffer.from(JSON.stringify(read.facts), 'utf8'));
  return qualityOf({
    // A kind that was never imported has nothing to say.
    kinds: read.facts.kinds.filter(
      (facts) => facts.rows > 0 || read.batches.some((batch) => batch.kind === facts.kind),
    ),
    near: read.facts.near,
    batches: read.batches,
    notes: read.notes.map((note) => ({ ...note, message: problemMessage(note.code) })),
    labelOf: (kind) => extractKindNamed(kind)?.label ?? kind,
    meaningOf: (kind, name) => extractKindNamed(kind)?.columns.find((column) => column.name === name)?.meaning ?? name,
    happens: (kind) => !planned.has(kind),
    ...question,
  });
}
