import { TagsInput, TextInput } from '@mantine/core';
import { Stack } from '../../../ui/surface.tsx';
import { gapIn, type PartProps, replacedAt, withoutAt } from './draft.ts';
import { ChoiceField, FieldGroup, NumbersField, WordsField } from './fields.tsx';
import { ItemList } from './item-list.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

const estimandParts = ['population', 'treatments', 'summary'] as const;

/** What the answer is about, and how it is worked out. */
export function AnalysisStep(props: PartProps) {
  const { plan, gaps, onChange } = props;
  const { estimand } = plan;
  return (
    <Stack>
      <FieldGroup title={text.estimand} note={text.estimandNote}>
        {estimandParts.map((part) => (
          <WordsField
            key={part}
            label={text[part]}
            {...(part === 'summary' ? { hint: text.summaryHint } : {})}
            gap={gapIn(gaps, `estimand.${part}`)}
            value={estimand[part]}
            onChange={(words) => onChange({ estimand: { ...estimand, [part]: words } })}
          />
        ))}
      </FieldGroup>
      <EventFields {...props} />
      <ModelFields {...props} />
    </Stack>
  );
}

function EventFields({ plan: { estimand }, gaps, onChange }: PartProps) {
  const events = estimand.intercurrentEvents;
  const change = (intercurrentEvents: typeof events) => onChange({ estimand: { ...estimand, intercurrentEvents } });
  return (
    <FieldGroup title={text.events} note={text.eventsNote} gap={gapIn(gaps, 'estimand.intercurrentEvents')}>
      <ItemList
        items={events}
        nameOf={({ event }, at) => (event === '' ? `${text.event} ${at + 1}` : event)}
        add={text.addEvent}
        onAdd={() => change([...events, { event: '', handling: 'treatment-policy' }])}
        onRemove={(at) => change(withoutAt(events, at))}
      >
        {({ event, handling }, at) => (
          <>
            <TextInput
              className={classes.wide ?? ''}
              label={text.event}
              value={event}
              onChange={(typed) => change(replacedAt(events, at, { event: typed.currentTarget.value }))}
              maxLength={200}
              autoComplete="off"
            />
            <ChoiceField
              label={text.handling}
              choices={text.handlings}
              value={handling}
              onChange={(chosen) => change(replacedAt(events, at, { handling: chosen }))}
              widthPx={300}
            />
          </>
        )}
      </ItemList>
    </FieldGroup>
  );
}

function ModelFields({ plan: { analysis }, gaps, onChange }: PartProps) {
  const change = (part: Partial<typeof analysis>) => onChange({ analysis: { ...analysis, ...part } });
  return (
    <FieldGroup title={text.analysis}>
      <ChoiceField
        label={text.smallSample}
        choices={text.corrections}
        value={analysis.smallSample}
        onChange={(smallSample) => change({ smallSample })}
        placeholder={text.chooseCorrection}
        gap={gapIn(gaps, 'analysis.smallSample')}
        widthPx={300}
      />
      <NumbersField
        label={text.deltas}
        hint={text.deltasHint}
        gap={gapIn(gaps, 'analysis.tippingPointDeltas')}
        values={analysis.tippingPointDeltas}
        onChange={(tippingPointDeltas) => change({ tippingPointDeltas })}
      />
      <div className={classes.pair}>
        {(['covariates', 'subgroups'] as const).map((part) => (
          <TagsInput
            key={part}
            label={text[part]}
            description={text.listHint}
            inputWrapperOrder={['label', 'input', 'description']}
            value={[...analysis[part]]}
            onChange={(values) => change({ [part]: values })}
            maxLength={200}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
