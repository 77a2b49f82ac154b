import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { EmptyState, Panel } from '../../../ui/surface.tsx';
import { networkText as text } from './text.ts';

/** What to import while no volunteer, request or contact is held. */
export function NoNetwork() {
  const canImport = hasRole(useSession(), 'analyst');
  return (
    <Panel>
      <EmptyState
        icon="support"
        title={text.emptyTitle}
        text={text.emptyText}
        action={
          canImport ? (
            <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>{text.importFile}</Button>
          ) : undefined
        }
      />
    </Panel>
  );
}
