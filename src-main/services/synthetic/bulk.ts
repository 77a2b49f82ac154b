import { closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { isoOfDay, londonOffsetSeconds, utcOfLondon } from '#shared/domain/dates.ts';
import { type ExposureCategory, exposureCategories } from '#shared/domain/exposure-categories.ts';
import { randomStream } from '#shared/domain/random.ts';
import { csvLine } from './csv.ts';
import { choiceOf, choose } from './distributions.ts';
import { unmappedCodes } from './exposure-rates.ts';
import { exposureHeader } from './exposure-rows.ts';
import { defaultForceOptions, type ForceOptions, periodOf } from './options.ts';
import { peopleHeader, peopleRow, planPeople, refOf } from './people.ts';
import { planted } from './planted.ts';

/** Big plain files for measuring speed: the shape of an extract, and none of the planted effects. */

export type BulkOptions = {
  readonly rows: number;
  readonly people: number;
  readonly years: number;
  readonly seed: number;
  readonly endDate?: string;
};

const chunkCharacters = 1 << 16;
const secondsPerDay = 86_400;
/** A table of drawn values is cheaper to read than a distribution is to sample, row for row. */
const tableSize = 1 << 14;
const tableMask = tableSize - 1;

/** Repeated writing of text to a file that must not exist; removed again when the work fails. */
function writeFile(filePath: string, chunks: Iterable<string>, encoding: 'utf8' | 'latin1'): void {
  const file = openSync(filePath, 'wx');
  let finished = false;
  try {
    for (const chunk of chunks) {
      const bytes = Buffer.from(chunk, encoding);
      for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
    }
    finished = true;
  } finally {
    closeSync(file);
    if (!finished) rmSync(filePath, { force: true });
  }
}

/** Columns that go together, from proximity to source, joined as they stand in the file. */
function categoryFields(code: ExposureCategory | string): string {
  if (code === 'CALL_HANDLER_TRAUMATIC') return 'remote,12,,false,named,call_log';
  if (code === 'CSAM_VIEWING') return 'secondary,150,,,named,media_log';
  return '';
}

type RowTables = { readonly codes: readonly string[]; readonly fields: readonly string[] };

function rowTables(seed: number): RowTables {
  const random = randomStream(seed, 'bulk tables');
  const mapped = exposureCategories.map(({ code }, index) => [code, 1 + (index % 7)] as const);
  const mappedWeight = mapped.reduce((sum, [, weight]) => sum + weight, 0);
  const unmappedWeight = (mappedWeight * planted.unmappedShare) / (1 - planted.unmappedShare) / unmappedCodes.length;
  const codes = choiceOf<string>([...mapped, ...unmappedCodes.map((code) => [code, unmappedWeight] as const)]);
  const drawn = Array.from({ length: tableSize }, () => choose(random, codes));
  const fields = drawn.map((code) => {
    const own = categoryFields(code);
    if (own !== '') return own;
    const direct = random.nextUniform() < 0.8;
    const minutes = 5 + random.nextBelow(300);
    const first = direct ? String(random.nextUniform() < 0.4) : '';
    const attribution = random.nextUniform() < 0.85 ? 'named' : 'crew_inferred';
    return `${direct ? 'direct' : 'secondary'},${minutes},${first},false,${attribution},command_and_control`;
  });
  return { codes: drawn, fields };
}

/** `T00:00:00` to `T23:59:59`. */
function timesOfDay(): readonly string[] {
  const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));
  return Array.from(
    { length: secondsPerDay },
    (_, second) => `T${two[Math.floor(second / 3_600)]}:${two[Math.floor(second / 60) % 60]}:${two[second % 60]}`,
  );
}

/** Whether the clocks skip this wall-clock second. */
function skipped(wallSeconds: number): boolean {
  const utc = utcOfLondon(wallSeconds);
  return utc + londonOffsetSeconds(utc) !== wallSeconds;
}

function* exposureChunks({ rows, people, years, seed, endDate }: BulkOptions): Generator<string> {
  const random = randomStream(seed, 'bulk exposures');
  const { firstDay, days } = periodOf({ years, endDate: endDate ?? defaultForceOptions.endDate });
  const refs = Array.from({ length: people }, (_, index) => refOf(index + 1));
  const dates = Array.from({ length: days + 1 }, (_, index) => isoOfDay(firstDay + index));
  const changeDays = dates.map((_, index) => skipped((firstDay + index) * secondsPerDay + 5_400));
  const times = timesOfDay();
  const { codes, fields } = rowTables(seed);
  const step = (days * secondsPerDay) / rows;
  let text = csvLine(exposureHeader);
  let person = 0;
  for (let row = 0; row < rows; row++) {
    const elapsed = Math.floor(row * step);
    const day = Math.floor(elapsed / secondsPerDay);
    let second = elapsed - day * secondsPerDay;
    if (changeDays[day] && second >= 3_600 && second < 7_200) second = 3_599;
    const draw = random.nextUint32();
    const entry = draw & tableMask;
    // Two rows share an incident number; the second is of somebody else, so that no key comes twice.
    person = row % 2 === 0 || people === 1 ? draw % people : (person + 1 + (draw % (people - 1))) % people;
    const incident = people === 1 ? row : row >>> 1;
    const time = times[second];
    text += `${refs[person]},${dates[day]}${time},${codes[entry]},SYN-B${incident},${fields[entry]},${dates[day + 1]}${time}\n`;
    if (text.length < chunkCharacters) continue;
    yield text;
    text = '';
  }
  yield text;
}

/**
 * Streams canonical exposure rows in order of time, every key different, references `P000001` onwards.
 * @param options rows, people (both at least 1), years, seed; the last day is that of the default force unless given.
 */
export function writeExposuresFile(filePath: string, options: BulkOptions): void {
  writeFile(filePath, exposureChunks(options), 'latin1');
}

/** The people file that goes with `writeExposuresFile`: the same references, everybody in service throughout. */
export function writePeopleFile(filePath: string, options: Omit<BulkOptions, 'rows'>): void {
  const force: ForceOptions = { endDate: defaultForceOptions.endDate, ...options };
  const lines = planPeople(force, undefined, false).map((person) => csvLine(peopleRow(person)));
  writeFile(filePath, [csvLine(peopleHeader), ...chunksOf(lines)], 'utf8');
}

function* chunksOf(lines: readonly string[]): Generator<string> {
  for (let from = 0; from < lines.length; from += 4_096) yield lines.slice(from, from + 4_096).join('');
}
