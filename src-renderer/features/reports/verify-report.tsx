import { Button } from '@mantine/core';
import type { OutputOf } from '#shared/contract/index.ts';
import { useJob } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { useFileChooser } from '../../ui/file-chooser.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { reportText } from '../../ui/report-text.ts';
import { Notice, Panel, Stack } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

type Verified = OutputOf<'reports.verify'>;
type Difference = Verified['differences'][number];

const columns: readonly TableColumn<Difference>[] = [
  { id: 'where', header: 'Where', value: (row) => row.where, grow: 1, widthPx: 180 },
  { id: 'what', header: 'What', value: (row) => row.what, grow: 2, widthPx: 240 },
];

export function VerifyReport() {
  const verify = useJob('reports.verify');
  const { choose, dialog } = useFileChooser();
  const { state } = verify;
  return (
    <Panel title={text.verify} note={text.verifyNote}>
      <Stack>
        {state.status === 'running' ? (
          <JobProgress {...state} label={text.verifying} onCancel={verify.cancel} />
        ) : (
          <div>
            <Button
              variant="default"
              onClick={() => choose({ kind: 'folder', title: text.verify }, (folder) => void verify.start({ folder }))}
            >
              {text.verifyButton}
            </Button>
          </div>
        )}
        {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
        {state.status === 'cancelled' ? (
          <Notice announce>
            <p>{reportText.stopped}</p>
          </Notice>
        ) : null}
        {state.status === 'done' ? <Outcome verified={state.value} /> : null}
        {dialog}
      </Stack>
    </Panel>
  );
}

function Outcome({ verified }: { readonly verified: Verified }) {
  if (verified.equal) {
    return (
      <Notice tone="good" announce>
        <p>{text.equal(verified.compared)}</p>
        <p>{verified.signature.says}</p>
      </Notice>
    );
  }
  const { differences, notRerun, signature } = verified;
  const isSaid = differences.some(({ what }) => what === signature.says);
  return (
    <>
      {notRerun.length > 0 ? (
        <Notice tone="warn" title={text.notRerun} announce>
          {notRerun.map(({ where, what }) => (
            <p key={`${where} ${what}`}>{`${where}: ${what}`}</p>
          ))}
        </Notice>
      ) : null}
      {differences.length > 0 ? <Differences differences={differences} /> : null}
      {isSaid ? null : (
        <Notice>
          <p>{signature.says}</p>
        </Notice>
      )}
    </>
  );
}

function Differences({ differences }: { readonly differences: Verified['differences'] }) {
  return (
    <>
      <Notice tone="bad" title={text.different(differences.length)} announce>
        <p>{text.differentText}</p>
      </Notice>
      <DataTable
        id="report-differences"
        label={text.different(differences.length)}
        columns={columns}
        rows={differences}
        rowId={(row) => `${row.where} ${row.what}`}
        copyable
      />
    </>
  );
}
