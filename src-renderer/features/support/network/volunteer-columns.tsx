import { Group } from '@mantine/core';
import type { VolunteerRow } from '#shared/domain/peer-network.ts';
import { formatDate, formatNumber } from '../../../ui/format.ts';
import { Badge } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { isReady } from './readiness.ts';
import { networkText } from './text.ts';

const text = networkText.volunteers;
const heads = text.columns;

function stateWords(row: VolunteerRow): string {
  if (isReady(row)) return text.ready;
  return row.notReady.map((reason) => networkText.readiness.reasons[reason]).join(', ');
}

function lastWords(days: number | null): string {
  if (days === null) return text.noneLately;
  return days === 0 ? text.today : text.ago(days);
}

function number(
  id: string,
  header: string,
  read: (row: VolunteerRow) => number,
  decimals = 0,
): TableColumn<VolunteerRow> {
  return { id, header, value: read, cell: (row) => formatNumber(read(row), decimals), align: 'end', widthPx: 90 };
}

function until(id: string, header: string, read: (row: VolunteerRow) => string | null): TableColumn<VolunteerRow> {
  return {
    id,
    header,
    value: (row) => read(row) ?? '',
    cell: (row) => {
      const day = read(row);
      return day === null ? text.never : formatDate(day);
    },
    widthPx: 116,
  };
}

/** What a coordinator sees of a volunteer. */
export const volunteerColumns: readonly TableColumn<VolunteerRow>[] = [
  {
    id: 'volunteer',
    header: heads.volunteer,
    value: ({ volunteer }) => volunteer,
    cell: ({ volunteer }) => <code>{volunteer}</code>,
    widthPx: 150,
  },
  { id: 'base', header: heads.base, value: ({ base }) => base, widthPx: 110, grow: 1 },
  {
    id: 'state',
    header: heads.state,
    value: stateWords,
    cell: (row) =>
      isReady(row) ? <Badge tone="good">{text.ready}</Badge> : <span title={stateWords(row)}>{stateWords(row)}</span>,
    widthPx: 150,
    grow: 1,
  },
  {
    id: 'places',
    header: heads.places,
    value: ({ inUse, capacity }) => inUse - capacity,
    cell: ({ inUse, capacity }) => (
      <Group gap={6} wrap="nowrap">
        {networkText.of(inUse, capacity)}
        {inUse > capacity ? <Badge tone="warn">{text.over}</Badge> : null}
      </Group>
    ),
    widthPx: 128,
  },
  {
    id: 'offer',
    header: heads.offer,
    value: ({ offer }) => offer ?? text.nothingDue,
    widthPx: 310,
    grow: 3,
  },
  until('vetted', heads.vetted, ({ vettedUntil }) => vettedUntil),
  until('trained', heads.trained, ({ trainedUntil }) => trainedUntil),
  number('contacts', heads.contacts, ({ contacts }) => contacts),
  number('hours', heads.hours, ({ minutes }) => minutes / 60, 1),
  number('rest', heads.rest, ({ daysWithoutRest }) => daysWithoutRest),
  {
    id: 'last',
    header: heads.last,
    value: ({ daysSinceContact }) => daysSinceContact,
    cell: ({ daysSinceContact }) => lastWords(daysSinceContact),
    widthPx: 130,
  },
  { id: 'kind', header: heads.kind, value: ({ kind }) => text.kinds[kind], widthPx: 110, hidden: true },
  {
    id: 'supervised',
    header: heads.supervised,
    value: ({ supervised }) => (supervised ? text.supervised : text.unsupervised),
    widthPx: 100,
    hidden: true,
  },
  { id: 'skills', header: heads.skills, value: ({ skills }) => skills.join(', '), widthPx: 180, hidden: true },
  {
    id: 'languages',
    header: heads.languages,
    value: ({ languages }) => languages.join(', '),
    widthPx: 100,
    hidden: true,
  },
];
