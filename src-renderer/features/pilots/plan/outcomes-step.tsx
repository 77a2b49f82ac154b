import { Button } from '@mantine/core';
import { Stack } from '../../../ui/surface.tsx';
import { gapIn, newOutcome, type PartProps, replacedAt, withoutAt } from './draft.ts';
import { FieldGroup, GapLine } from './fields.tsx';
import { OutcomeFields } from './outcome-fields.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

/** What the pilot is judged by, and what else is looked at, each with its days. */
export function OutcomesStep({ plan: { primary, secondaries }, gaps, onChange }: PartProps) {
  return (
    <Stack>
      <p className={classes.note}>{text.daysNote}</p>
      <GapLine words={gapIn(gaps, 'baseline')} />
      <FieldGroup title={text.primary} note={text.primaryNote} gap={gapIn(gaps, 'primary')}>
        {primary === null ? (
          <div>
            <Button variant="default" size="xs" onClick={() => onChange({ primary: newOutcome })}>
              {text.sayPrimary}
            </Button>
          </div>
        ) : (
          <OutcomeFields outcome={primary} onChange={(part) => onChange({ primary: { ...primary, ...part } })} />
        )}
      </FieldGroup>
      {secondaries.map((outcome, at) => (
        <FieldGroup
          // biome-ignore lint/suspicious/noArrayIndexKey: an outcome has no name, only its place
          key={at}
          title={text.secondary(at + 1)}
          gap={gapIn(gaps, `secondaries.${at}`)}
        >
          <OutcomeFields
            outcome={outcome}
            onChange={(part) => onChange({ secondaries: replacedAt(secondaries, at, part) })}
          />
          <div>
            <Button
              variant="subtle"
              size="xs"
              aria-label={`${text.remove} ${text.secondary(at + 1).toLowerCase()}`}
              onClick={() => onChange({ secondaries: withoutAt(secondaries, at) })}
            >
              {text.remove}
            </Button>
          </div>
        </FieldGroup>
      ))}
      <GapLine words={gapIn(gaps, 'secondaries')} />
      <div>
        <Button variant="default" size="xs" onClick={() => onChange({ secondaries: [...secondaries, newOutcome] })}>
          {text.addSecondary}
        </Button>
      </div>
    </Stack>
  );
}
