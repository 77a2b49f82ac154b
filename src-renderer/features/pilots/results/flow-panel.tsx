import type { PilotComparison, PilotEvaluationTold, PilotRecruitment } from '#shared/domain/pilot-evaluation-result.ts';
import { formatCount, none } from '../../../ui/format.ts';
import { Notice, Panel } from '../../../ui/surface.tsx';
import { armName } from './evaluation-model.ts';
import classes from './flow-panel.module.css';
import { resultText as text } from './text.ts';

type Props = {
  readonly comparison: PilotComparison;
  readonly evaluation: PilotEvaluationTold;
  readonly recruitment: PilotRecruitment;
};

/** People from the enrolments to the main estimate, arm by arm, as CONSORT draws it. */
export function FlowPanel({ comparison, evaluation: { flow }, recruitment }: Props) {
  const { notEnrolled, withdrawn, withheld } = recruitment;
  if (flow.length === 0 && notEnrolled.length === 0) return null;
  return (
    <Panel title={text.flow} note={text.flowNote}>
      <div className={classes.flow}>
        <Box
          label={text.notEnrolled}
          lines={notEnrolled.map(({ what, count }) => `${what}: ${countWords(count)}`)}
          empty={text.nobodyNot}
        />
        <div className={classes.arms}>
          {flow.map(({ arm, steps }) => {
            const name = armName(comparison, arm);
            const left = withdrawn.find(({ what }) => what === name);
            return (
              <ol key={arm} className={classes.arm} aria-label={name}>
                <li className={classes.armName}>{name}</li>
                {steps.map(({ step, count }) => (
                  <li key={step} className={classes.step}>
                    <strong>{countWords(count)}</strong> {step}
                  </li>
                ))}
                {left ? (
                  <li className={classes.aside}>
                    {text.withdrawn}: {countWords(left.count)}
                  </li>
                ) : null}
              </ol>
            );
          })}
        </div>
      </div>
      {withheld === null ? null : (
        <Notice>
          <p>{withheld}</p>
        </Notice>
      )}
    </Panel>
  );
}

function countWords(count: number | null): string {
  return count === null ? none : formatCount(count);
}

type BoxProps = { readonly label: string; readonly lines: readonly string[]; readonly empty: string };

function Box({ label, lines, empty }: BoxProps) {
  return (
    <div className={classes.box}>
      <span className={classes.boxName}>{label}</span>
      {lines.length === 0 ? <span>{empty}</span> : lines.map((line) => <span key={line}>{line}</span>)}
    </div>
  );
}
