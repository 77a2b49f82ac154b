import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Count } from '#shared/domain/early-warning.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { Icon } from '../../ui/icons.tsx';
import { Badge, Notice, Panel } from '../../ui/surface.tsx';
import { WorkedOut } from '../../ui/worked-out.tsx';
import classes from './early-warning.module.css';
import type { RunProps } from './run-props.ts';
import { text } from './text.ts';
import { checkState } from './words.ts';

/** Whether it may be used, in words. */
export function Verdict({ result: { gate, signals } }: RunProps) {
  return (
    <Notice tone={gate.fit ? 'good' : 'warn'} title={gate.fit ? text.fit : text.notFit} announce>
      <p>{gate.words}</p>
      <p>{gate.fit ? text.fitHint : text.notFitHint}</p>
      {gate.fit ? <Signals count={signals} /> : null}
    </Notice>
  );
}

/** Every check that decides it: what is asked, what was found, and whether that passes. */
export function Checks({ run, result }: RunProps) {
  return (
    <Panel
      title={text.checksTitle}
      note={text.checksNote}
      actions={
        <WorkedOut
          result={run}
          numbers={[
            { term: 'A case is', value: result.caseWords },
            { term: 'Within', value: `${result.horizonDays} days` },
          ]}
        />
      }
    >
      <ul className={classes.checks}>
        {result.gate.checks.map((check) => {
          const { tone, icon, word } = checkState(check);
          return (
            <li key={check.code} className={classes.check}>
              <span>
                <Badge tone={tone}>
                  <span className={classes.state}>
                    <Icon name={icon} size={14} />
                    {word}
                  </span>
                </Badge>
              </span>
              <span>{check.words}</span>
              <span className={classes.found}>{check.found}</span>
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

function Signals({ count }: { readonly count: Count }) {
  const isClinician = hasRole(useSession(), 'clinician');
  return (
    <>
      <p>{`${text.signals(count)}. ${isClinician ? text.signalsClinician : text.signalsOthers}`}</p>
      {isClinician ? (
        <Button variant="default" size="xs" mt="xs" renderRoot={(props) => <Link to="/cases" {...props} />}>
          {text.openCases}
        </Button>
      ) : null}
    </>
  );
}
