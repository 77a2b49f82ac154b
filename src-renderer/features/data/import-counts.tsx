import type { RowCounts } from '#shared/contract/imports.ts';
import { formatCount } from '../../ui/format.ts';
import { KeyFigures } from '../../ui/surface.tsx';
import { countLabels } from './text.ts';

/** read = accepted + rejected + duplicate; what supersedes is counted among the accepted. */
export function ImportCounts({ rows }: { readonly rows: RowCounts }) {
  return (
    <KeyFigures
      figures={[
        { label: countLabels.read, value: formatCount(rows.read) },
        {
          label: countLabels.accepted,
          value: formatCount(rows.accepted),
          ...(rows.superseded > 0 ? { note: `${formatCount(rows.superseded)} supersede an earlier row` } : {}),
        },
        { label: countLabels.duplicate, value: formatCount(rows.duplicate), note: 'same key, same values' },
        { label: countLabels.rejected, value: formatCount(rows.rejected) },
      ]}
    />
  );
}
