import { useMemo } from 'react';
import type { ActivityView } from '#shared/contract/engagement.ts';
import type { ThemeResult } from '#shared/domain/engagement-result.ts';
import { DataTable } from '../../../ui/data-table.tsx';
import { formatCount, formatShare, none } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import type { TableColumn } from '../../../ui/table-model.ts';
import { engagementText as text } from './text.ts';

type Props = { readonly themes: readonly ThemeResult[]; readonly activity: ActivityView; readonly minimum: number };

/** What people named, with how many did and what it means in the force's own words. */
export function ThemesPanel({ themes, activity, minimum }: Props) {
  const columns = useMemo((): readonly TableColumn<ThemeResult>[] => {
    const said = (code: string): string =>
      activity.themes.find(({ theme }) => theme === code)?.paraphrases.join(' ') ?? '';
    const heads = text.themesHeads;
    return [
      { id: 'theme', header: heads.theme, value: ({ title }) => title, widthPx: 220, grow: 1 },
      {
        id: 'people',
        header: heads.people,
        value: ({ people }) => people,
        cell: ({ people }) => (people === null ? text.few(minimum) : formatCount(people)),
        align: 'end',
        widthPx: 160,
      },
      {
        id: 'share',
        header: heads.share,
        value: ({ share }) => share?.share ?? null,
        cell: ({ share }) => (share === null ? none : formatShare(share.share)),
        align: 'end',
        widthPx: 80,
      },
      { id: 'said', header: heads.said, value: ({ theme }) => said(theme) || none, widthPx: 300, grow: 2 },
    ];
  }, [activity, minimum]);
  return (
    <Panel title={text.themes}>
      <DataTable
        id="plan-themes"
        label={text.themes}
        columns={columns}
        rows={themes}
        rowId={({ theme }) => theme}
        sortBy={{ id: 'people', desc: true }}
        linesPerRow={2}
        showToolbar={false}
      />
    </Panel>
  );
}
