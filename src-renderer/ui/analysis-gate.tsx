import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { errorOf } from '../bridge/client.ts';
import type { LongQuery } from '../bridge/hooks.ts';
import { ErrorPanel } from './error-panel.tsx';
import { JobProgress } from './job-progress.tsx';
import { EmptyState, Panel } from './surface.tsx';

type Props<Data> = {
  readonly analysis: LongQuery<Data>;
  readonly label: string;
  readonly children: (result: Data) => ReactNode;
};

/** An analysis while it runs, when it failed or was stopped, and its result. */
export function AnalysisGate<Data>({ analysis, label, children }: Props<Data>) {
  const { query, running, cancel } = analysis;
  if (query.data !== undefined) return <>{children(query.data)}</>;
  if (running) {
    return (
      <Panel>
        <JobProgress label={label} startedAtMs={running.startedAtMs} progress={running.progress} onCancel={cancel} />
      </Panel>
    );
  }
  if (query.isError) return <ErrorPanel error={errorOf(query.error)} retry={() => void query.refetch()} />;
  if (query.fetchStatus === 'idle') {
    return (
      <Panel>
        <EmptyState
          icon="undo"
          title="Stopped"
          text="Nothing was kept of it."
          action={<Button onClick={() => void query.refetch()}>Run it again</Button>}
        />
      </Panel>
    );
  }
  return <Panel>{label}</Panel>;
}
