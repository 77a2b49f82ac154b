import { Radio, TextInput } from '@mantine/core';
import { gapIn, type PartProps, replacedAt, withoutAt } from './draft.ts';
import { FieldGroup, NumberField } from './fields.tsx';
import { ItemList } from './item-list.tsx';
import classes from './plan.module.css';
import { planText as text } from './text.ts';

/** The arms, one of which the others are compared with. */
export function ArmFields({ plan: { arms }, gaps, onChange }: PartProps) {
  const change = (at: number, part: Partial<(typeof arms)[number]>) => onChange({ arms: replacedAt(arms, at, part) });
  return (
    <FieldGroup title={text.arms} note={text.armsNote} gap={gapIn(gaps, 'arms')}>
      <ItemList
        items={arms}
        nameOf={({ arm }, at) => (arm === '' ? `${text.arm} ${at + 1}` : arm)}
        add={text.addArm}
        onAdd={() => onChange({ arms: [...arms, { arm: '', what: '', share: 1, isComparison: false }] })}
        onRemove={(at) => onChange({ arms: withoutAt(arms, at) })}
      >
        {(arm, at) => (
          <>
            <TextInput
              label={text.arm}
              value={arm.arm}
              onChange={(event) => change(at, { arm: event.currentTarget.value })}
              maxLength={200}
              w={180}
              autoComplete="off"
            />
            <TextInput
              className={classes.wide ?? ''}
              label={text.what}
              value={arm.what}
              onChange={(event) => change(at, { what: event.currentTarget.value })}
              maxLength={4_000}
              autoComplete="off"
            />
            <NumberField
              label={text.share}
              value={arm.share}
              onChange={(share) => change(at, { share })}
              min={1}
              max={20}
              widthPx={84}
            />
            <Radio
              mb={9}
              name="comparison"
              label={text.comparison}
              checked={arm.isComparison}
              onChange={() =>
                onChange({ arms: arms.map((other, place) => ({ ...other, isComparison: place === at })) })
              }
            />
          </>
        )}
      </ItemList>
    </FieldGroup>
  );
}
