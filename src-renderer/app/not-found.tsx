import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { EmptyState, Page, Panel } from '../ui/surface.tsx';

export function NotFound() {
  const navigate = useNavigate();
  return (
    <Page title="Not here">
      <Panel>
        <EmptyState
          icon="search"
          title="There is no such place"
          text="The rail on the left has every place that your roles use."
          action={<Button onClick={() => void navigate({ to: '/' })}>Go to the first place</Button>}
        />
      </Panel>
    </Page>
  );
}
