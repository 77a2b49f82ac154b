import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useOperation } from '../../bridge/hooks.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { KeyFigures, Notice, Panel } from '../../ui/surface.tsx';

/** What waits for a clinician, in numbers; everything else about it is on the worklist. */
export function WaitingForYou() {
  const { data } = useOperation('cases.waiting', {}, { fresh: true });
  if (!data) return null;
  return (
    <Panel
      title="Waiting for you"
      note="Signals that are not on the list yet are looked for when you open it."
      actions={
        <Button variant="default" size="xs" renderRoot={(props) => <Link to="/cases" {...props} />}>
          Open the worklist
        </Button>
      }
    >
      {data.safetyOverdue > 0 ? (
        <Notice tone="bad">
          <p>{`${plural(data.safetyOverdue, 'safety answer is', 'safety answers are')} overdue: a deputy should look now.`}</p>
        </Notice>
      ) : null}
      <KeyFigures
        figures={[
          { label: 'Safety answers', value: formatCount(data.safety), note: 'not acknowledged' },
          { label: 'Signals', value: formatCount(data.signals), note: 'people without an open case' },
          { label: 'Reviews due', value: formatCount(data.reviewsDue), note: 'today or before' },
          { label: 'Open cases', value: formatCount(data.openCases) },
        ]}
      />
    </Panel>
  );
}
