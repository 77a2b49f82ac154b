import { Button } from '@mantine/core';
import type { CodeRules, CodeRulesVersion } from '#shared/contract/code-rules.ts';
import { call } from '../../bridge/client.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { formatCount, formatInstant } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import type { TableColumn } from '../../ui/table-model.ts';
import { text } from './text.ts';

function columnsOf(
  newest: number,
  takeUp: ((version: number) => void) | null,
): readonly TableColumn<CodeRulesVersion>[] {
  const action: TableColumn<CodeRulesVersion> = {
    id: 'take-up',
    header: text.takeUp,
    value: () => null,
    sortable: false,
    widthPx: 120,
    cell: ({ version }) =>
      version === newest ? null : (
        <Button
          variant="subtle"
          size="compact-xs"
          aria-label={`${text.takeUp}: version ${version}`}
          onClick={() => takeUp?.(version)}
        >
          {text.takeUp}
        </Button>
      ),
  };
  return [
    { id: 'version', header: 'Version', value: (row) => row.version, align: 'end', widthPx: 92 },
    {
      id: 'saved',
      header: 'Saved',
      value: (row) => row.savedAt,
      cell: (row) => formatInstant(row.savedAt),
      widthPx: 150,
    },
    { id: 'by', header: 'By', value: (row) => row.savedBy, widthPx: 90 },
    {
      id: 'rules',
      header: 'Rules',
      value: (row) => row.rules,
      cell: (row) => formatCount(row.rules),
      align: 'end',
      widthPx: 76,
    },
    { id: 'reason', header: 'Why', value: (row) => row.reason, grow: 2, widthPx: 160 },
    { id: 'hash', header: 'SHA-256', value: (row) => row.hash, hidden: true, widthPx: 200 },
    ...(takeUp ? [action] : []),
  ];
}

type Props = {
  readonly versions: readonly CodeRulesVersion[];
  readonly onDraft: ((draft: CodeRules) => void) | null;
};

/** Every version with who saved it, when and why. */
export function VersionsPanel({ versions, onDraft }: Props) {
  const takeUp = async (version: number) => {
    const answer = await call('codes.rules', { version });
    if (answer.ok && answer.value.shown) onDraft?.(answer.value.shown.document);
  };
  if (versions.length === 0) return null;
  return (
    <Panel title={text.versions} note={text.versionsNote}>
      <DataTable
        id="codes-versions"
        label={text.versions}
        columns={columnsOf(versions[0]?.version ?? 0, onDraft ? (version) => void takeUp(version) : null)}
        rows={versions}
        rowId={(row) => String(row.version)}
        sortBy={{ id: 'version', desc: true }}
        maxHeightPx={320}
      />
    </Panel>
  );
}
