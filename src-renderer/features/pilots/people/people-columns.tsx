import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import {
  type EnrolmentGroup,
  type EnrolmentState,
  enrolmentStates,
  type PilotEnrolmentResult,
} from '#shared/domain/pilot-enrolment.ts';
import { formatCount, formatDate } from '../../../ui/format.ts';
import { Badge, type Tone } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { peopleText as text } from './text.ts';

type Reason = PilotEnrolmentResult['reasons'][number];

function countColumn<Row>(id: string, header: string, read: (row: Row) => number | null): TableColumn<Row> {
  return {
    id,
    header,
    value: read,
    cell: (row) => {
      const count = read(row);
      return count === null ? text.withheld : formatCount(count);
    },
    align: 'end',
    widthPx: 112,
  };
}

/** A column for every state that somebody is in. */
export function groupColumns(group: string, groups: readonly EnrolmentGroup[]): readonly TableColumn<EnrolmentGroup>[] {
  const states = enrolmentStates.filter((state) => groups.some(({ byState }) => byState[state] !== 0));
  return [
    {
      id: 'group',
      header: group,
      value: (row) => row.group,
      cell: (row) => (row.group === '' ? text.noGroup : row.group),
      widthPx: 130,
      grow: 1,
    },
    countColumn('people', text.people, ({ people }) => people),
    ...states.map((state) => countColumn<EnrolmentGroup>(state, text.states[state], ({ byState }) => byState[state])),
  ];
}

export const reasonColumns: readonly TableColumn<Reason>[] = [
  { id: 'reason', header: text.reason, value: ({ reason }) => reason, widthPx: 260, grow: 1 },
  countColumn('people', text.count, ({ people }) => people),
];

const tones: Readonly<Record<EnrolmentState, Tone | 'tide'>> = {
  'not eligible yet': 'plain',
  'not enrolled': 'plain',
  'no consent': 'plain',
  waiting: 'warn',
  'taking part': 'good',
  withdrawn: 'plain',
};

function dayColumn(id: string, header: string, read: (row: PilotPerson) => string | null): TableColumn<PilotPerson> {
  return { id, header, value: read, cell: (row) => formatDate(read(row)), widthPx: 108 };
}

const heads = text.columns;
export const personColumns: readonly TableColumn<PilotPerson>[] = [
  {
    id: 'person',
    header: heads.person,
    value: ({ person }) => person,
    cell: ({ person }) => <code>{person}</code>,
    widthPx: 144,
  },
  {
    id: 'state',
    header: heads.state,
    value: ({ state, isContradicted }) => (isContradicted ? text.contradicted : text.states[state]),
    cell: ({ state, isContradicted }) => (
      <Badge tone={isContradicted ? 'bad' : tones[state]}>
        {isContradicted ? text.contradicted : text.states[state]}
      </Badge>
    ),
    widthPx: 156,
    grow: 1,
  },
  { id: 'cluster', header: heads.cluster, value: ({ cluster }) => cluster, widthPx: 96 },
  { id: 'stratum', header: heads.stratum, value: ({ stratum }) => stratum, widthPx: 84 },
  { id: 'arm', header: heads.arm, value: ({ arm }) => arm, widthPx: 90 },
  dayColumn('consented', heads.consented, ({ consentedOn }) => consentedOn),
  dayColumn('withdrew', heads.withdrew, ({ withdrawnOn }) => withdrawnOn),
  {
    id: 'data',
    header: heads.data,
    value: ({ isDataUsed }) => (isDataUsed ? text.dataUsed : text.dataNotUsed),
    widthPx: 100,
  },
  { ...dayColumn('eligible', heads.eligible, ({ eligibleOn }) => eligibleOn), hidden: true },
  {
    id: 'reason',
    header: heads.reason,
    value: ({ notEnrolledReason }) => notEnrolledReason,
    widthPx: 180,
    hidden: true,
  },
];
