import type { PilotView } from '#shared/contract/pilots.ts';
import { useAnalysis, useOperation } from '../../../bridge/hooks.ts';
import { hasRole, useSession } from '../../../bridge/session.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { NothingHeld } from '../../../ui/nothing-held.tsx';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Stack } from '../../../ui/surface.tsx';
import { todayIso } from '../../../ui/today.ts';
import { defaultChoices, timetableSpec } from './choices.ts';
import { ChoicesPanel } from './choices-panel.tsx';
import { ProposedTimetable } from './proposed-timetable.tsx';
import { timetableText as text } from './text.ts';
import { useTimetableWork } from './timetable-memory.ts';

type Props = { readonly view: PilotView };

/** Sessions inside the shifts of the weeks to come: proposed, changed by hand, checked, and written as a plan. */
export function TimetableTab({ view }: Props) {
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={overview}>
      {({ freshness }) => {
        const duties = freshness.find(({ kind, rows }) => kind === 'duties' && rows > 0);
        return duties === undefined ? (
          <NothingHeld icon="absence" title={text.emptyTitle} text={text.empty} />
        ) : (
          <Timetable view={view} lastDuty={duties.to ?? todayIso()} />
        );
      }}
    </QueryGate>
  );
}

function Timetable({ view, lastDuty }: Props & { readonly lastDuty: string }) {
  const { plan } = view;
  const { work, change } = useTimetableWork(view.pilot);
  const session = useSession();
  const seesPeople = hasRole(session, 'analyst') || hasRole(session, 'evaluator');
  const choices = work.choices ?? defaultChoices(plan, todayIso(), lastDuty);
  return (
    <Stack>
      <ChoicesPanel
        choices={choices}
        onChange={(next) => change({ choices: next })}
        onPropose={() => change({ asked: timetableSpec(choices, plan, seesPeople), edited: null, checked: null })}
      />
      {work.asked === null ? null : <Asked pilot={view.pilot} spec={work.checked ?? work.asked} />}
    </Stack>
  );
}

function Asked({ pilot, spec }: { readonly pilot: string; readonly spec: Readonly<Record<string, unknown>> }) {
  const analysis = useAnalysis('pilot-timetable', spec);
  return (
    <AnalysisGate analysis={analysis} label={'check' in spec ? text.checking : text.running}>
      {(result) => <ProposedTimetable pilot={pilot} result={result} />}
    </AnalysisGate>
  );
}
