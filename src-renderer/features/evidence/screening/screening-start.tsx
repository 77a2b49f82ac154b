import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import type { ScreeningStage } from '#shared/domain/review.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { formatCount } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel } from '../../../ui/surface.tsx';
import { text as evidenceText } from '../text.ts';
import { ScreeningDesk } from './screening-desk.tsx';
import { screeningText as text } from './text.ts';

type Props = { readonly view: ReviewView; readonly stage: ScreeningStage };

/** What has to be so before anybody can decide, and the way to the records. */
export function ScreeningStart({ view, stage }: Props) {
  if (view.registration === null) {
    return (
      <Panel>
        <EmptyState icon="lock" title={text.needsRegistration} text={text.needsRegistrationText} />
      </Panel>
    );
  }
  if (!view.mayScreen) {
    return (
      <Panel>
        <EmptyState
          icon="person"
          title={text.notReviewer}
          text={text.notReviewerText(view.protocol.reviewers.join(', '))}
        />
      </Panel>
    );
  }
  return <Waiting view={view} stage={stage} />;
}

function Waiting({ view, stage }: Props) {
  const client = useQueryClient();
  const [isBegun, setBegun] = useState(false);
  const next = useOperation('reviews.next', { review: view.review, stage, limit: 1 }, { fresh: true });
  const stop = () => {
    setBegun(false);
    void client.invalidateQueries();
  };
  if (isBegun) return <ScreeningDesk protocol={view.protocol} stage={stage} onStop={stop} />;
  return (
    <QueryGate query={next}>
      {({ progress: { decided, remaining } }) => (
        <Panel title={text.beginTitle(evidenceText.stages[stage])} note={text.beginNote}>
          {remaining === 0 ? (
            <EmptyState icon="check" title={text.nothing} text={text.nothingText[stage]} />
          ) : (
            <EmptyState
              icon="evidence"
              title={text.progress(formatCount(decided), formatCount(decided + remaining))}
              text={text.keyList
                .map(({ key, does }) => `${key}: ${does}`)
                .slice(0, 3)
                .join('. ')}
              action={<Button onClick={() => setBegun(true)}>{text.begin}</Button>}
            />
          )}
        </Panel>
      )}
    </QueryGate>
  );
}
