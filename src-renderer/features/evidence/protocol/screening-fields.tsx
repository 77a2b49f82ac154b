import { NumberInput, Select } from '@mantine/core';
import type { ScreeningMode } from '#shared/domain/review.ts';
import { protocolText as text } from './text.ts';

type Props = {
  readonly label: string;
  readonly mode: ScreeningMode;
  readonly onChange: (mode: ScreeningMode) => void;
};

const modes = Object.entries(text.modes).map(([value, label]) => ({ value, label }));
const usualShare = 0.2;

/** Who decides on the records of a stage. */
export function ModeFields({ label, mode, onChange }: Props) {
  return (
    <div>
      <Select
        label={label}
        data={modes}
        value={mode.by}
        onChange={(by) => onChange(by === 'one' ? { by, checkedShare: usualShare } : { by: 'two' })}
        allowDeselect={false}
      />
      {mode.by === 'one' ? (
        <NumberInput
          mt="xs"
          label={text.checkedShare}
          value={Math.round(100 * mode.checkedShare)}
          onChange={(percent) => onChange({ by: 'one', checkedShare: Math.min(100, Number(percent)) / 100 })}
          min={0}
          max={100}
          allowDecimal={false}
        />
      ) : null}
    </div>
  );
}
