import { Button } from '@mantine/core';
import { useState } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { formatInstant } from '../../../ui/format.ts';
import { Facts, Panel } from '../../../ui/surface.tsx';
import { EndDialog } from './end-dialog.tsx';
import { lockText as text } from './text.ts';

type Props = { readonly view: PilotView };

/** How a pilot ended, or how it can: a locked one is finished, one that is not is given up. */
export function EndPanel({ view: { pilot, lock, finish, drop } }: Props) {
  const ended = finish ?? drop;
  const way = lock === null ? 'drop' : 'finish';
  if (!ended) return <OpenEnd pilot={pilot} way={way} />;
  return (
    <Panel title={text.endTitle}>
      <Facts
        facts={[
          { term: text[way].done, value: formatInstant(ended.at) },
          { term: text.endedBy, value: ended.by },
          { term: text.reason, value: ended.reason },
          ...(finish ? [{ term: text.seed, value: <code>{finish.seed}</code> }] : []),
        ]}
      />
    </Panel>
  );
}

type OpenProps = { readonly pilot: string; readonly way: 'finish' | 'drop' };

function OpenEnd({ pilot, way }: OpenProps) {
  const session = useSession();
  const mayEnd = way === 'finish' ? hasRole(session, 'evaluator') : hasRole(session, 'analyst', 'clinician');
  const [ending, setEnding] = useState(false);
  return (
    <Panel title={text.endTitle} note={text[way].note}>
      {mayEnd ? (
        <Button variant="default" onClick={() => setEnding(true)}>
          {text[way].confirm}
        </Button>
      ) : (
        <p style={{ margin: 0 }}>{text[way].others}</p>
      )}
      {ending ? <EndDialog way={way} pilot={pilot} onClose={() => setEnding(false)} /> : null}
    </Panel>
  );
}
