import { Button, Group } from '@mantine/core';
import { useState } from 'react';
import type { PilotDesign } from '#shared/domain/pilot.ts';
import { useAnalysis } from '../../../bridge/hooks.ts';
import { AnalysisGate } from '../../../ui/analysis-gate.tsx';
import { BearInMind, Lines } from '../../../ui/reading.tsx';
import { Stack } from '../../../ui/surface.tsx';
import { WorkedOut } from '../../../ui/worked-out.tsx';
import { FieldGroup, NumberField } from './fields.tsx';
import classes from './plan.module.css';
import { fieldsOf, numberOf, type PowerSpecification, withField } from './power-model.ts';
import { planText as text } from './text.ts';

type Props = {
  readonly design: PilotDesign | null;
  readonly spec: PowerSpecification;
  readonly gap: string | undefined;
  readonly onChange: (spec: Record<string, unknown>) => void;
};

/** The size of a pilot by a calculation: what it rests on, and what it gives. */
export function PowerStep({ design, spec, gap, onChange }: Props) {
  const [asked, setAsked] = useState<PowerSpecification | null>(null);
  return (
    <FieldGroup title={text.calculation} note={text.calculationNote} gap={gap}>
      <div className={classes.line}>
        {fieldsOf(design, spec).map((field) => (
          <NumberField
            key={field}
            label={text.power[field]}
            value={numberOf(spec, field)}
            onChange={(value) => onChange(withField(spec, design, field, value))}
            isWhole={field === 'people' || field === 'periods'}
            widthPx={210}
          />
        ))}
      </div>
      <Group>
        <Button variant="default" size="xs" onClick={() => setAsked({ ...spec, design })}>
          {text.workOut}
        </Button>
      </Group>
      {asked === null ? null : <Found spec={asked} />}
    </FieldGroup>
  );
}

function Found({ spec }: { readonly spec: PowerSpecification }) {
  const analysis = useAnalysis('pilot-power', spec);
  return (
    <AnalysisGate analysis={analysis} label={text.workingOut}>
      {(result) => (
        <Stack>
          <BearInMind warnings={result.warnings} />
          <Lines lines={result.reading} />
          <Group>
            <WorkedOut result={result} />
          </Group>
        </Stack>
      )}
    </AnalysisGate>
  );
}
