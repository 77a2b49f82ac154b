import { Anchor, Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ActivityView } from '#shared/contract/engagement.ts';
import { errorOf } from '../../../bridge/client.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Panel } from '../../../ui/surface.tsx';
import { usePlanCommand } from '../use-plan-command.ts';
import { ActivityDialog } from './activity-dialog.tsx';
import classes from './said.module.css';
import { engagementText as text } from './text.ts';

/** What was said, what was done about it, and the action that it led to. */
export function SaidPanel({ activity }: { readonly activity: ActivityView }) {
  const [changing, setChanging] = useState(false);
  const navigate = useNavigate();
  const start = usePlanCommand('plan.startAction');
  const begin = async (decision: string, title: string) => {
    const begun = await start.run({ title: title.slice(0, 200), decision: { activity: activity.activity, decision } });
    if (begun) void navigate({ to: '/plan/$action', params: { action: begun.action } });
  };
  return (
    <Panel
      title={text.saidDid}
      actions={
        <Button size="xs" variant="default" onClick={() => setChanging(true)}>
          {text.change}
        </Button>
      }
    >
      {activity.decisions.length === 0 ? text.saidDidNone : null}
      <ul className={classes.list}>
        {activity.decisions.map(({ decision, said, did }) => {
          const own = activity.actions.filter((action) => action.decision === decision);
          return (
            <li key={decision}>
              <p>
                <strong>{text.said}</strong> {said}
              </p>
              <p>
                <strong>{text.did}</strong> {did === '' ? text.notYet : did}
              </p>
              {own.map(({ action, status }) => (
                <Anchor
                  key={action}
                  c="inherit"
                  size="sm"
                  underline="always"
                  renderRoot={(props) => <Link to="/plan/$action" params={{ action }} {...props} />}
                >
                  {text.actionOf(action, status)}
                </Anchor>
              ))}
              {own.length === 0 ? (
                <Button size="compact-xs" variant="subtle" onClick={() => void begin(decision, did || said)}>
                  {text.startAction}
                </Button>
              ) : null}
            </li>
          );
        })}
      </ul>
      {start.isError ? <ErrorPanel error={errorOf(start.error)} /> : null}
      {changing ? <ActivityDialog activity={activity} taken={[]} onClose={() => setChanging(false)} /> : null}
    </Panel>
  );
}
