import { Button } from '@mantine/core';
import type { OutputOf } from '#shared/contract/index.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount } from '../../../ui/format.ts';
import { Facts, Notice, Panel, Stack } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { sharingText as text } from './text.ts';

type Prepared = OutputOf<'releases.prepare'>;
type Line = { readonly what: string; readonly told: string; readonly withheld: number };

const columns: readonly TableColumn<Line>[] = [
  { id: 'what', header: 'What', value: (row) => row.what, grow: 2, widthPx: 280 },
  { id: 'told', header: 'Told', value: (row) => row.told, grow: 1, widthPx: 240 },
  { id: 'withheld', header: 'Counts or months withheld', value: (row) => row.withheld, widthPx: 190 },
];

function countOrWithheld(count: number | null): string {
  return count === null ? text.withheld : formatCount(count);
}

function linesOf({ body }: Prepared): Line[] {
  const titleOf = new Map(
    body.definitions.map(({ id, says }) => [id, String(says['title'] ?? says['instrument'] ?? id)]),
  );
  const { exposures } = body;
  const missing = (counts: readonly (number | null)[]): number => counts.filter((count) => count === null).length;
  return [
    ...(exposures === null
      ? []
      : [
          {
            what: 'Exposures by month',
            told: `${countOrWithheld(exposures.events)} in all`,
            withheld: missing(exposures.months.map(({ count }) => count)),
          },
          {
            what: 'Exposures by kind',
            told: `${formatCount(exposures.categories.length)} kinds`,
            withheld: missing(exposures.categories.map(({ count }) => count)),
          },
          {
            what: 'People in post on the last day',
            told: countOrWithheld(exposures.people),
            withheld: missing([exposures.people]),
          },
        ]),
    ...body.indicators.map(({ definition, months }) => {
      const withheld = missing(months.map(({ numerator }) => numerator));
      return {
        what: titleOf.get(definition) ?? definition,
        told: `${formatCount(months.length - withheld)} of ${formatCount(months.length)} months`,
        withheld,
      };
    }),
    ...body.effects.map(({ definition }) => ({
      what: titleOf.get(definition) ?? definition,
      told: 'an estimate with its variance',
      withheld: 0,
    })),
    ...body.curves.map(({ definition, coefficients }) => ({
      what: titleOf.get(definition) ?? definition,
      told: `${formatCount(coefficients.length)} coefficients with their covariance`,
      withheld: 0,
    })),
  ];
}

/** Exactly what a bundle would hold, before it leaves. */
export function LeavingPanel({ prepared, onClose }: { readonly prepared: Prepared; readonly onClose: () => void }) {
  const { counts, withheld, hash, notes, body } = prepared;
  return (
    <Panel
      title={text.leaves}
      note={text.leavesNote}
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onClose}>
          {text.close}
        </Button>
      }
    >
      <Stack>
        <Facts
          facts={[
            { term: 'Force', value: body.force },
            { term: 'Withheld', value: text.withheldOf(withheld, counts) },
            {
              term: 'Least counts',
              value: `${body.thresholds.workforce} of work, ${body.thresholds.clinical} of health`,
            },
            { term: 'SHA-256', value: <code>{hash}</code> },
          ]}
        />
        <DataTable
          id="leaving"
          label={text.leaves}
          columns={columns}
          rows={linesOf(prepared)}
          rowId={(row) => row.what}
          nothing="Nothing can be told of this period."
        />
        {notes.length === 0 ? null : (
          <Notice title="Not in it">
            <ul>
              {notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Notice>
        )}
      </Stack>
    </Panel>
  );
}
