import { closeSync, openSync, writeSync } from 'node:fs';
import { randomStream } from '#shared/domain/random.ts';

export type ForceSize = { readonly people: number; readonly incidents: number; readonly attendances: number };

const codes = ['CFS', 'RTC-DI', 'RTC-FATAL', 'SUDDEN-DEATH', 'DOM-STD', 'DOM-HIGH', 'MISPER', 'ASB', 'THEFT', 'ALARM'];
const roles = ['attending', 'first_on_scene', 'OIC', 'SOCO', 'FLO'];
const firstSecond = Date.UTC(2021, 3, 1) / 1_000;
const spanSeconds = 5 * 365.25 * 86_400;
const linesAtOnce = 20_000;

function iso(epochSeconds: number): string {
  return new Date(Math.floor(epochSeconds) * 1_000).toISOString().replace('.000', '');
}

/** A file of a heading and so many lines, written some thousands at a time. */
export function writeLines(file: string, header: string, count: number, line: (at: number) => string): void {
  const handle = openSync(file, 'w');
  let lines = [header];
  for (let at = 0; at < count; at += 1) {
    lines.push(line(at));
    if (lines.length < linesAtOnce) continue;
    writeSync(handle, `${lines.join('\n')}\n`);
    lines = [];
  }
  if (lines.length > 0) writeSync(handle, `${lines.join('\n')}\n`);
  closeSync(handle);
}

/**
 * Extracts of a force over five years as its command and control system would write them: incidents in the order of their
 * numbers, and the attendances of each incident one after the other, so that arrivals are not quite in the order of time.
 */
export function writeForceExtracts(
  size: ForceSize,
  files: { readonly people: string; readonly incidents: string; readonly attendances: string },
): void {
  const random = randomStream(20_260_331, 'force extracts');
  writeLines(
    files.people,
    'person_ref,role,unit,service_start',
    size.people,
    (at) => `P${100_000 + at},Response,U${at % 60},2015-04-01`,
  );
  const step = spanSeconds / size.incidents;
  const created = (at: number): number => firstSecond + at * step;
  const reference = (at: number): string =>
    `${iso(created(at)).slice(0, 10).replaceAll('-', '')}-${String(at % 10_000_000).padStart(7, '0')}`;
  writeLines(
    files.incidents,
    'incident_ref,created_at,opened_code,closed_codes,grade,unit',
    size.incidents,
    (at) => `${reference(at)},${iso(created(at))},${codes[at % 7]},${codes[at % 10]},${at % 4},U${at % 60}`,
  );
  writeLines(
    files.attendances,
    'incident_ref,person_ref,arrived_at,cleared_at,role,attribution',
    size.attendances,
    (at) => {
      const incident = Math.floor((at / size.attendances) * size.incidents);
      const arrived = created(incident) + 120 + random.nextUniform() * 3_000;
      const cleared = arrived + 300 + random.nextUniform() * 9_000;
      const person = 100_000 + random.nextBelow(size.people);
      return `${reference(incident)},P${person},${iso(arrived)},${iso(cleared)},${roles[at % 5]},named`;
    },
  );
}
