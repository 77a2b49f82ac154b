import { Select } from '@mantine/core';
import { useMemo, useState } from 'react';
import { chartHeightPx } from '#shared/charts/chart-option.ts';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PeerLink, PeerNetworkResult } from '#shared/domain/peer-network.ts';
import { ChartPanel } from '../../../ui/chart-panel.tsx';
import { specOption } from '../../../ui/charts/spec-chart.ts';
import { formatCount } from '../../../ui/format.ts';
import type { TableColumn } from '../../../ui/table-model.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { focusWords, type PictureFocus, pictureFinding, pictureSpec, placeName } from './picture-model.ts';
import { networkText } from './text.ts';

const text = networkText.picture;

const columns: readonly TableColumn<PeerLink>[] = [
  { id: 'area', header: text.columns.area, value: ({ area }) => placeName(area), grow: 1, widthPx: 160 },
  { id: 'base', header: text.columns.base, value: ({ base }) => placeName(base), grow: 1, widthPx: 160 },
  {
    id: 'people',
    header: text.columns.people,
    value: ({ people }) => people,
    cell: ({ people }) => (people === null ? networkText.few('people') : formatCount(people)),
    align: 'end',
    widthPx: 320,
  },
];

type Props = { readonly network: PeerNetworkResult; readonly result: AnalysisResult };

/** Where people ask and where they find somebody, with the volunteers of each base. */
export function PicturePanel({ network, result }: Props) {
  const [focus, setFocus] = useState<PictureFocus>(null);
  const spec = useMemo(() => pictureSpec(network, focus), [network, focus]);
  const option = useMemo(() => specOption(spec), [spec]);
  const title = pictureFinding(network);
  return (
    <ChartPanel
      copyable={false}
      id="support-network-picture"
      title={title}
      note={
        <span role="status">
          {focusWords(spec) ?? (network.rows === undefined ? text.note : `${text.note} ${text.dots}`)}
        </span>
      }
      description={`${text.about} ${title}. ${focusWords(spec) ?? ''} The table behind the picture has every value; the list of volunteers every volunteer.`}
      heightPx={chartHeightPx(spec)}
      option={option}
      columns={columns}
      rows={network.links}
      rowId={({ area, base }) => `${area} ${base}`}
      nothing={network.links.length === 0 ? text.none : null}
      actions={
        <>
          <Closer
            areas={spec.areas.map(({ name }) => name)}
            bases={spec.bases.map(({ name }) => name)}
            onChange={setFocus}
            focus={focus}
          />
          <WorkedOut result={result} steps={text.steps} />
        </>
      }
    />
  );
}

type CloserProps = {
  readonly areas: readonly string[];
  readonly bases: readonly string[];
  readonly focus: PictureFocus;
  readonly onChange: (focus: PictureFocus) => void;
};

/** Chooses the place whose lines stand out and are put in words. */
function Closer({ areas, bases, focus, onChange }: CloserProps) {
  const items = (side: 'area' | 'base', names: readonly string[]) =>
    names.map((name) => ({ value: `${side} ${name}`, label: text.closerTo[side](name) }));
  return (
    <Select
      size="xs"
      w={210}
      aria-label={text.closer}
      placeholder={text.closer}
      value={focus === null ? null : `${focus.side} ${focus.name}`}
      onChange={(chosen) => {
        const [side, ...name] = (chosen ?? '').split(' ');
        onChange(side === 'area' || side === 'base' ? { side, name: name.join(' ') } : null);
      }}
      data={[
        { group: text.groups.area, items: items('area', areas) },
        { group: text.groups.base, items: items('base', bases) },
      ]}
      clearable
      searchable={areas.length + bases.length > 12}
    />
  );
}
