import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { ImportCounts } from '../import-counts.tsx';
import type { Look } from './mapping-model.ts';
import { ProblemCard } from './problem-card.tsx';
import { noteGroups, type ProblemGroup, rejectGroups, wholeWarnings } from './problem-model.ts';
import classes from './problems.module.css';
import { SaveCheckList } from './save-check-list.tsx';
import { StepFoot } from './step-foot.tsx';
import { goTo, startCheck, startLoad, stopCheck } from './wizard-actions.ts';
import type { WizardState } from './wizard-state.ts';
import { wizard } from './words.ts';

/** The dry run: every row read and judged, nothing written; and what is to be done about what it found. */
export function CheckStep({ state }: { readonly state: WizardState }) {
  const { check, look, mapping, checkedMapping } = state;
  const running = check.status === 'running';
  const result = check.status === 'done' ? check.value : null;
  const stale = result !== null && mapping !== checkedMapping;
  return (
    <Stack>
      {running ? (
        <Panel title={wizard.checking}>
          <JobProgress {...check} label={wizard.checking} onCancel={stopCheck} />
        </Panel>
      ) : null}
      {check.status === 'failed' ? <ErrorPanel error={check.error} /> : null}
      {check.status === 'cancelled' ? (
        <Notice announce>
          <p>{wizard.stopped}</p>
        </Notice>
      ) : null}
      {result && look ? (
        <>
          <h2 className={classes.checkTitle}>{wizard.checkTitle}</h2>
          <ImportCounts rows={result.rows} />
          {result.rows.rejected === 0 ? (
            <Notice tone="good" title={wizard.cleanTitle}>
              <p>{wizard.cleanText}</p>
            </Notice>
          ) : null}
          {result.rows.accepted === 0 ? (
            <Notice tone="warn">
              <p>{wizard.nothingToLoad}</p>
            </Notice>
          ) : null}
          <Problems state={state} look={look} groups={rejectGroups(result)} title={wizard.problemsTitle} />
          <Problems state={state} look={look} groups={noteGroups(result)} title={wizard.notesTitle} />
          <Passed messages={wholeWarnings(result)} />
        </>
      ) : null}
      <StepFoot
        onBack={() => goTo('map')}
        backDisabled={running}
        onNext={result && !stale ? startLoad : running ? undefined : startCheck}
        nextLabel={result && !stale ? wizard.loadRows(result.rows.accepted) : wizard.checkAgain}
        nextDisabled={result !== null && !stale && result.rows.accepted === 0}
      >
        {stale ? (
          <span role="status">
            {wizard.staleTitle}. {wizard.staleText}
          </span>
        ) : null}
      </StepFoot>
    </Stack>
  );
}

type ProblemsProps = {
  readonly state: WizardState;
  readonly look: Look;
  readonly groups: readonly ProblemGroup[];
  readonly title: string;
};

const openedAtFirst = 1;

function Problems({ state, look, groups, title }: ProblemsProps) {
  const { mapping, checkedMapping, decisions } = state;
  if (groups.length === 0 || !mapping || !checkedMapping) return null;
  const rejects = groups.some((group) => group.rejects);
  return (
    <Panel
      title={title}
      note={rejects ? wizard.problemsNote : undefined}
      actions={rejects ? <SaveCheckList file={look.file} mapping={checkedMapping} /> : null}
    >
      <div className={classes.problems}>
        {groups.map((group, index) => (
          <ProblemCard
            key={`${group.column} ${group.code}`}
            look={look}
            mapping={mapping}
            checked={checkedMapping}
            group={group}
            decision={decisions.find((one) => one.column === group.column && one.code === group.code) ?? null}
            opened={rejects && index < openedAtFirst}
          />
        ))}
      </div>
    </Panel>
  );
}

function Passed({ messages }: { readonly messages: readonly string[] }) {
  if (messages.length === 0) return null;
  return (
    <Notice>
      {messages.map((message) => (
        <p key={message}>{message}</p>
      ))}
    </Notice>
  );
}
