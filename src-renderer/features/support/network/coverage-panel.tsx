import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { type PeerCoverage, peerShifts } from '#shared/domain/peer-network.ts';
import { Badge, Panel } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import classes from './coverage.module.css';
import { type CoverageCell, type CoverageRow, coverageFinding, coverageRows } from './coverage-model.ts';
import { networkText } from './text.ts';

const text = networkText.coverage;

type Props = { readonly coverage: PeerCoverage; readonly result: AnalysisResult };

/** Where people asked, against the places of ready volunteers: areas down, shifts across. */
export function CoveragePanel({ coverage, result }: Props) {
  const rows = useMemo(() => coverageRows(coverage), [coverage]);
  const title = coverageFinding(coverage);
  const hidesPlaces = rows.some(({ cells }) => cells.some(({ places }) => places === null));
  return (
    <Panel title={title} note={text.note} actions={<WorkedOut result={result} steps={text.steps} />}>
      {rows.length === 0 ? null : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <section className={classes.scroll} tabIndex={0} aria-label={text.label}>
            <table className={classes.matrix}>
              <thead>
                <tr>
                  <th scope="col">{text.area}</th>
                  {peerShifts.map((shift) => (
                    <th key={shift} scope="col">
                      {text.shifts[shift]}
                    </th>
                  ))}
                  <th scope="col">{text.allDay}</th>
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <AreaRow key={row.area} row={row} />
                ))}
              </tbody>
            </table>
          </section>
          <p className={classes.key}>{hidesPlaces ? `${text.key} ${text.keyPlaces}` : text.key}</p>
        </>
      )}
    </Panel>
  );
}

function AreaRow({ row }: { readonly row: CoverageRow }) {
  return (
    <tr>
      <th scope="row">
        {row.area}
        {row.isBare ? (
          <span className={classes.bare}>
            <Badge tone="warn">{text.bare}</Badge>
          </span>
        ) : null}
      </th>
      {row.cells.map((cell) => (
        <Cell key={cell.shift} cell={cell} />
      ))}
      <td>
        <Asked people={row.people} />
      </td>
    </tr>
  );
}

function Cell({ cell }: { readonly cell: CoverageCell }) {
  return (
    <td data-shade={cell.shade} className={cell.people === null ? classes.withheld : undefined}>
      <Asked people={cell.people} />
      <span className={cell.noPlace ? classes.noPlace : classes.places}>
        {cell.noPlace ? text.noPlace : text.places(cell.places)}
      </span>
    </td>
  );
}

function Asked({ people }: { readonly people: number | null }) {
  if (people === null) return <span className={classes.few}>{networkText.withheld}</span>;
  return <span className={classes.people}>{text.asked(people)}</span>;
}
