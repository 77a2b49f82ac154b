import { Button, Group, Stepper } from '@mantine/core';
import type { ComponentType, ReactNode } from 'react';
import type { PilotView } from '#shared/contract/pilots.ts';
import type { PilotPlan } from '#shared/domain/pilot.ts';
import { errorOf } from '../../../bridge/client.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { ErrorPanel } from '../../../ui/error-panel.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { Panel, Stack } from '../../../ui/surface.tsx';
import { usePilotCommand } from '../use-pilot-command.ts';
import { AnalysisStep } from './analysis-step.tsx';
import { DesignStep } from './design-step.tsx';
import { draftMemory, draftProblems, forgetDraft, gapsOf, isSamePlan, keepDraft, type PartProps } from './draft.ts';
import { IdeaStep } from './idea-step.tsx';
import { OutcomesStep } from './outcomes-step.tsx';
import { Overtaken } from './overtaken.tsx';
import classes from './plan.module.css';
import { SizeStep } from './size-step.tsx';
import { Standing } from './standing.tsx';
import { gapsOfStep, type PlanStep, planSteps } from './steps.ts';
import { planText as text } from './text.ts';

const contents: Readonly<Record<PlanStep, ComponentType<PartProps>>> = {
  idea: IdeaStep,
  design: DesignStep,
  outcomes: OutcomesStep,
  analysis: AnalysisStep,
  size: SizeStep,
};

const stepMemory = createMemory(0);

type Props = { readonly view: PilotView; readonly onDiscarded: () => void };

/** A plan in steps: what each of them lacks is said as it is written. */
export function PlanForm({ view, onDiscarded }: Props) {
  const draft = useMemory(draftMemory)[view.pilot];
  const { plan, basedOn } = draft ?? { plan: view.plan, basedOn: view.hash };
  const step = useMemory(stepMemory);
  const save = usePilotCommand('pilots.save');
  const isChanged = !isSamePlan(plan, view.plan);
  const isOvertaken = isChanged && basedOn !== view.hash;
  const gaps = gapsOf(plan, view);
  const problems = draftProblems(plan);
  const submit = async () => {
    if (await save.run({ plan, basedOn })) forgetDraft(view.pilot);
  };
  const discard = () => {
    forgetDraft(view.pilot);
    onDiscarded();
  };
  return (
    <Panel title={text.writeTitle} note={text.writeNote}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (isChanged && !isOvertaken && problems.length === 0) void submit();
        }}
      >
        <Stack>
          {isOvertaken ? (
            <Overtaken view={view} onOver={() => keepDraft({ plan, basedOn: view.hash })} onDiscard={discard} />
          ) : null}
          <Standing gaps={gaps} problems={problems} isChanged={isChanged} />
          <Stepper active={step} onStepClick={(at) => stepMemory.set(at)} size="xs" iconSize={28}>
            {planSteps.map((name, at) => {
              const Content = contents[name];
              const toSettle = gapsOfStep(gaps, name).length;
              // A tick says that nothing is lacking, not that the step was passed.
              const mark = toSettle === 0 ? <Icon name="check" size={15} /> : at + 1;
              return (
                <Stepper.Step
                  key={name}
                  label={text.steps[name]}
                  description={text.toSettle(toSettle)}
                  icon={mark}
                  completedIcon={mark}
                >
                  <Content
                    plan={plan}
                    gaps={gaps}
                    onChange={(change: Partial<PilotPlan>) => keepDraft({ plan: { ...plan, ...change }, basedOn })}
                  />
                </Stepper.Step>
              );
            })}
          </Stepper>
          <FormFeet
            step={step}
            isChanged={isChanged}
            maySave={problems.length === 0 && !isOvertaken}
            isSaving={save.isPending}
          >
            <Button variant="subtle" onClick={discard}>
              {text.discard}
            </Button>
          </FormFeet>
          {save.isError ? <ErrorPanel error={errorOf(save.error)} /> : null}
        </Stack>
      </form>
    </Panel>
  );
}

type FeetProps = {
  readonly step: number;
  readonly isChanged: boolean;
  readonly maySave: boolean;
  readonly isSaving: boolean;
  /** What else can be done with changes. */
  readonly children: ReactNode;
};

function FormFeet({ step, isChanged, maySave, isSaving, children }: FeetProps) {
  return (
    <div className={classes.feet}>
      <Group gap="xs">
        <Button variant="default" disabled={step === 0} onClick={() => stepMemory.set(step - 1)}>
          {text.before}
        </Button>
        <Button variant="default" disabled={step >= planSteps.length - 1} onClick={() => stepMemory.set(step + 1)}>
          {text.next}
        </Button>
      </Group>
      <Group gap="xs">
        {isChanged ? (
          <>
            <span className={classes.note}>{text.unsaved}</span>
            {children}
          </>
        ) : null}
        <Button type="submit" disabled={!isChanged || !maySave} loading={isSaving}>
          {text.save}
        </Button>
      </Group>
    </div>
  );
}
