import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { AdverseCount, AdverseEvents } from '#shared/contract/adverse-events.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { EventList } from './event-list.tsx';
import { RecordDialog } from './record-dialog.tsx';
import { harmText as text } from './text.ts';

/** What befell people in a pilot: counts with small ones withheld, and each event for clinicians, who record them. */
export function HarmsTab({ view }: { readonly view: PilotView }) {
  const events = useOperation('pilots.adverseEvents', { pilot: view.pilot });
  return <QueryGate query={events}>{(answer) => <Harms pilot={view.pilot} answer={answer} />}</QueryGate>;
}

function Harms({ pilot, answer }: { readonly pilot: string; readonly answer: AdverseEvents }) {
  const isClinician = hasRole(useSession(), 'clinician');
  const [recording, setRecording] = useState(false);
  const record = isClinician ? <Button onClick={() => setRecording(true)}>{text.record}</Button> : undefined;
  return (
    <Stack>
      {answer.hasAny ? (
        <Told pilot={pilot} answer={answer} record={record} />
      ) : (
        <Panel>
          <EmptyState icon="check" title={text.emptyTitle} text={text.empty} action={record} />
        </Panel>
      )}
      {recording ? (
        <RecordDialog
          pilot={pilot}
          kinds={answer.byCategory.map(({ name }) => name)}
          onClose={() => setRecording(false)}
        />
      ) : null}
    </Stack>
  );
}

type ToldProps = {
  readonly pilot: string;
  readonly answer: AdverseEvents;
  readonly record: React.ReactNode;
};

function Told({ pilot, answer, record }: ToldProps) {
  const { minimum, hasUnclear, arms, all, bySeriousness, byCategory, events } = answer;
  const grave = [
    ...bySeriousness.map((row) => ({ ...row, name: text.levels[row.name as keyof typeof text.levels] ?? row.name })),
    { ...all, name: text.anybody },
  ];
  return (
    <>
      {hasUnclear ? (
        <Notice tone="warn">
          <p>{text.unclear}</p>
        </Notice>
      ) : null}
      <Counts
        id="seriousness"
        title={text.bySeriousness}
        note={text.countNote(minimum)}
        first={text.seriousness}
        rows={grave}
        arms={arms}
      />
      <Counts
        id="category"
        title={text.byCategory}
        note={text.byCategoryNote}
        first={text.kind}
        rows={byCategory}
        arms={arms}
      />
      {events === null ? null : <EventList pilot={pilot} events={events} actions={record} />}
    </>
  );
}

type CountsProps = {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly first: string;
  readonly rows: readonly AdverseCount[];
  readonly arms: readonly string[];
};

function Counts({ id, title, note, first, rows, arms }: CountsProps) {
  const columns = useMemo((): readonly TableColumn<AdverseCount>[] => {
    const count = (own: string, header: string, read: (row: AdverseCount) => number | null) => ({
      ...{ id: own, header, value: read, align: 'end' as const, widthPx: 140 },
      cell: (row: AdverseCount) => {
        const people = read(row);
        return people === null ? text.withheld : formatCount(people);
      },
    });
    return [
      { id: 'name', header: first, value: ({ name }) => name, widthPx: 200, grow: 1 },
      ...arms.map((arm, at) => count(`arm ${arm}`, arm === '' ? text.noArm : arm, ({ byArm }) => byArm[at] ?? null)),
      count('all', text.all, ({ people }) => people),
    ];
  }, [arms, first]);
  return (
    <Panel title={title} note={note}>
      <DataTable
        id={`pilot-harms-${id}`}
        label={title}
        columns={columns}
        rows={rows}
        rowId={({ name }) => name}
        showToolbar={false}
        maxHeightPx={320}
      />
    </Panel>
  );
}
