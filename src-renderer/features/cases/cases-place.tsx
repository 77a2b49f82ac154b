import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import type { Worklist } from '#shared/contract/cases.ts';
import { notACrisisService } from '#shared/domain/cases.ts';
import { useLongQuery } from '../../bridge/hooks.ts';
import { JobProgress } from '../../ui/job-progress.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Notice, Page } from '../../ui/surface.tsx';
import { OpenCaseDialog } from './open-case-dialog.tsx';
import { SafetyPanels } from './safety-panels.tsx';
import { text } from './text.ts';
import { useRefreshCases } from './use-cases.ts';
import { WorkTable } from './work-table.tsx';

/** Often enough that an answer's hours are told truly; asking does not count as somebody being there. */
const askEveryMs = 5 * 60_000;

export function CasesPlace() {
  const { query, running, cancel } = useLongQuery('cases.worklist', {});
  const [adding, setAdding] = useState(false);
  const refresh = useRefreshCases();
  const navigate = useNavigate();
  useEffect(() => {
    const timer = setInterval(refresh, askEveryMs);
    return () => clearInterval(timer);
  }, [refresh]);
  const goTo = (id: number) => void navigate({ to: '/cases/$caseId', params: { caseId: String(id) } });
  return (
    <Page
      title={text.title}
      lead={text.lead}
      actions={
        <Button variant="default" onClick={() => setAdding(true)}>
          {text.newCase}
        </Button>
      }
    >
      <Notice tone="warn" title={text.crisisTitle}>
        <p>{notACrisisService}</p>
      </Notice>
      {running && query.data === undefined ? (
        <JobProgress label={text.working} {...running} onCancel={cancel} />
      ) : (
        <QueryGate query={query}>{(list) => <Lists list={list} goTo={goTo} />}</QueryGate>
      )}
      {adding ? <OpenCaseDialog onClose={() => setAdding(false)} onOpened={goTo} /> : null}
    </Page>
  );
}

function Lists({ list, goTo }: { readonly list: Worklist; readonly goTo: (id: number) => void }) {
  return (
    <>
      <SafetyPanels list={list} goTo={goTo} />
      <WorkTable list={list} goTo={goTo} />
    </>
  );
}
