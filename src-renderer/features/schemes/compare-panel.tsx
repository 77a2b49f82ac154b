import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { SchemeSummary } from '#shared/contract/schemes.ts';
import { useJob, useOperation } from '../../bridge/hooks.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { JobProgress } from '../../ui/job-progress.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Panel, Stack } from '../../ui/surface.tsx';
import { ComparisonResult } from './comparison-result.tsx';
import classes from './schemes.module.css';
import { stateWords, text } from './text.ts';

type Props = { readonly schemes: readonly SchemeSummary[]; readonly chosen: string };

/** Two schemes side by side on the vault’s data. */
export function ComparePanel({ schemes, chosen }: Props) {
  const overview = useOperation('overview.get', {});
  return (
    <Panel title={text.compare} note={text.compareNote}>
      <QueryGate query={overview} heightPx={40}>
        {({ latestDay, exposures, people }) =>
          latestDay === null || exposures === 0 || people === 0 ? (
            <p className={classes.note}>{text.noData}</p>
          ) : (
            <Compare schemes={schemes} chosen={chosen} latestDay={latestDay} />
          )
        }
      </QueryGate>
    </Panel>
  );
}

function Compare({ schemes, chosen, latestDay }: Props & { readonly latestDay: string }) {
  const seesPeople = hasRole(useSession(), 'analyst', 'clinician');
  const job = useJob('schemes.compare');
  const [first, setFirst] = useState('count-v1');
  const [picked, setPicked] = useState<string | null>(null);
  const [asOf, setAsOf] = useState(latestDay);
  const second = picked ?? (chosen === 'count-v1' ? 'tiered-v1' : chosen);
  const options = schemes.map(({ scheme, state }) => ({
    value: scheme,
    label: state === 'approved' ? scheme : `${scheme} (${stateWords[state].toLowerCase()})`,
  }));
  const { state } = job;
  return (
    <Stack>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void job.start({ first, second, asOf, rows: seesPeople });
        }}
      >
        <Group align="flex-start" gap="sm">
          <Select
            label={text.compareFirst}
            w={240}
            data={options}
            value={first}
            onChange={(value) => value && setFirst(value)}
          />
          <Select
            label={text.compareSecond}
            w={240}
            data={options}
            value={second}
            onChange={(value) => value && setPicked(value)}
            error={first === second ? text.same : null}
          />
          <DateField label={text.compareAsOf} value={asOf} onChange={setAsOf} />
          <Button type="submit" mt={21} disabled={first === second || state.status === 'running'}>
            {text.compareRun}
          </Button>
        </Group>
      </form>
      {state.status === 'running' ? <JobProgress {...state} label={text.comparing} onCancel={job.cancel} /> : null}
      {state.status === 'failed' ? <ErrorPanel error={state.error} /> : null}
      {state.status === 'done' ? <ComparisonResult result={state.value} /> : null}
    </Stack>
  );
}
