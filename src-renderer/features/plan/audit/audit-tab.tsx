import { Button } from '@mantine/core';
import { useState } from 'react';
import type { ResourceView } from '#shared/contract/plan.ts';
import { maturityLevels, maturityName } from '#shared/domain/plan-themes.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatDate, none } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Facts, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { RateDialog } from './rate-dialog.tsx';
import { ResourcePanel } from './resource-panel.tsx';
import { auditText as text } from './text.ts';

const heads = text.columns;
const columns: readonly TableColumn<ResourceView>[] = [
  { id: 'theme', header: heads.theme, value: ({ theme }) => theme, widthPx: 120, grow: 1 },
  { id: 'title', header: heads.title, value: ({ title }) => title, widthPx: 190, grow: 2 },
  {
    id: 'maturity',
    header: heads.maturity,
    value: ({ maturity }) => maturity,
    cell: ({ maturity }) => text.level(maturity, maturityName(maturity)),
    widthPx: 98,
  },
  {
    id: 'target',
    header: heads.target,
    value: ({ target }) => target,
    cell: ({ target }) => text.level(target, maturityName(target)),
    widthPx: 98,
  },
  {
    id: 'gap',
    header: heads.gap,
    value: ({ gap }) => gap,
    cell: ({ gap }) => (gap === 0 ? text.noGap : gap),
    align: 'end',
    widthPx: 56,
  },
  {
    id: 'guidance',
    header: heads.guidance,
    value: ({ guidance }) => (guidance === null ? none : `${guidance.review}, ${guidance.guidance}`),
    widthPx: 116,
    grow: 1,
  },
  {
    id: 'assessed',
    header: heads.assessed,
    value: ({ assessedOn }) => assessedOn,
    cell: ({ assessedOn }) => formatDate(assessedOn),
    widthPx: 102,
  },
  { id: 'by', header: heads.by, value: ({ assessedBy }) => assessedBy, widthPx: 120, grow: 1 },
];

/** What the force has for each theme against what it wants, the widest gap first. */
export function AuditTab() {
  const held = useOperation('plan.resources', {});
  return <QueryGate query={held}>{({ resources }) => <Audit resources={resources} />}</QueryGate>;
}

function Audit({ resources }: { readonly resources: readonly ResourceView[] }) {
  const [rating, setRating] = useState(false);
  const [chosen, setChosen] = useState<string | null>(null);
  const open = resources.find(({ resource }) => resource === chosen) ?? null;
  const rate = <Button onClick={() => setRating(true)}>{text.rate}</Button>;
  return (
    <Stack>
      {resources.length === 0 ? (
        <Panel>
          <EmptyState icon="plan" title={text.emptyTitle} text={text.emptyText} action={rate} />
        </Panel>
      ) : (
        <Panel title={text.title} note={text.note} actions={rate}>
          <DataTable
            id="plan-audit"
            label={text.title}
            columns={columns}
            rows={resources}
            rowId={({ resource }) => resource}
            linesPerRow={2}
            chosen={chosen}
            onOpen={({ resource }) => setChosen(resource)}
          />
        </Panel>
      )}
      {open === null ? null : <ResourcePanel resource={open} />}
      <Panel title={text.levels}>
        <Facts
          facts={maturityLevels.map(({ level, name, means }) => ({ term: text.level(level, name), value: means }))}
        />
      </Panel>
      {rating ? (
        <RateDialog
          resource={null}
          taken={resources.map(({ resource }) => resource)}
          onClose={() => setRating(false)}
        />
      ) : null}
    </Stack>
  );
}
