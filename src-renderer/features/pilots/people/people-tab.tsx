import { useMemo, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PilotPerson } from '#shared/contract/pilot-people.ts';
import type { PilotView } from '#shared/contract/pilots.ts';
import { isRandomised } from '#shared/domain/pilot.ts';
import type { EnrolmentGroup } from '#shared/domain/pilot-enrolment.ts';
import { useAnalysis, useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { DataTable } from '../../../ui/data-table.tsx';
import { NothingHeld } from '../../../ui/nothing-held.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { BearInMind, InWords } from '../../../ui/reading.tsx';
import { KeyFigures, Panel, Stack } from '../../../ui/surface.tsx';
import { todayIso } from '../../../ui/today.ts';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { groupColumns, personColumns, reasonColumns } from './people-columns.tsx';
import { enrolmentFigures, readEnrolment } from './people-model.ts';
import { StatementDialog } from './statement-dialog.tsx';
import { peopleText as text } from './text.ts';

type Props = { readonly view: PilotView };

/** Who may take part, who consented and who withdrew: counts for all who read, everybody by pseudonym for those who record it. */
export function PeopleTab({ view }: Props) {
  const { pilot, plan } = view;
  const session = useSession();
  const mayRecord = hasRole(session, 'analyst') || hasRole(session, 'evaluator');
  const drawn = plan.design === null || isRandomised(plan.design);
  const analysis = useAnalysis('pilot-enrolment', { asOf: todayIso(), pilot, drawn });
  return (
    <AnalysisGate analysis={analysis} label={text.running}>
      {(result) =>
        readEnrolment(result).all.people === 0 ? (
          <NothingHeld icon="pilots" title={text.emptyTitle} text={text.empty} />
        ) : (
          <Stack>
            <Enrolment result={result} />
            {mayRecord ? <PeopleList pilot={pilot} /> : null}
          </Stack>
        )
      }
    </AnalysisGate>
  );
}

function Enrolment({ result }: { readonly result: AnalysisResult }) {
  const enrolment = useMemo(() => readEnrolment(result), [result]);
  const { minimum, strata, clusters, reasons } = enrolment;
  return (
    <>
      <BearInMind warnings={result.warnings} />
      <Panel title={text.title} note={text.note} actions={<WorkedOut result={result} />}>
        <KeyFigures figures={enrolmentFigures(enrolment)} />
      </Panel>
      <Groups title={text.cluster} id="clusters" groups={clusters} minimum={minimum} />
      <Groups title={text.stratum} id="strata" groups={strata} minimum={minimum} />
      {reasons.length === 0 ? null : (
        <Panel title={text.reasons}>
          <DataTable
            id="pilot-not-enrolled"
            label={text.reasons}
            columns={reasonColumns}
            rows={reasons}
            rowId={({ reason }) => reason}
            showToolbar={false}
            maxHeightPx={280}
          />
        </Panel>
      )}
      <InWords lines={result.reading} />
    </>
  );
}

type GroupsProps = {
  readonly title: string;
  readonly id: string;
  readonly groups: readonly EnrolmentGroup[];
  readonly minimum: number;
};

/** Nothing where nobody has such a group. */
function Groups({ title, id, groups, minimum }: GroupsProps) {
  const columns = useMemo(() => groupColumns(title, groups), [title, groups]);
  if (groups.every(({ group }) => group === '')) return null;
  return (
    <Panel title={text.by(title)} note={text.cellNote(minimum)}>
      <DataTable
        id={`pilot-enrolment-${id}`}
        label={text.by(title)}
        columns={columns}
        rows={groups}
        rowId={({ group }) => group}
        showToolbar={false}
        maxHeightPx={320}
      />
    </Panel>
  );
}

function PeopleList({ pilot }: { readonly pilot: string }) {
  const people = useOperation('pilots.people', { pilot });
  const [chosen, setChosen] = useState<PilotPerson | null>(null);
  return (
    <Panel title={text.list} note={text.listNote}>
      <QueryGate query={people}>
        {(answer) => (
          <DataTable
            id="pilot-people"
            label={text.list}
            columns={personColumns}
            rows={answer.people}
            rowId={({ person }) => person}
            onOpen={setChosen}
            maxHeightPx={460}
            nothing={text.nobody}
          />
        )}
      </QueryGate>
      {chosen === null ? null : <StatementDialog pilot={pilot} one={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  );
}
