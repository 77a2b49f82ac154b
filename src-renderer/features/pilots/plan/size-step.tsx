import { Button } from '@mantine/core';
import { Stack } from '../../../ui/surface.tsx';
import { gapIn, type PartProps } from './draft.ts';
import { WordsField } from './fields.tsx';
import { hasPower } from './power-model.ts';
import { PowerStep } from './power-step.tsx';
import { planText as text } from './text.ts';

/** How many take part and why: by a calculation, or by a reason where none can be made. */
export function SizeStep({ plan: { design, sampleSize }, gaps, onChange }: PartProps) {
  if (sampleSize?.by === 'power') {
    return (
      <Stack>
        <PowerStep
          design={design}
          spec={sampleSize.spec}
          gap={gapIn(gaps, 'sampleSize', 'sampleSize.spec')}
          onChange={(spec) => onChange({ sampleSize: { by: 'power', spec } })}
        />
        <div>
          <Button variant="default" size="xs" onClick={() => onChange({ sampleSize: null })}>
            {text.reasonInstead}
          </Button>
        </div>
      </Stack>
    );
  }
  return (
    <Stack>
      <WordsField
        label={text.sampleSize}
        hint={text.sampleSizeHint}
        gap={gapIn(gaps, 'sampleSize')}
        value={sampleSize?.reason ?? ''}
        onChange={(reason) => onChange({ sampleSize: reason === '' ? null : { by: 'reason', reason } })}
      />
      {hasPower(design) ? (
        <div>
          <Button
            variant="default"
            size="xs"
            onClick={() => onChange({ sampleSize: { by: 'power', spec: { design } } })}
          >
            {text.calculateInstead}
          </Button>
        </div>
      ) : null}
    </Stack>
  );
}
