import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useMemory } from '../../bridge/memory.ts';
import { Page } from '../../ui/surface.tsx';
import { CheckStep } from './check-step.tsx';
import { ChooseStep } from './choose-step.tsx';
import { DoneStep } from './done-step.tsx';
import { LoadStep } from './load-step.tsx';
import { LookStep } from './look-step.tsx';
import { MapStep } from './map-step.tsx';
import { wizard } from './text.ts';
import classes from './wizard.module.css';
import { startOver, type WizardStep, wizardMemory, wizardSteps } from './wizard-state.ts';

/** Choose, look, map, check, load; leaving it and coming back changes nothing. */
export function ImportWizard() {
  const state = useMemory(wizardMemory);
  const { step } = state;
  const top = useRef<HTMLElement>(null);
  const first = useRef(true);
  useEffect(() => {
    if (!first.current) top.current?.focus();
    first.current = false;
    // The step is what moves the focus.
    void step;
  }, [step]);
  return (
    <Page
      title={wizard.title}
      lead={wizard.lead}
      actions={
        <>
          {step === 'choose' ? null : (
            <Button variant="subtle" onClick={startOver}>
              {wizard.startOver}
            </Button>
          )}
          <Button variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
            {wizard.close}
          </Button>
        </>
      }
    >
      <StepList current={step} />
      <section ref={top} tabIndex={-1} style={{ outline: 'none' }} aria-label={wizard.steps[step]}>
        {step === 'choose' ? <ChooseStep state={state} /> : null}
        {step === 'look' && state.look ? <LookStep look={state.look} /> : null}
        {step === 'map' && state.look ? <MapStep look={state.look} mapping={state.mapping} /> : null}
        {step === 'check' ? <CheckStep state={state} /> : null}
        {step === 'load' ? <LoadStep state={state} /> : null}
        {step === 'done' ? <DoneStep state={state} /> : null}
      </section>
    </Page>
  );
}

function StepList({ current }: { readonly current: WizardStep }) {
  const at = wizardSteps.indexOf(current);
  return (
    <ol className={classes.steps} aria-label="Steps">
      {wizardSteps.map((step, index) => (
        <li
          key={step}
          className={`${classes.step} ${index < at ? classes.past : ''}`}
          aria-current={step === current ? 'step' : undefined}
        >
          <span className={classes.stepNumber} aria-hidden="true">
            {index + 1}
          </span>
          {wizard.steps[step]}
        </li>
      ))}
    </ol>
  );
}
