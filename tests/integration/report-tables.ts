import type { Block, ReportDocument, TableData } from '#shared/report/document.ts';

export function blocksOf(document: ReportDocument): Block[] {
  return document.sections.flatMap(({ blocks }) => [...blocks]);
}

export function tablesOf(document: ReportDocument): { readonly caption: string; readonly data: TableData }[] {
  return blocksOf(document).flatMap((block) => {
    if (block.kind === 'figure') return [{ caption: block.title, data: block.data }];
    return block.kind === 'table' ? [{ caption: block.caption, data: block }] : [];
  });
}

/** Counts of a table: whole numbers, by row and column; null where withheld. */
export function countsOf(data: TableData): (number | null)[][] {
  return data.rows.map(({ cells }) =>
    cells.flatMap((cell) => {
      if (cell.kind === 'withheld' && cell.reason !== 'derived') return [null];
      return cell.kind === 'number' && cell.decimals === 0 ? [cell.value] : [];
    }),
  );
}
