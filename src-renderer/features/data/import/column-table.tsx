import type { Mapping } from '#shared/contract/mapping.ts';
import type { ExtractKind } from '#shared/domain/extract-kinds/index.ts';
import { plural } from '../../../ui/format.ts';
import { Badge } from '../../../ui/surface.tsx';
import { ColumnLine } from './column-line.tsx';
import { type Look, mappedItems } from './mapping-model.ts';
import { useUnderstoodSamples } from './use-samples.ts';
import classes from './wizard.module.css';
import { wizard } from './words.ts';

type Props = { readonly look: Look; readonly mapping: Mapping; readonly kind: ExtractKind };

/** Each column of the kind: where it comes from, why, and what the first rows then say. */
export function ColumnTable({ look, mapping, kind }: Props) {
  const items = mappedItems(mapping);
  const samples = useUnderstoodSamples(look.file, mapping);
  return (
    <div className={classes.mapScroll}>
      <table className={classes.map}>
        <thead>
          <tr>
            <th scope="col">Tidemark’s column</th>
            <th scope="col">Column of the file</th>
            <th scope="col">As understood</th>
            <th scope="col">
              <span className={classes.hidden}>{wizard.options}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {kind.columns.map((column) => (
            <ColumnLine
              key={`${kind.kind} ${column.name}`}
              look={look}
              mapping={mapping}
              kind={kind}
              column={column}
              sample={samples.get(column.name) ?? null}
            />
          ))}
          {items.length > 0 ? (
            <tr>
              <th scope="row">
                <span className={classes.columnName}>
                  {items.length === 1 ? items[0] : `${items[0]} to ${items.at(-1)}`}
                </span>
                <span className={classes.badges}>
                  <Badge tone="warn">{wizard.sealed}</Badge>
                </span>
                <div className={classes.meaning}>
                  Answers to single items: scored, then sealed where one is a safety item
                </div>
              </th>
              <td>{plural(items.length, 'column')}</td>
              <td className={classes.seen}>{samples.get('scores')?.values.join(' · ') ?? '–'}</td>
              <td />
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  );
}
