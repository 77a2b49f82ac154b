import type { Mapping } from '#shared/contract/mapping.ts';
import { errorOf } from '../../../bridge/client.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { formatCount } from '../../../ui/format.ts';
import type { Look } from './mapping-model.ts';
import { asRead, becomes, headersOf, type ProblemGroup } from './problem-model.ts';
import classes from './problems.module.css';
import { dialectOf } from './wizard-state.ts';

const rowsShown = 6;

type Props = {
  readonly look: Look;
  readonly mapping: Mapping;
  readonly checked: Mapping;
  readonly group: ProblemGroup;
  readonly decided: boolean;
};

/** The first rows of a problem, as they stand in the analyst's own file, and what becomes of them. */
export function ProblemRows({ look, mapping, checked, group, decided }: Props) {
  const numbers = group.rows.slice(0, rowsShown);
  const take = { from: 1, count: 1, numbers };
  const read = useOperation('imports.rows', { file: look.file, dialect: dialectOf(look), take });
  const now = useOperation('imports.understood', { file: look.file, mapping, take }, { enabled: decided });
  if (read.isError) return <ErrorPanel error={errorOf(read.error)} />;
  const headers = headersOf(checked, group.column);
  return (
    <div className={classes.problemRows}>
      <table>
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">{headers.length === 1 ? `“${headers[0]}” as read` : 'As read'}</th>
            {decided ? <th scope="col">Then</th> : null}
          </tr>
        </thead>
        <tbody>
          {numbers.map((row) => {
            const found = read.data?.rows.find((one) => one.row === row);
            const text = found ? asRead(read.data?.header ?? [], found.cells, headers) : '…';
            const then = now.data ? becomes(mapping, now.data.columns, now.data.records, row, group.column) : null;
            return (
              <tr key={row}>
                <th scope="row">{formatCount(row)}</th>
                <td className={classes.problemValue} title={text}>
                  {text === '' ? <span className={classes.problemEmpty}>empty</span> : text}
                </td>
                {decided ? (
                  <td className={then?.good ? classes.goodValue : classes.badValue}>{then?.text ?? '…'}</td>
                ) : null}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
