import { Button, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { call } from '../../../bridge/client.ts';
import { useMemory } from '../../../bridge/memory.ts';
import { Page } from '../../../ui/surface.tsx';
import { CheckStep } from './check-step.tsx';
import { ChooseStep } from './choose-step.tsx';
import { DoneStep } from './done-step.tsx';
import { LoadStep } from './load-step.tsx';
import { LookStep } from './look-step.tsx';
import { MapStep } from './map-step.tsx';
import { type StepKeys, StepKeysContext } from './step-keys.tsx';
import classes from './wizard.module.css';
import { putAside, startOver } from './wizard-actions.ts';
import { type WizardStep, wizardMemory, wizardSteps } from './wizard-state.ts';
import { wizard } from './words.ts';

/** Choose, look, map, check, load; leaving it and coming back changes nothing. */
export function ImportWizard() {
  const state = useMemory(wizardMemory);
  const { step } = state;
  const top = useRef<HTMLElement>(null);
  const first = useRef(true);
  const keys = useRef<StepKeys>({ back: undefined, next: undefined });
  useEffect(() => {
    if (!first.current) {
      top.current?.focus({ preventScroll: true });
      document.querySelector('main')?.scrollTo({ top: 0 });
    }
    first.current = false;
    // The step is what moves the focus.
    void step;
  }, [step]);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      // A dialog on top has its own keys.
      if (document.querySelector('[role="dialog"]')) return;
      const { back, next } = keys.current;
      const alone = event.target === top.current && event.key === 'Enter' && !event.altKey && !event.shiftKey;
      const action =
        (event.altKey && event.key === 'ArrowRight') || (event.ctrlKey && event.key === 'Enter') || alone
          ? next
          : event.altKey && event.key === 'ArrowLeft'
            ? back
            : undefined;
      if (event.altKey && (event.key === 'ArrowLeft' || event.key === 'ArrowRight')) event.preventDefault();
      if (action) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  // The file is not held open for a screen that nobody sees.
  useEffect(() => () => void call('imports.leave', {}), []);
  const begun = step !== 'choose' && step !== 'done';
  const running = state.check.status === 'running' || state.load.status === 'running';
  return (
    <Page
      title={wizard.title}
      lead={wizard.lead}
      actions={
        <>
          {begun ? (
            <>
              <Button variant="subtle" onClick={startOver} disabled={state.load.status === 'running'}>
                {wizard.startOver}
              </Button>
              <Button variant="subtle" onClick={putAside} disabled={running}>
                {wizard.putAside}
              </Button>
            </>
          ) : null}
          <Button variant="default" renderRoot={(props) => <Link to="/data" {...props} />}>
            {wizard.close}
          </Button>
        </>
      }
    >
      <StepList current={step} />
      <VisuallyHidden role="status">
        {step === 'done' ? wizard.steps.done : wizard.stepOf(wizardSteps.indexOf(step) + 1, wizard.steps[step])}
      </VisuallyHidden>
      <StepKeysContext.Provider value={keys}>
        <section ref={top} tabIndex={-1} style={{ outline: 'none' }} aria-label={wizard.steps[step]}>
          {step === 'choose' ? <ChooseStep state={state} /> : null}
          {step === 'look' && state.look ? <LookStep state={state} look={state.look} /> : null}
          {step === 'map' && state.look ? <MapStep look={state.look} mapping={state.mapping} /> : null}
          {step === 'check' ? <CheckStep state={state} /> : null}
          {step === 'load' ? <LoadStep state={state} /> : null}
          {step === 'done' ? <DoneStep state={state} /> : null}
        </section>
      </StepKeysContext.Provider>
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
