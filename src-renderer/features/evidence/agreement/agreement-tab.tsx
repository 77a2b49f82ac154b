import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { screeningStages } from '#shared/domain/review.ts';
import { Stack } from '../../../ui/surface.tsx';
import { AgreementPanel } from './agreement-panel.tsx';
import { ConflictsPanel } from './conflicts-panel.tsx';

export function AgreementTab({ view }: { readonly view: ReviewView }) {
  return (
    <Stack>
      <ConflictsPanel view={view} />
      {screeningStages.map((stage) => (
        <AgreementPanel key={stage} review={view.review} stage={stage} />
      ))}
    </Stack>
  );
}
