import { useMemo } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { ActivityView } from '#shared/contract/engagement.ts';
import type { EngagementResult } from '#shared/domain/engagement-result.ts';
import { useAnalysis } from '../../../bridge/hooks.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { formatCount, formatShare } from '../../../ui/format.ts';
import { Lines, ReadingPanel } from '../../../ui/reading.tsx';
import { KeyFigures, Notice, Stack } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { text as planText } from '../text.ts';
import { ItemsPanel } from './items-panel.tsx';
import { ReachPanel } from './reach-panel.tsx';
import { SaidPanel } from './said-panel.tsx';
import { engagementText as text } from './text.ts';
import { ThemesPanel } from './themes-panel.tsx';

type Props = { readonly activity: ActivityView };

/** One activity: who was reached, what was said, what was decided. */
export function ActivityPanels({ activity }: Props) {
  const analysis = useAnalysis('engagement', { activity: activity.activity });
  return (
    <Stack>
      {activity.warnings.length > 0 ? (
        <Notice tone="warn" title={planText.lookAgain}>
          <Lines lines={activity.warnings} />
        </Notice>
      ) : null}
      <AnalysisGate analysis={analysis} label={text.running}>
        {(result) => <Found activity={activity} result={result} />}
      </AnalysisGate>
      <SaidPanel activity={activity} />
    </Stack>
  );
}

function Found({ activity, result }: Props & { readonly result: AnalysisResult }) {
  const found = useMemo(() => result.result as unknown as EngagementResult, [result]);
  const { response, minimum, reach, items, themes } = found;
  const few = text.few(minimum);
  return (
    <Stack>
      <KeyFigures
        figures={[
          { label: text.invited, value: response.invited === null ? few : formatCount(response.invited) },
          { label: text.responded, value: response.responded === null ? few : formatCount(response.responded) },
          {
            label: text.response,
            value: response.rate === null ? few : formatShare(response.rate.share),
            ...(response.rate === null
              ? {}
              : { note: text.responseNote(formatShare(response.rate.low), formatShare(response.rate.high)) }),
          },
        ]}
      />
      <ReachPanel reach={reach} minimum={minimum} worked={<WorkedOut result={result} />} />
      {items.length === 0 ? null : <ItemsPanel items={items} minimum={minimum} />}
      {themes.length === 0 ? null : <ThemesPanel themes={themes} activity={activity} minimum={minimum} />}
      <ReadingPanel result={result} />
    </Stack>
  );
}
