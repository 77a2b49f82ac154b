import { TextInput } from '@mantine/core';
import { DateField } from '../../../ui/date-field.tsx';
import { gapIn, type PartProps, replacedAt, withoutAt } from './draft.ts';
import { FieldGroup } from './fields.tsx';
import { ItemList } from './item-list.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

/** Where the pilot begins, and when. */
export function RolloutFields({ plan: { rollout }, gaps, onChange }: PartProps) {
  return (
    <FieldGroup title={text.rollout} note={text.rolloutNote} gap={gapIn(gaps, 'rollout')}>
      <ItemList
        items={rollout}
        nameOf={({ group }, at) => (group === '' ? `${text.group} ${at + 1}` : group)}
        add={text.addGroup}
        onAdd={() => onChange({ rollout: [...rollout, { group: '', from: '' }] })}
        onRemove={(at) => onChange({ rollout: withoutAt(rollout, at) })}
      >
        {(beginning, at) => (
          <>
            <TextInput
              className={classes.wide ?? ''}
              label={text.group}
              value={beginning.group}
              onChange={(event) => onChange({ rollout: replacedAt(rollout, at, { group: event.currentTarget.value }) })}
              maxLength={200}
              autoComplete="off"
            />
            <DateField
              label={text.from}
              value={beginning.from}
              onChange={(from) => onChange({ rollout: replacedAt(rollout, at, { from }) })}
            />
          </>
        )}
      </ItemList>
    </FieldGroup>
  );
}
