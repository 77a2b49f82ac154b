import type { CouldSee } from '#shared/contract/pilots.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { lockText as text } from './text.ts';

const columns: readonly TableColumn<CouldSee>[] = [
  { id: 'user', header: text.user, value: ({ user }) => user, widthPx: 140, grow: 1 },
  { id: 'roles', header: text.roles, value: ({ roles }) => roles.join(', '), widthPx: 180, grow: 1 },
  { id: 'why', header: text.why, value: ({ why }) => text.whys[why], widthPx: 260, grow: 2 },
];

type Props = { readonly people: readonly CouldSee[]; readonly isLocked: boolean };

/** Whose roles let them see outcomes before the plan was locked. */
export function CouldSeePanel({ people, isLocked }: Props) {
  const title = isLocked ? text.couldSee : text.couldSeeSoFar;
  return (
    <Panel title={title} note={text.couldSeeNote}>
      <DataTable
        id="pilot-could-see"
        label={title}
        columns={columns}
        rows={people}
        rowId={({ user }) => user}
        showToolbar={false}
        maxHeightPx={260}
        nothing={text.nobody}
      />
    </Panel>
  );
}
