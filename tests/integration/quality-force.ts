import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dayOfCivil, isoOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { csvFile, type Session, writeText } from './test-vault.ts';

/**
 * A small force over 26 months with faults planted in its extracts, each where a reader of the data quality place should find
 * it: units of 40 people (and one of 6), duties every month, absences, attendances and incidents.
 */
export const planted = {
  /** No duties of this unit in this month. */
  dutyGap: { unit: 'South', month: '2025-05' },
  /** Duties stop here; everything else runs on to the end of the time. */
  dutiesEnd: '2025-11-30',
  /** From here on no reason of an absence is filled. */
  reasonsStop: '2025-10',
  /** This code of an incident gives way to the other on this day. */
  codeChange: { day: '2025-09-01', from: 'RTC', to: 'RTC-NEW' },
  /** Half of the attendances of this month on are missing. */
  attendancesHalve: '2025-12',
  last: '2026-02-28',
} as const;

const firstYear = 2024;
const units = ['North', 'South', 'East', 'West'];

type Month = { readonly name: string; readonly first: number; readonly days: number };

function months(): Month[] {
  return Array.from({ length: 26 }, (_, at) => {
    const year = firstYear + Math.floor(at / 12);
    const month = (at % 12) + 1;
    const first = dayOfCivil(year, month, 1);
    const next = month === 12 ? dayOfCivil(year + 1, 1, 1) : dayOfCivil(year, month + 1, 1);
    return { name: isoOfDay(first).slice(0, 7), first, days: next - first };
  });
}

export type PlantedFile = { readonly kind: string; readonly file: string };

export function writePlanted(folder: string): PlantedFile[] {
  const stream = randomStream(20_260_228, 'planted');
  const random = (): number => stream.nextUniform();
  const below = (count: number): number => stream.nextBelow(count);
  const people = [
    ...units.flatMap((unit) => Array.from({ length: 40 }, (_, at) => ({ ref: `${unit}-${at}`, unit }))),
    ...Array.from({ length: 6 }, (_, at) => ({ ref: `Dive-${at}`, unit: 'Dive team' })),
  ];
  const gathered = new Map<string, { readonly kind: string; readonly header: string; readonly lines: string[] }>();
  const write = (kind: string, name: string, header: string, lines: readonly string[]): void => {
    const file = gathered.get(name) ?? { kind, header, lines: [] };
    gathered.set(name, file);
    file.lines.push(...lines);
  };
  write(
    'people',
    'people',
    'person_ref,role,unit,rank,service_start',
    people.map(({ ref, unit }, at) => `${ref},Response,${unit},${at % 5 === 0 ? 'Sergeant' : 'Constable'},2015-01-01`),
  );
  let incident = 0;
  for (const [at, month] of months().entries()) {
    const quarter = `${firstYear + Math.floor(at / 12)}-q${1 + Math.floor((at % 12) / 3)}`;
    const day = (): string => isoOfDay(month.first + below(month.days));
    const duties = people.flatMap(({ ref, unit }) => {
      const gap = unit === planted.dutyGap.unit && month.name === planted.dutyGap.month;
      if (gap || month.name > planted.dutiesEnd.slice(0, 7)) return [];
      return [2, 9, 16, 23].map((at) => {
        const date = isoOfDay(month.first + at);
        return `${ref},${date}T07:00:00Z,${date}T17:00:00Z,${at < 10 ? 'early' : 'late'}`;
      });
    });
    write('duties', `duties-${month.name}`, 'person_ref,start,end,type', duties);
    const absences = people
      .filter(() => random() < 0.12)
      .map(({ ref }) => {
        const start = day();
        const reason = month.name >= planted.reasonsStop ? '' : ['S10', 'S25', 'S98'][below(3)];
        return `${ref},${start},${start},${reason}`;
      });
    write('absences', `absences-${quarter}`, 'person_ref,start,end,reason_code', absences);
    const incidents: string[] = [];
    const attendances: string[] = [];
    for (let at = 0; at < 240; at += 1) {
      incident += 1;
      const date = day();
      const kind = ['RTC', 'DOM', 'MISPER'][below(3)]!;
      const { day: changed, from, to } = planted.codeChange;
      incidents.push(`I${incident},${date}T09:00:00Z,${kind === from && date >= changed ? to : kind}`);
      if (month.name >= planted.attendancesHalve && at % 2 === 1) continue;
      const who = people[below(people.length)]!.ref;
      attendances.push(`I${incident},${who},${date}T09:20:00Z,first`);
      // Now and then an arrival is entered again some minutes later.
      if (at % 60 === 0) attendances.push(`I${incident},${who},${date}T09:32:00Z,first`);
    }
    // Somebody whom HR does not know, every month.
    attendances.push(`I${incident},Agency-1,${isoOfDay(month.first)}T12:00:00Z,first`);
    write('incidents', `incidents-${quarter}`, 'incident_ref,created_at,opened_code', incidents);
    write('attendances', `attendances-${quarter}`, 'incident_ref,person_ref,arrived_at,role', attendances);
  }
  return [...gathered]
    .filter(([, { lines }]) => lines.length > 0)
    .map(([name, { kind, header, lines }]) => ({ kind, file: csvFile(folder, `${name}.csv`, header, lines) }));
}

export async function loadPlanted(session: Pick<Session, 'call'>, folder: string): Promise<void> {
  for (const { kind, file } of writePlanted(folder)) {
    await session.call('imports.load', { file, kind, mapping: null });
  }
  // An extract of one month is exported and imported again with one row more.
  const again = join(folder, 'duties-2025-11.csv');
  writeText(again, `${readFileSync(again, 'utf8')}North-1,2025-11-29T07:00:00Z,2025-11-29T17:00:00Z,early\n`);
  await session.call('imports.load', { file: again, kind: 'duties', mapping: null });
}
