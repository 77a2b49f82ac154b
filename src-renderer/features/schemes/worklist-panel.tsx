import type { OutputOf } from '#shared/contract/index.ts';
import type { SchemeAdoption } from '#shared/contract/worklist-scheme.ts';
import { schemeInWords } from '#shared/domain/scheme.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { AdoptScheme } from './adopt-scheme.tsx';
import classes from './schemes.module.css';
import { text } from './text.ts';

const columns: readonly TableColumn<SchemeAdoption>[] = [
  { id: 'at', header: text.when, value: (row) => row.at, cell: (row) => formatInstant(row.at), widthPx: 150 },
  { id: 'by', header: text.by, value: (row) => row.by, widthPx: 110 },
  {
    id: 'scheme',
    header: text.scheme,
    value: (row) => schemeInWords(row.scheme, row.version),
    grow: 1,
    widthPx: 180,
  },
  { id: 'changed', header: text.changed, value: (row) => text.gainedLost(row), widthPx: 190 },
  { id: 'why', header: text.why, value: (row) => row.reason, grow: 2, widthPx: 220 },
];

/** Which scheme raises the signals of the clinicians’ list, and for clinicians what the chosen one would change. */
export function WorklistPanel({ chosen, approved }: { readonly chosen: string; readonly approved: boolean }) {
  const inUse = useOperation('worklistScheme.get', {});
  return (
    <Panel title={text.worklist} note={text.worklistNote}>
      <QueryGate query={inUse} heightPx={80}>
        {(held) => <InUse held={held} chosen={chosen} approved={approved} />}
      </QueryGate>
    </Panel>
  );
}

type Props = {
  readonly held: OutputOf<'worklistScheme.get'>;
  readonly chosen: string;
  readonly approved: boolean;
};

function InUse({ held: { scheme, version, adoptions }, chosen, approved }: Props) {
  const isClinician = hasRole(useSession(), 'clinician');
  return (
    <>
      <p className={classes.standing}>{text.worklistBy(schemeInWords(scheme, version), adoptions[0] ?? null)}</p>
      {isClinician ? (
        <Adopting key={chosen} chosen={chosen} inUse={scheme} approved={approved} />
      ) : (
        <p className={classes.note}>{text.clinicianAdopts}</p>
      )}
      {adoptions.length > 0 ? (
        <>
          <h3 className={classes.legend}>{text.adoptions}</h3>
          <DataTable
            id="scheme-adoptions"
            label={text.adoptions}
            columns={columns}
            rows={adoptions}
            rowId={(row) => row.at}
            showToolbar={false}
            maxHeightPx={240}
          />
        </>
      ) : null}
    </>
  );
}

function Adopting({ chosen, inUse, approved }: { readonly chosen: string; readonly inUse: string; approved: boolean }) {
  if (chosen === inUse) return <p className={classes.note}>{text.chosenIsInUse(chosen)}</p>;
  if (!approved) return <p className={classes.note}>{text.chosenNotApproved(chosen)}</p>;
  return <AdoptScheme scheme={chosen} />;
}
