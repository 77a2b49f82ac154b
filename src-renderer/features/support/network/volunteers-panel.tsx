import { SegmentedControl, TextInput } from '@mantine/core';
import { useDeferredValue, useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { VolunteerRow } from '#shared/domain/peer-network.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Panel } from '../../../ui/surface.tsx';
import { filterRows } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { networkText } from './text.ts';
import { volunteerColumns } from './volunteer-columns.tsx';
import { shownVolunteers, type VolunteerShow, volunteerShows } from './volunteer-rows.ts';

const text = networkText.volunteers;

type Props = {
  /** Undefined for whoever may not see them. */
  readonly rows: readonly VolunteerRow[] | undefined;
  readonly asOf: string;
  readonly result: AnalysisResult;
};

export function VolunteersPanel({ rows, asOf, result }: Props) {
  return rows === undefined ? (
    <Panel>{text.analystsOnly}</Panel>
  ) : (
    <Volunteers rows={rows} asOf={asOf} result={result} />
  );
}

/** Who is ready, who carries how much, and what to offer whom. */
function Volunteers({ rows, asOf, result }: Props & { readonly rows: readonly VolunteerRow[] }) {
  const [show, setShow] = useState<VolunteerShow>('all');
  const [search, setSearch] = useState('');
  const words = useDeferredValue(search);
  const shown = useMemo(
    () => filterRows(shownVolunteers(rows, show, asOf), volunteerColumns, words),
    [rows, show, asOf, words],
  );
  return (
    <Panel
      title={text.finding(rows.filter(({ offer }) => offer !== null).length)}
      note={text.note}
      actions={<WorkedOut result={result} />}
    >
      <DataTable
        id="support-volunteers"
        label={text.label}
        columns={volunteerColumns}
        rows={shown}
        rowId={({ volunteer }) => volunteer}
        nothing={text.nobody}
        linesPerRow={2}
        toolbar={
          <>
            <TextInput
              size="xs"
              w={280}
              aria-label={text.search}
              placeholder={text.search}
              leftSection={<Icon name="search" size={14} />}
              value={search}
              onChange={(event) => setSearch(event.currentTarget.value)}
            />
            <SegmentedControl
              size="xs"
              aria-label={text.show}
              value={show}
              onChange={(value) => setShow(value as VolunteerShow)}
              data={volunteerShows.map((value) => ({ value, label: text.shows[value] }))}
            />
          </>
        }
      />
    </Panel>
  );
}
