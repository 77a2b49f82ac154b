import { Autocomplete, Switch } from '@mantine/core';
import type { PilotOutcome } from '#shared/domain/pilot.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { newOutcome } from './draft.ts';
import { ChoiceField, NumberField } from './fields.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

type Props = { readonly outcome: PilotOutcome; readonly onChange: (part: Partial<PilotOutcome>) => void };
type Measure = PilotOutcome['measure'];
type Days = PilotOutcome['followUp'];

const absence: Measure = { of: 'absence', count: 'days', reason: 'all' };

/** One outcome: what is measured, which way is better, and on which days. */
export function OutcomeFields({ outcome, onChange }: Props) {
  const { measure, better, baseline, followUp } = outcome;
  return (
    <>
      <div className={classes.line}>
        <ChoiceField
          label={text.of}
          choices={text.measures}
          value={measure.of}
          onChange={(of) => {
            if (of !== measure.of) onChange({ measure: of === 'absence' ? absence : newOutcome.measure });
          }}
          widthPx={210}
        />
        <MeasureFields measure={measure} onChange={(changed) => onChange({ measure: changed })} />
        <ChoiceField
          label={text.better}
          choices={text.betterWays}
          value={better}
          onChange={(way) => onChange({ better: way })}
          widthPx={110}
        />
      </div>
      <div className={classes.line}>
        <DayFields of={text.followUp} days={followUp} onChange={(days) => onChange({ followUp: days })} />
        <Switch
          mb={8}
          label={text.hasBaseline}
          checked={baseline !== null}
          onChange={(event) => onChange({ baseline: event.currentTarget.checked ? newOutcome.followUp : null })}
        />
        {baseline === null ? null : (
          <DayFields of={text.baseline} days={baseline} onChange={(days) => onChange({ baseline: days })} />
        )}
      </div>
    </>
  );
}

type MeasureProps = { readonly measure: Measure; readonly onChange: (measure: Measure) => void };

function MeasureFields({ measure, onChange }: MeasureProps) {
  return measure.of === 'absence' ? (
    <>
      <ChoiceField
        label={text.count}
        choices={text.counts}
        value={measure.count}
        onChange={(count) => onChange({ ...measure, count })}
        widthPx={180}
      />
      <ChoiceField
        label={text.reason}
        choices={text.reasons}
        value={measure.reason}
        onChange={(reason) => onChange({ ...measure, reason })}
        widthPx={160}
      />
    </>
  ) : (
    <ScoreFields measure={measure} onChange={onChange} />
  );
}

type ScoreProps = { readonly measure: Extract<Measure, { of: 'score' }>; readonly onChange: (m: Measure) => void };

/** Instruments that the extracts name are offered; any other may be typed, and is looked up when the plan is saved. */
function ScoreFields({ measure, onChange }: ScoreProps) {
  const instruments = useOperation('instruments.held', {}).data?.instruments ?? [];
  const scales = instruments.find(({ instrument }) => instrument === measure.instrument)?.scales ?? [];
  return (
    <>
      <Autocomplete
        label={text.instrument}
        data={instruments.map(({ instrument }) => instrument)}
        value={measure.instrument}
        onChange={(instrument) => onChange({ ...measure, instrument })}
        maxLength={200}
        w={160}
      />
      <Autocomplete
        label={text.scale}
        placeholder={text.scaleHint}
        data={scales.map(({ scale }) => scale)}
        value={measure.scale ?? ''}
        onChange={(scale) => onChange({ ...measure, scale: scale === '' ? null : scale })}
        maxLength={200}
        w={230}
      />
      <ChoiceField
        label={text.answeredIn}
        choices={text.kinds}
        value={measure.answeredIn}
        onChange={(answeredIn) => onChange({ ...measure, answeredIn })}
        widthPx={160}
      />
    </>
  );
}

type DayProps = { readonly of: string; readonly days: Days; readonly onChange: (days: Days) => void };

function DayFields({ of, days, onChange }: DayProps) {
  return (
    <>
      <NumberField
        label={`${of}: ${text.fromDay.toLowerCase()}`}
        value={days.fromDay}
        onChange={(fromDay) => onChange({ ...days, fromDay })}
        min={-3_660}
        max={3_660}
        widthPx={150}
      />
      <NumberField
        label={`${of}: ${text.toDay.toLowerCase()}`}
        value={days.toDay}
        onChange={(toDay) => onChange({ ...days, toDay })}
        min={-3_660}
        max={3_660}
        widthPx={150}
      />
    </>
  );
}
