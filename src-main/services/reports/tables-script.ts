import { rFrame, rText, rVector } from '#main/stats/r/script.ts';
import type { ReportDocument } from '#shared/report/document.ts';
import { formatCell, formatDate } from '#shared/report/format.ts';
import type { DerivedColumn, TableCellValue, TableData } from '#shared/report/table-data.ts';

type Captioned = TableData & { readonly caption: string };

const functions = `# Wilson's interval of x among n, in per cent.
wilson <- function(x, n, z = qnorm(0.975)) {
  p <- x / n
  middle <- (p + z^2 / (2 * n)) / (1 + z^2 / n)
  half <- z / (1 + z^2 / n) * sqrt(p * (1 - p) / n + z^2 / (4 * n^2))
  list(low = 100 * (middle - half), high = 100 * (middle + half))
}
# A column that also holds words, such as “none”, where it has no number.
count <- function(x) suppressWarnings(as.numeric(x))
compared <- 0
differ <- 0
# What is printed against what the printed counts give, as far as the printed digits go.
agrees <- function(table, what, printed, found, decimals) {
  known <- !is.na(printed)
  wrong <- known & (is.na(found) | abs(printed - found) > 0.5 * 10^-decimals + 1e-9)
  compared <<- compared + sum(known)
  differ <<- differ + sum(wrong)
  if (any(wrong)) cat("NOT THE SAME:", table, "/", what, "row", which(wrong), "\\n")
}
`;

/**
 * A script for base R with every table of a report, as it was released and nothing beside, that prints them and works out again
 * what follows from their counts. It ends with status 1 where a printed figure is not what the counts give.
 */
export function tablesScript(document: ReportDocument): string {
  const tables = document.sections.flatMap(({ blocks }) =>
    blocks.flatMap((block): Captioned[] =>
      block.kind === 'table' ? [block] : block.kind === 'figure' ? [{ ...block.data, caption: block.caption }] : [],
    ),
  );
  return [
    `# The tables of “${document.title}”, data to ${formatDate(document.dataTo)}, as they were released.`,
    `# ${document.marking}`,
    '# Base R only:  Rscript tables.R',
    '',
    functions,
    ...tables.map(tableScript),
    'cat(compared, "figures worked out again from the counts that are printed,", differ, "not the same.\\n")',
    'if (differ > 0) quit(status = 1)',
    '',
  ].join('\n');
}

function tableScript(table: Captioned, at: number): string {
  const name = `table${at + 1}`;
  return [
    `# ${table.caption}`,
    `${name} <- ${rFrame(columnsOf(table))}`,
    `cat(${rText(`\n${table.caption}\n`)})`,
    `print(setNames(${name}, ${rVector(headsOf(table))}), row.names = FALSE)`,
    ...(table.derived ?? []).flatMap((derived) => derivedLines(table, name, derived)),
    '',
  ].join('\n');
}

/** What stands over the columns of the data frame. */
function headsOf({ columns, rows }: TableData): readonly string[] {
  return columns.flatMap(({ label }, at) =>
    isInterval(rows, at) ? [`${label}, from`, `${label}, to`] : [label === '' ? `column ${at + 1}` : label],
  );
}

function isInterval(rows: TableData['rows'], at: number): boolean {
  return rows.some(({ cells }) => cells[at]?.kind === 'interval');
}

function derivedLines({ columns, rows }: TableData, name: string, { column, by, of, over }: DerivedColumn): string[] {
  const [x, n] = [`count(${name}$c${of + 1})`, `count(${name}$c${over + 1})`];
  const [from] = rows.flatMap(({ cells: { [column]: cell } }) => (cell && 'decimals' in cell ? [cell] : []));
  if (from === undefined) return [];
  const checked = (printed: string, found: string): string =>
    `agrees(${[rText(name), rText(columns[column]?.label ?? ''), printed, found, from.decimals].join(', ')})`;
  if (by === 'ratio') {
    return [checked(`${name}$c${column + 1}`, from.kind === 'share' ? `100 * ${x} / ${n}` : `${x} / ${n}`)];
  }
  return [
    checked(`${name}$low${column + 1}`, `wilson(${x}, ${n})$low`),
    checked(`${name}$high${column + 1}`, `wilson(${x}, ${n})$high`),
  ];
}

/** As numbers where every cell that says anything is one; an interval is two columns. */
function columnsOf({ columns, rows }: TableData): Readonly<Record<string, readonly (string | number | null)[]>> {
  return Object.fromEntries(
    columns.flatMap((_, at): [string, readonly (string | number | null)[]][] => {
      const cells = rows.map((row) => row.cells[at] ?? { kind: 'empty' as const });
      if (isInterval(rows, at)) {
        return [
          [`low${at + 1}`, cells.map((cell) => (cell.kind === 'interval' ? rounded(cell.low, cell.decimals) : null))],
          [`high${at + 1}`, cells.map((cell) => (cell.kind === 'interval' ? rounded(cell.high, cell.decimals) : null))],
        ];
      }
      return [[`c${at + 1}`, cells.map(printedValue)]];
    }),
  );
}

/** As it is printed: digits that the report does not show are not in the script either. */
function printedValue(cell: TableCellValue): string | number | null {
  switch (cell.kind) {
    case 'number':
      return rounded(cell.value, cell.decimals);
    case 'share':
      return rounded(100 * cell.value, cell.decimals);
    case 'withheld':
    case 'not-assessable':
    case 'empty':
      return null;
    default:
      return formatCell(cell);
  }
}

function rounded(value: number, decimals: number): number | null {
  return Number.isFinite(value) ? Number(value.toFixed(decimals)) : null;
}
