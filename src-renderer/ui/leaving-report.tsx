import type { Leaving, ReportFormat } from '#shared/contract/reports.ts';
import { DataTable } from './data-table.tsx';
import { formatCount, formatDate } from './format.ts';
import { leavingText as text } from './leaving-text.ts';
import { Facts, Notice, Stack } from './surface.tsx';
import type { TableColumn } from './table-model.ts';

type Place = Leaving['places'][number];

const columns: readonly TableColumn<Place>[] = [
  { id: 'section', header: text.section, value: (row) => row.section, grow: 2, widthPx: 240 },
  { id: 'places', header: text.places, value: (row) => row.places, widthPx: 150 },
  { id: 'withheld', header: text.withheld, value: (row) => row.withheld, widthPx: 130 },
];

type Props = {
  readonly leaving: Leaving;
  /** The forms that are asked for. */
  readonly formats: readonly ReportFormat[];
};

/** Exactly what leaves with a report: files, marking, what is withheld and where, and what it was decided together with. */
export function LeavingReport({ leaving, formats }: Props) {
  const { files, marking, counts, withheld, places, judgedWith, notes, hash } = leaving;
  const going = files.filter(({ format }) => format === null || formats.includes(format));
  const some = places.filter((place) => place.withheld > 0);
  return (
    <Stack>
      <Facts
        facts={[
          { term: text.files, value: going.map(({ name }) => name).join(', ') },
          { term: text.marking, value: marking },
          { term: text.counts, value: text.withheldOf(withheld, counts) },
          {
            term: text.judged,
            value: judgedWith.length === 0 ? text.judgedAlone : <Releases releases={judgedWith} />,
          },
          { term: text.hash, value: <code style={{ overflowWrap: 'anywhere' }}>{hash}</code> },
        ]}
      />
      {some.length === 0 ? (
        <p style={{ margin: 0 }}>{text.nothingWithheld}</p>
      ) : (
        <DataTable
          id="leaving-places"
          label={text.where}
          columns={columns}
          rows={some}
          rowId={(row) => row.section}
          showToolbar={false}
          maxHeightPx={320}
        />
      )}
      {notes.length === 0 ? null : (
        <Notice title={text.notes}>
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Notice>
      )}
    </Stack>
  );
}

const shownReleases = 5;

function Releases({ releases }: { readonly releases: Leaving['judgedWith'] }) {
  const more = releases.length - shownReleases;
  return (
    <ul style={{ margin: 0, paddingInlineStart: 18 }}>
      {releases.slice(0, shownReleases).map(({ id, title, releasedAt, withdrawn }) => (
        <li key={id}>
          {title}, {formatDate(releasedAt.slice(0, 10))}
          {withdrawn ? `, ${text.withdrawn}` : ''}
        </li>
      ))}
      {more > 0 ? <li>{text.more(formatCount(more))}</li> : null}
    </ul>
  );
}
