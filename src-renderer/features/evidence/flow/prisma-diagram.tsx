import { formatCount } from '../../../ui/format.ts';
import classes from './flow.module.css';
import type { FlowBox, FlowStage, FlowStep } from './flow-boxes.ts';
import { flowText as text } from './text.ts';

/** The flow as the field draws it: stages at the left, the way down the middle, what leaves it at the right. */
export function PrismaDiagram({ steps }: { readonly steps: readonly FlowStep[] }) {
  const stages = (Object.keys(text.stages) as FlowStage[]).map((stage) => ({
    stage,
    steps: steps.filter((step) => step.stage === stage),
  }));
  return (
    <figure className={classes.diagram} aria-label={text.described}>
      {stages.map(({ stage, steps: own }, at) => (
        <div key={stage} className={classes.stage}>
          <div className={classes.name}>
            <span>{text.stages[stage]}</span>
          </div>
          <div className={classes.steps}>
            {own.map((step, index) => (
              <Step key={step.main.box} step={step} isLast={at === stages.length - 1 && index === own.length - 1} />
            ))}
          </div>
        </div>
      ))}
    </figure>
  );
}

function Step({ step: { main, leaves }, isLast }: { readonly step: FlowStep; readonly isLast: boolean }) {
  return (
    <div className={classes.step}>
      <div className={isLast ? undefined : classes.down}>
        <Box box={main} />
      </div>
      {leaves === null ? null : (
        <div className={classes.out}>
          <Box box={leaves} />
        </div>
      )}
    </div>
  );
}

function Box({ box: { box, count, parts } }: { readonly box: FlowBox }) {
  return (
    <div className={classes.box}>
      <p className={classes.head}>
        {box} (n = {formatCount(count)})
      </p>
      {parts.map((part) => (
        <p key={part.label} className={classes.part}>
          {part.label} (n = {formatCount(part.count)})
        </p>
      ))}
    </div>
  );
}
