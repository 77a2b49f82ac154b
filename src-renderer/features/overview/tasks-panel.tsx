import { Anchor, List } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { Panel } from '../../ui/surface.tsx';
import { text } from './text.ts';

type Task = OutputOf<'overview.tasks'>['tasks'][number];

/** Where each is done. */
const places = {
  approvals: '/rights',
  schemes: '/data/schemes',
  models: '/early-warning',
  targets: '/indicators',
  retention: '/rights',
  backup: '/administration',
  import: '/data/import',
} as const satisfies Record<Task['task'], string>;

/** What waits for the user beside a clinician's worklist, each with the way to its place. */
export function TasksPanel() {
  const { data } = useOperation('overview.tasks', {}, { fresh: true });
  if (!data) return null;
  if (data.tasks.length === 0) return <Panel title={text.tasks}>{text.tasksNone}</Panel>;
  return (
    <Panel title={text.tasks}>
      <List spacing="xs" size="sm">
        {data.tasks.map(({ task, count }) => (
          <List.Item key={task}>
            <Anchor
              size="sm"
              c="inherit"
              underline="always"
              renderRoot={(props) => <Link to={places[task]} {...props} />}
            >
              {text.taskWords[task](count)}
            </Anchor>
          </List.Item>
        ))}
      </List>
    </Panel>
  );
}
