import { TextInput } from '@mantine/core';
import { Stack } from '../../../ui/surface.tsx';
import { gapIn, type PartProps } from './draft.ts';
import { FieldGroup, WordsField } from './fields.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

const logicParts = ['problem', 'inputs', 'activities', 'outputs', 'outcomes', 'assumptions'] as const;

/** What the pilot is, why it should help, and whom it is for. */
export function IdeaStep({ plan, gaps, onChange }: PartProps) {
  const { title, logicModel, eligibility } = plan;
  return (
    <Stack>
      <TextInput
        label={text.title}
        value={title}
        onChange={(event) => onChange({ title: event.currentTarget.value })}
        maxLength={200}
        required
        autoComplete="off"
      />
      <FieldGroup title={text.logicModel} note={text.logicNote}>
        <div className={classes.pair}>
          {logicParts.map((part) => (
            <WordsField
              key={part}
              label={text.logic[part]}
              hint={text.logicHints[part]}
              gap={gapIn(gaps, `logicModel.${part}`)}
              value={logicModel[part]}
              onChange={(words) => onChange({ logicModel: { ...logicModel, [part]: words } })}
            />
          ))}
        </div>
      </FieldGroup>
      <WordsField
        label={text.eligibility}
        gap={gapIn(gaps, 'eligibility')}
        value={eligibility}
        onChange={(words) => onChange({ eligibility: words })}
      />
    </Stack>
  );
}
