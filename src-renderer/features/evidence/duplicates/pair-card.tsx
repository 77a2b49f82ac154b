import { Button, Table } from '@mantine/core';
import type { DuplicatePair } from '#shared/contract/review-records.ts';
import type { ReviewReference } from '#shared/contract/review-shapes.ts';
import type { PairVerdict } from '#shared/domain/review.ts';
import { Panel } from '../../../ui/surface.tsx';
import { duplicatesText as text } from './text.ts';

type Props = {
  readonly pair: DuplicatePair;
  readonly isBusy: boolean;
  readonly onDecide: (verdict: PairVerdict) => void;
};

type Field = keyof typeof text.fields;

function saidOf(reference: ReviewReference, field: Field): string {
  if (field === 'year') return reference.year === null ? '' : String(reference.year);
  if (field === 'volume') return [reference.volume, reference.issue].filter((part) => part !== '').join(', ');
  return reference[field];
}

/** Two records side by side; where they differ is set in bold. */
export function PairCard({ pair, isBusy, onDecide }: Props) {
  const { first, second, verdict, why, decidedBy } = pair;
  const by = decidedBy === null ? text.byRule : text.by(decidedBy);
  return (
    <Panel
      title={text.pair(first.record, second.record)}
      note={`${text.why}: ${why}${verdict === 'asked' ? '' : ` (${by})`}`}
      actions={
        <>
          {verdict === 'same' ? null : (
            <Button size="xs" disabled={isBusy} onClick={() => onDecide('same')}>
              {text.same}
            </Button>
          )}
          {verdict === 'apart' ? null : (
            <Button size="xs" variant="default" disabled={isBusy} onClick={() => onDecide('apart')}>
              {text.apart}
            </Button>
          )}
          {verdict === 'asked' ? null : (
            <Button size="xs" variant="subtle" disabled={isBusy} onClick={() => onDecide('asked')}>
              {text.undo}
            </Button>
          )}
        </>
      }
    >
      <Table layout="fixed" aria-label={text.pair(first.record, second.record)}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w={150}>{text.heads.field}</Table.Th>
            <Table.Th>{text.heads.record(first.record)}</Table.Th>
            <Table.Th>{text.heads.record(second.record)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {(Object.keys(text.fields) as Field[]).map((field) => (
            <FieldRow key={field} field={field} first={saidOf(first, field)} second={saidOf(second, field)} />
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function FieldRow({
  field,
  first,
  second,
}: {
  readonly field: Field;
  readonly first: string;
  readonly second: string;
}) {
  const fontWeight = first === second ? 400 : 600;
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        {text.fields[field]}
      </Table.Th>
      <Table.Td style={{ fontWeight, overflowWrap: 'anywhere' }}>{first}</Table.Td>
      <Table.Td style={{ fontWeight, overflowWrap: 'anywhere' }}>{second}</Table.Td>
    </Table.Tr>
  );
}
