import type { Mapping } from '#shared/contract/mapping.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import type { Look } from './mapping-model.ts';
import { headersOf, type ProblemGroup } from './problem-model.ts';
import { columnNamed } from './rule-fixes.ts';
import { ColumnMeanings } from './value-meanings.tsx';
import { dialectOf } from './wizard-state.ts';

type Props = { readonly look: Look; readonly mapping: Mapping; readonly group: ProblemGroup };

/** The values that a problem is about, counted among its first rows, each to be given a meaning. */
export function ProblemValues({ look, mapping, group }: Props) {
  const column = columnNamed(mapping, group.column);
  const read = useOperation('imports.rows', {
    file: look.file,
    dialect: dialectOf(look),
    take: { from: 1, count: 1, numbers: [...group.rows] },
  });
  if (!column || !read.data) return null;
  const counted = new Map<string, number>();
  for (const header of headersOf(mapping, group.column)) {
    const at = read.data.header.indexOf(header);
    for (const row of read.data.rows) {
      const value = (row.cells[at] ?? '').trim();
      if (value !== '') counted.set(value, (counted.get(value) ?? 0) + 1);
    }
  }
  return <ColumnMeanings look={look} mapping={mapping} column={column} counted={counted} />;
}
