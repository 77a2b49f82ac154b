import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { Stack } from '../../../ui/surface.tsx';
import { ScreeningStart } from '../screening/screening-start.tsx';
import { IncludedPanel } from './included-panel.tsx';
import { RetrievalPanel } from './retrieval-panel.tsx';

export function FullTextTab({ view }: { readonly view: ReviewView }) {
  const isScreened = view.registration !== null;
  return (
    <Stack>
      <ScreeningStart view={view} stage="full-text" />
      {isScreened ? <RetrievalPanel view={view} /> : null}
      {isScreened ? <IncludedPanel view={view} /> : null}
    </Stack>
  );
}
