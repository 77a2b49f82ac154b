import { peopleCountsToGive } from '#main/disclosure/overlapping-counts.ts';
import type { Connection } from '#main/store/connection.ts';
import {
  addAdverseRecord,
  listAdverseRecords,
  type PilotAdverseRecord,
  readAdverseExtract,
} from '#main/store/pilot-adverse-records.ts';
import { readPilotStandings } from '#main/store/pilot-standing-records.ts';
import type { AdverseEvent, AdverseEvents } from '#shared/contract/adverse-events.ts';
import type { InputOf } from '#shared/contract/index.ts';
import { type Seriousness, seriousnesses, seriousnessOf } from '#shared/domain/adverse-events.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { fail, ok, type Result } from '#shared/domain/result.ts';
import { doneEvent, isoTime, todayOf, type VaultContext } from '../call-context.ts';

/** Clinical counts under this are withheld. */
const minimum = 10;
const unchanged = 'Nothing was recorded.';

function keyOf({ person, onDay, category }: Pick<PilotAdverseRecord, 'person' | 'onDay' | 'category'>): string {
  return JSON.stringify([person, onDay, category.toLowerCase()]);
}

function worse(a: Seriousness, b: Seriousness): Seriousness {
  const inOrder: readonly Seriousness[] = ['not serious', 'not clear', 'serious'];
  return inOrder.indexOf(a) >= inOrder.indexOf(b) ? a : b;
}

/** Every event once: what an extract says and what was recorded here, the graver of the two where both speak of the same. */
function eventsOf(connection: Connection, pilot: string): AdverseEvent[] {
  const events = new Map<string, AdverseEvent>();
  for (const row of readAdverseExtract(connection, pilot)) {
    const { person, onDay, category } = row;
    const seriousness = seriousnessOf(row.seriousness);
    events.set(keyOf(row), { person, on: isoOfDay(onDay), category, seriousness, recordedBy: null });
  }
  const recorded = new Map(listAdverseRecords(connection, pilot).map((record) => [keyOf(record), record]));
  for (const [key, { person, onDay, category, seriousness, user }] of recorded) {
    if (seriousness === null) continue;
    const own = seriousnessOf(seriousness);
    const before = events.get(key);
    const graver = before ? worse(before.seriousness, own) : own;
    events.set(key, { person, on: isoOfDay(onDay), category, seriousness: graver, recordedBy: user });
  }
  return [...events.values()].sort((a, b) => (a.on === b.on ? (a.person < b.person ? -1 : 1) : a.on < b.on ? -1 : 1));
}

type Harmed = { readonly arm: string; readonly worst: Seriousness; readonly categories: ReadonlySet<string> };

/** People with at least one event, each once. Who asked that nothing of theirs is used is in no count. */
function peopleOf(connection: Connection, pilot: string, events: readonly AdverseEvent[]) {
  const standings = readPilotStandings(connection, pilot);
  const counted = new Map(standings.map(({ pseudonym, ...standing }) => [pseudonym, standing]));
  const people = [...Map.groupBy(events, ({ person }) => person)].flatMap(([person, own]): Harmed[] => {
    const standing = counted.get(person);
    if (standing?.isDataUsed === false) return [];
    return [
      {
        arm: standing?.arm ?? '',
        worst: own.map(({ seriousness }) => seriousness).reduce(worse),
        categories: new Set(own.map(({ category }) => category)),
      },
    ];
  });
  return people;
}

/** Adverse events of a pilot: counts of people for all who may ask, each event for clinicians. */
export async function adverseEvents(context: VaultContext, pilot: string): Promise<AdverseEvents> {
  const { store, roles } = context.vault;
  const events = eventsOf(store.connection, pilot);
  const people = peopleOf(store.connection, pilot, events);
  const arms = [...new Set(people.map(({ arm }) => arm))].sort();
  const categories = [...new Set(people.flatMap((one) => [...one.categories]))].sort();
  const rows: readonly { readonly row: string; readonly isIn: (one: Harmed) => boolean; readonly loss: number }[] = [
    { row: 'all', isIn: () => true, loss: 1_000 },
    ...seriousnesses.map((level) => ({ row: `of ${level}`, isIn: (one: Harmed) => one.worst === level, loss: 100 })),
    ...categories.map((category) => ({
      row: `in ${category}`,
      isIn: (one: Harmed) => one.categories.has(category),
      loss: 20,
    })),
  ];
  const given = await peopleCountsToGive(
    people,
    rows.flatMap(({ row, isIn, loss }) => [
      { name: row, counts: isIn, loss },
      ...arms.map((arm) => ({
        name: JSON.stringify([row, arm]),
        counts: (one: Harmed) => one.arm === arm && isIn(one),
        loss: loss / 10,
      })),
    ]),
    minimum,
  );
  const told = (name: string, row: string) => ({
    name,
    people: given.get(row) ?? null,
    byArm: arms.map((arm) => given.get(JSON.stringify([row, arm])) ?? null),
  });
  return {
    minimum,
    hasAny: events.length > 0,
    hasSerious: events.some(({ seriousness }) => seriousness === 'serious'),
    hasUnclear: events.some(({ seriousness }) => seriousness === 'not clear'),
    arms,
    all: told('all', 'all'),
    bySeriousness: seriousnesses.map((level) => told(level, `of ${level}`)),
    byCategory: categories.map((category) => told(category, `in ${category}`)),
    events: roles.includes('clinician') ? events : null,
  };
}

/** Records an adverse event of somebody in a pilot, or that one recorded here was a mistake. */
export function recordAdverseEvent(
  context: VaultContext,
  { pilot, person, on, category, seriousness }: InputOf<'pilots.adverseEvent'>,
): Promise<Result<AdverseEvents>> {
  const { store, writeGate, user } = context.vault;
  return writeGate.run(async () => {
    const onDay = dayOfIso(on);
    if (onDay === null || onDay > todayOf(context)) {
      return fail('BAD_INPUT', `${on} is not a day that has come.`, `${unchanged} Give the day on which it happened.`);
    }
    if (!readPilotStandings(store.connection, pilot).some(({ pseudonym }) => pseudonym === person)) {
      return fail(
        'NOT_FOUND',
        `${person} is not in the enrolments of “${pilot}”.`,
        `${unchanged} Check the pseudonym, or have the enrolments that name them imported.`,
      );
    }
    const row = { pilot, person, onDay, category: category.trim(), seriousness, at: isoTime(context), user };
    const before = listAdverseRecords(store.connection, pilot).findLast((one) => keyOf(one) === keyOf(row));
    if ((before?.seriousness ?? null) === seriousness) {
      return seriousness === null
        ? fail(
            'NOT_FOUND',
            'No such adverse event was recorded here.',
            `${unchanged} An extract is corrected by another.`,
          )
        : fail('BAD_INPUT', 'That adverse event is recorded already.', unchanged);
    }
    store.commit(doneEvent(context, 'pilot.adverseEvent', `pilot ${pilot}`), (transaction) =>
      addAdverseRecord(transaction, row),
    );
    return ok(await adverseEvents(context, pilot));
  });
}
