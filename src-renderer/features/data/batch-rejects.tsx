import { Drawer } from '@mantine/core';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Stack } from '../../ui/surface.tsx';
import { useReturnFocus } from '../../ui/use-return-focus.ts';
import { rejectColumns } from './import-problems.tsx';
import { SaveRejects } from './save-rejects.tsx';
import { text } from './text.ts';

const mostShown = 10_000;

/** The rejected rows of a batch that is in the vault. */
export function BatchRejects({ batch, onClose }: { readonly batch: number; readonly onClose: () => void }) {
  useReturnFocus();
  const rejects = useOperation('imports.rejects', { batch, offset: 0, limit: mostShown });
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      size={760}
      title={text.rejectsTitle(batch)}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <QueryGate query={rejects}>
        {(data) => (
          <Stack>
            <p style={{ margin: 0 }}>{text.rejectsNote}</p>
            {data.total > data.rejects.length ? (
              <p style={{ margin: 0 }}>{text.partial(data.rejects.length, data.total)}</p>
            ) : null}
            <div>
              <SaveRejects batch={batch} />
            </div>
            <DataTable
              id="import-rejects"
              label={text.rejectsTitle(batch)}
              columns={rejectColumns}
              rows={data.rejects}
              rowId={(row) => `${row.row} ${row.column} ${row.code}`}
              maxHeightPx={640}
            />
          </Stack>
        )}
      </QueryGate>
    </Drawer>
  );
}
