import { readSheet } from 'read-excel-file/node';
import { expect, it } from 'vitest';
import writeExcelFile from 'write-excel-file/node';
import { isoOfDay } from '#shared/domain/dates.ts';
import { randomStream } from '#shared/domain/random.ts';
import { fileOf } from '../read-rows.ts';
import { readWorkbookFile } from './read-workbook.ts';

type Value = string | number | boolean | Date | null;

/** What a value is as text in an extract. */
function textOf(value: Value): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  if (!(value instanceof Date)) return String(value);
  const seconds = Math.round(value.getTime() / 1_000);
  const day = Math.floor(seconds / 86_400);
  const clock = new Date(seconds * 1_000).toISOString().slice(11, 19);
  return clock === '00:00:00' ? isoOfDay(day) : `${isoOfDay(day)}T${clock}`;
}

const texts = ['police', 'a, "b"; c', 'été & <b>', ' spaced ', 'line\nbreak', '👮 unit', '=1+1', '00123', '3/4'];

function randomValue(random: () => number): Value {
  const kind = Math.floor(random() * 7);
  if (kind === 0) return null;
  if (kind === 1) return random() < 0.5;
  if (kind === 2) return Math.round((random() - 0.5) * 1e6);
  if (kind === 3) return (random() - 0.5) * 10 ** Math.floor(random() * 30 - 12);
  if (kind === 4) return new Date(Math.floor((random() * 90_000 - 20_000) * 86_400) * 1_000);
  if (kind === 5) return new Date(Math.floor(random() * 40_000) * 86_400_000);
  return texts[Math.floor(random() * texts.length)]!;
}

it('reads what another library writes as yet another library reads it', async () => {
  const stream = randomStream(20_261, 'workbooks');
  const random = () => stream.nextUniform();
  for (let round = 0; round < 25; round += 1) {
    const width = 1 + Math.floor(random() * 12);
    const names = Array.from({ length: width }, (_, column) => `c${column}`);
    const data: Value[][] = Array.from({ length: 1 + Math.floor(random() * 60) }, () =>
      names.map(() => randomValue(random)),
    );
    const cells = [
      names.map((value) => ({ value, type: String })),
      ...data.map((row) =>
        row.map((value) =>
          value === null
            ? null
            : value instanceof Date
              ? { value, type: Date, format: 'dd/mm/yyyy hh:mm:ss' }
              : { value },
        ),
      ),
    ];
    const bytes = await writeExcelFile(cells as never, { dateFormat: 'dd/mm/yyyy' } as never).toBuffer();
    const path = fileOf(bytes, 'xlsx');
    const ours = await readWorkbookFile(path);
    const theirs = (await readSheet(path, { trim: false } as never)) as Value[][];
    expect(ours.header).toEqual(names);
    const written = data.filter((row) => row.some((value) => value !== null && String(value).trim() !== ''));
    expect(ours.rows).toEqual(written.map((row) => row.map(textOf)));
    const read = theirs.slice(1).filter((row) => row.some((value) => value !== null && String(value).trim() !== ''));
    expect(ours.rows).toEqual(read.map((row) => names.map((_, column) => textOf(row[column] ?? null))));
  }
});
