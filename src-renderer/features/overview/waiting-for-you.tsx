import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OutputOf } from '#shared/contract/index.ts';
import type { OverviewTask } from '#shared/contract/work.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { formatCount, plural } from '../../ui/format.ts';
import { KeyFigures, Notice, Panel, Stack } from '../../ui/surface.tsx';
import classes from './overview.module.css';
import { taskWords } from './task-words.ts';
import { text } from './text.ts';

/** What waits for the user by their roles; a clinician's worklist in numbers first. */
export function WaitingForYou() {
  const isClinician = hasRole(useSession(), 'clinician');
  const cases = useOperation('cases.waiting', {}, { fresh: true, enabled: isClinician });
  const { data } = useOperation('work.tasks', {}, { fresh: true });
  if (!data || (isClinician && !cases.data)) return null;
  return (
    <Panel
      title={text.waiting}
      {...(isClinician ? { note: text.waitingNote } : {})}
      actions={
        isClinician ? (
          <Button variant="default" size="xs" renderRoot={(props) => <Link to="/cases" {...props} />}>
            {text.openWorklist}
          </Button>
        ) : null
      }
    >
      <Stack>
        {cases.data ? <Worklist waiting={cases.data} /> : null}
        {data.tasks.length > 0 ? (
          <Tasks tasks={data.tasks} />
        ) : (
          <p className={classes.nothing}>{isClinician ? text.nothingElse : text.nothingWaiting}</p>
        )}
      </Stack>
    </Panel>
  );
}

function Worklist({ waiting }: { readonly waiting: OutputOf<'cases.waiting'> }) {
  return (
    <>
      {waiting.safetyOverdue > 0 ? (
        <Notice tone="bad">
          <p>{`${plural(waiting.safetyOverdue, 'safety answer is', 'safety answers are')} overdue: a deputy should look now.`}</p>
        </Notice>
      ) : null}
      <KeyFigures
        figures={[
          { label: 'Safety answers', value: formatCount(waiting.safety), note: 'not acknowledged' },
          { label: 'Signals', value: formatCount(waiting.signals), note: 'people without an open case' },
          { label: 'Reviews due', value: formatCount(waiting.reviewsDue), note: 'today or before' },
          { label: 'Open cases', value: formatCount(waiting.openCases) },
        ]}
      />
    </>
  );
}

function Tasks({ tasks }: { readonly tasks: readonly OverviewTask[] }) {
  return (
    <ul className={classes.tasks}>
      {tasks.map((task) => {
        const { sentence, place, link } = taskWords(task);
        return (
          <li key={task.task}>
            <span>{sentence}</span>
            <Anchor size="sm" c="inherit" underline="always" renderRoot={(props) => <Link to={place} {...props} />}>
              {link}
            </Anchor>
          </li>
        );
      })}
    </ul>
  );
}
