import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ComponentProps } from 'react';
import { hasRole, useSession } from '../bridge/session.ts';
import { EmptyState, Panel } from './surface.tsx';

type NothingHeldProps = Pick<ComponentProps<typeof EmptyState>, 'icon' | 'title' | 'text'>;

/** In a place whose extracts are not held yet: what they are, and the way to the wizard for those who may import. */
export function NothingHeld(what: NothingHeldProps) {
  const canImport = hasRole(useSession(), 'analyst');
  return (
    <Panel>
      <EmptyState
        {...what}
        action={
          canImport ? (
            <Button renderRoot={(props) => <Link to="/data/import" {...props} />}>Import a file</Button>
          ) : undefined
        }
      />
    </Panel>
  );
}
