import { Button } from '@mantine/core';
import { Stack } from '../../../ui/surface.tsx';
import { gapIn, type PartProps } from './draft.ts';
import { WordsField } from './fields.tsx';
import { PowerSpec } from './power-spec.tsx';
import { planText as text } from './text.ts';

/** How many take part and why; a calculation that came with the plan stays until a reason takes its place. */
export function SizeStep({ plan: { sampleSize }, gaps, onChange }: PartProps) {
  if (sampleSize?.by === 'power') {
    return (
      <Stack>
        <PowerSpec spec={sampleSize.spec} />
        <div>
          <Button variant="default" size="xs" onClick={() => onChange({ sampleSize: null })}>
            {text.reasonInstead}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <WordsField
      label={text.sampleSize}
      hint={text.sampleSizeHint}
      gap={gapIn(gaps, 'sampleSize')}
      value={sampleSize?.reason ?? ''}
      onChange={(reason) => onChange({ sampleSize: reason === '' ? null : { by: 'reason', reason } })}
    />
  );
}
