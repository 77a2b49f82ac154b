import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { useOperation } from '../../bridge/hooks.ts';
import { DataSections } from '../../ui/data-sections.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Page } from '../../ui/surface.tsx';
import { SavedMappings } from './saved-mappings.tsx';
import { text } from './text.ts';
import { WatchForm } from './watch-form.tsx';
import { WatchedFiles } from './watched-files.tsx';

/** Often enough to see a file being checked; asking does not count as somebody being there. */
const askEveryMs = 2_000;

export function WatchPlace() {
  const watch = useOperation('watch.state', {});
  const client = useQueryClient();
  const refresh = useCallback(() => void client.invalidateQueries({ queryKey: ['watch.state'] }), [client]);
  useEffect(() => {
    const timer = setInterval(refresh, askEveryMs);
    return () => clearInterval(timer);
  }, [refresh]);
  return (
    <Page title={text.title} lead={text.lead}>
      <DataSections />
      <QueryGate query={watch}>
        {(state) => (
          <>
            <WatchForm key={state.settings?.folder ?? ''} watch={state} onChanged={refresh} />
            {state.settings === null ? null : <WatchedFiles watch={state} onChanged={refresh} />}
          </>
        )}
      </QueryGate>
      <SavedMappings />
    </Page>
  );
}
