import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import { DateField } from '../../../ui/date-field.tsx';
import { Notice, Panel, Stack } from '../../../ui/surface.tsx';
import { ChoiceField, NumberField } from '../plan/fields.tsx';
import classes from '../plan/plan.module.css';
import { bounds, furtherNumbers, isComplete, mainNumbers, type TimetableChoices } from './choices.ts';
import { timetableText as text } from './text.ts';

type Props = {
  readonly choices: TimetableChoices;
  readonly onChange: (choices: TimetableChoices) => void;
  readonly onPropose: () => void;
};

/** What a timetable keeps to; the defaults are those of the analysis. */
export function ChoicesPanel({ choices, onChange, onPropose }: Props) {
  const [showsMore, setShowsMore] = useState(false);
  const change = (part: Partial<TimetableChoices>) => onChange({ ...choices, ...part });
  const complete = isComplete(choices);
  return (
    <Panel title={text.rules} note={text.rulesNote}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) onPropose();
        }}
      >
        <Stack>
          <div className={classes.line}>
            <DateField label={text.from} value={choices.from} onChange={(from) => change({ from })} />
            <NumberFields fields={mainNumbers} choices={choices} change={change} />
          </div>
          <div className={classes.line}>
            <ChoiceField
              label={text.reach}
              choices={text.reaches}
              value={choices.reach}
              onChange={(reach) => change({ reach })}
              widthPx={290}
            />
            <ChoiceField
              label={text.placeBy}
              choices={text.placesBy}
              value={choices.placeBy}
              onChange={(placeBy) => change({ placeBy })}
              widthPx={220}
            />
            <Checkbox
              mb={9}
              label={text.nights}
              checked={choices.nights}
              onChange={(event) => change({ nights: event.currentTarget.checked })}
            />
          </div>
          {showsMore ? (
            <div className={classes.line}>
              <NumberFields fields={furtherNumbers} choices={choices} change={change} />
            </div>
          ) : null}
          {complete ? null : (
            <Notice tone="warn">
              <p>{text.wrong}</p>
            </Notice>
          )}
          <div className={classes.feet}>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-expanded={showsMore}
              onClick={() => setShowsMore((now) => !now)}
            >
              {showsMore ? text.fewerRules : text.moreRules}
            </Button>
            <Button type="submit" disabled={!complete}>
              {text.propose}
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
}

type FieldsProps = {
  readonly fields: typeof mainNumbers | typeof furtherNumbers;
  readonly choices: TimetableChoices;
  readonly change: (part: Partial<TimetableChoices>) => void;
};

function NumberFields({ fields, choices, change }: FieldsProps) {
  return fields.map((field) => (
    <NumberField
      key={field}
      label={text[field]}
      value={choices[field]}
      onChange={(value) => change({ [field]: value })}
      min={bounds[field][0]}
      max={bounds[field][1]}
      widthPx={field === 'weeks' ? 96 : 232}
    />
  ));
}
