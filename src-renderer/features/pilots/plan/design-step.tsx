import { Switch } from '@mantine/core';
import { isRandomised, type PilotDesign } from '#shared/domain/pilot.ts';
import { Stack } from '../../../ui/surface.tsx';
import { text as pilotText } from '../text.ts';
import { ArmFields } from './arm-fields.tsx';
import { gapIn, type PartProps } from './draft.ts';
import { ChoiceField, FieldGroup, NumberField, NumbersField } from './fields.tsx';
import classes from './plan.module.css';
import { sizeFor } from './power-model.ts';
import { RolloutFields } from './rollout-fields.tsx';
import { planText as text } from './text.ts';

const designsWithArms: readonly (PilotDesign | null)[] = ['randomised', 'cluster-randomised', 'weighting'];
const designsWithRollout: readonly (PilotDesign | null)[] = [
  'stepped-wedge',
  'difference-in-differences',
  'interrupted-time-series',
];

/** The design, and what it needs; a part that is filled in already is shown whatever the design. */
export function DesignStep(props: PartProps) {
  const { plan, gaps, onChange } = props;
  const { design, arms, rollout, allocation } = plan;
  return (
    <Stack>
      <ChoiceField
        label={text.design}
        choices={pilotText.designs}
        value={design}
        onChange={(chosen) => onChange({ design: chosen, sampleSize: sizeFor(plan.sampleSize, chosen) })}
        placeholder={text.chooseDesign}
        gap={gapIn(gaps, 'design')}
        widthPx={380}
      />
      {designsWithArms.includes(design) || arms.length > 0 ? <ArmFields {...props} /> : null}
      {designsWithRollout.includes(design) || rollout.length > 0 ? <RolloutFields {...props} /> : null}
      {isRandomised(design) || allocation !== null ? <ChanceFields {...props} /> : null}
      <SessionFields {...props} />
    </Stack>
  );
}

function ChanceFields({ plan: { allocation }, gaps, onChange }: PartProps) {
  const byStratum = allocation?.byStratum ?? true;
  return (
    <FieldGroup title={text.chance}>
      <NumbersField
        label={text.blockSizes}
        hint={text.blockSizesHint}
        gap={gapIn(gaps, 'allocation', 'allocation.blockSizes')}
        values={allocation?.blockSizes ?? []}
        onChange={(blockSizes) => onChange({ allocation: blockSizes.length === 0 ? null : { blockSizes, byStratum } })}
      />
      <Switch
        label={text.byStratum}
        checked={byStratum}
        disabled={allocation === null}
        onChange={(event) => {
          if (allocation !== null) onChange({ allocation: { ...allocation, byStratum: event.currentTarget.checked } });
        }}
      />
    </FieldGroup>
  );
}

function SessionFields({ plan: { sessions }, onChange }: PartProps) {
  return (
    <FieldGroup title={text.sessions}>
      <Switch
        label={text.hasSessions}
        checked={sessions !== null}
        onChange={(event) =>
          onChange({
            sessions: event.currentTarget.checked
              ? { planned: Number.NaN, minutes: Number.NaN, withinShift: true }
              : null,
          })
        }
      />
      {sessions === null ? null : (
        <div className={classes.line}>
          <NumberField
            label={text.planned}
            value={sessions.planned}
            onChange={(planned) => onChange({ sessions: { ...sessions, planned } })}
            min={1}
            max={1_000}
            widthPx={210}
          />
          <NumberField
            label={text.minutes}
            value={sessions.minutes}
            onChange={(minutes) => onChange({ sessions: { ...sessions, minutes } })}
            min={1}
            max={1_440}
            isWhole={false}
            widthPx={210}
          />
          <Switch
            mb={8}
            label={text.withinShift}
            checked={sessions.withinShift}
            onChange={(event) => onChange({ sessions: { ...sessions, withinShift: event.currentTarget.checked } })}
          />
        </div>
      )}
    </FieldGroup>
  );
}
