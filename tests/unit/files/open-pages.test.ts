import { expect, it } from 'vitest';
import { openPages } from '#main/files/open-pages.ts';
import { workbookOf } from '#tests/fixtures/files/workbook.ts';
import { fileOf } from './read-rows.ts';
import { rowsOfBatch } from './xlsx/read-workbook.ts';

const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`;

async function firstRows(path: string, count: number): Promise<string[][]> {
  const pages = await openPages(path, {});
  await pages.reach(count, 5_000);
  const page = await pages.page(0, count);
  const rows = rowsOfBatch({ ...page, bytesRead: 0 });
  await pages.close();
  return rows;
}

it('shows the rows of a workbook from its top, also below a title that is narrower than its table', async () => {
  const rows = `<row>${text('Title')}</row><row>${text('a')}${text('b')}</row><row>${text('1')}${text('2')}</row>`;
  expect(await firstRows(fileOf(workbookOf({ sheets: [{ rows }] }), 'xlsx'), 3)).toEqual([
    ['Title'],
    ['a', 'b'],
    ['1', '2'],
  ]);
});

it('shows references below the columns they are read into', async () => {
  const [header, first] = await firstRows(fileOf('PMID- 7\nTI  - A title\n', 'nbib'), 2);
  expect(header?.slice(0, 2)).toEqual(['title', 'year']);
  expect(first?.[0]).toBe('A title');
});
