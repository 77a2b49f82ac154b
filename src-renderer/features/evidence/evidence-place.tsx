import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ReviewSummary } from '#shared/contract/review-shapes.ts';
import type { EvidenceLibrary } from '#shared/domain/evidence/library.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { DataTable } from '../../ui/data-table.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Page, Panel } from '../../ui/surface.tsx';
import { BeginDialog } from './begin-dialog.tsx';
import { LibraryPanel } from './library-panel.tsx';
import { reviewColumns } from './review-columns.tsx';
import { text } from './text.ts';

export function EvidencePlace() {
  const held = useOperation('reviews.list', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <QueryGate query={held}>{({ reviews }) => <Reviews reviews={reviews} />}</QueryGate>
    </Page>
  );
}

/** What a new review begins with; null while none is begun. */
type Beginning = { readonly library: EvidenceLibrary | null } | null;

function Reviews({ reviews }: { readonly reviews: readonly ReviewSummary[] }) {
  const [beginning, setBeginning] = useState<Beginning>(null);
  const navigate = useNavigate();
  const goTo = (review: string) => void navigate({ to: '/evidence/$review', params: { review } });
  const begin = <Button onClick={() => setBeginning({ library: null })}>{text.begin}</Button>;
  return (
    <>
      {reviews.length === 0 ? (
        <Panel>
          <EmptyState icon="evidence" title={text.emptyTitle} text={text.emptyText} action={begin} />
        </Panel>
      ) : (
        <Panel title={text.list} actions={begin}>
          <DataTable
            id="reviews"
            label={text.list}
            columns={reviewColumns}
            rows={reviews}
            rowId={({ review }) => review}
            onOpen={({ review }) => goTo(review)}
            maxHeightPx={440}
          />
        </Panel>
      )}
      <LibraryPanel onBegin={(library) => setBeginning({ library })} />
      {beginning === null ? null : (
        <BeginDialog
          taken={reviews.map(({ review }) => review)}
          library={beginning.library}
          onClose={() => setBeginning(null)}
          onBegun={goTo}
        />
      )}
    </>
  );
}
