import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { LoopTurnView } from '#shared/contract/plan.ts';
import type { Indicator } from '../../../bridge/indicators.ts';
import { Badge } from '../../../ui/surface.tsx';
import { StatusBadge } from '../status-badge.tsx';
import classes from './loop.module.css';
import { standingOf } from './standing.ts';
import { loopText as text } from './text.ts';

type Props = { readonly turn: LoopTurnView; readonly value: Indicator | null };

/** One turn of the loop, its parts from left to right; what is not there yet is said in words. */
export function Turn({ turn, value }: Props) {
  return (
    <tr>
      <td>
        <Start turn={turn} />
      </td>
      <td>
        <Part>
          <Link to="/plan/$action" params={{ action: turn.action }}>
            {turn.action} {turn.title}
          </Link>
          <span>
            <StatusBadge status={turn.status} />
          </span>
        </Part>
      </td>
      <td>
        <Pilot pilot={turn.pilot} />
      </td>
      <td>
        {turn.study === null ? (
          <Missing>{turn.pilot === null ? text.nothingToEnter : text.noStudy}</Missing>
        ) : (
          <Part>
            <ReviewLink review={turn.study.review} />
            <small>{turn.study.study}</small>
          </Part>
        )}
      </td>
      <td>
        <IndicatorPart indicator={turn.indicator} value={value} />
      </td>
    </tr>
  );
}

function Part({ children }: { readonly children: ReactNode }) {
  return <div className={classes.part}>{children}</div>;
}

function ReviewLink({ review }: { readonly review: string }) {
  return (
    <Link to="/evidence/$review" params={{ review }}>
      {review}
    </Link>
  );
}

function Missing({ children }: { readonly children: ReactNode }) {
  return <div className={`${classes.part} ${classes.missing}`}>{children}</div>;
}

function Start({ turn: { guidance, resource, decision } }: { readonly turn: LoopTurnView }) {
  if (guidance !== null) {
    return (
      <Part>
        <ReviewLink review={guidance.review} />
        <small>{guidance.guidance}</small>
      </Part>
    );
  }
  if (resource !== null) return <Missing>{text.fromGap(resource)}</Missing>;
  return <Missing>{decision === null ? text.noGuidance : text.fromDecision(decision.activity)}</Missing>;
}

function Pilot({ pilot }: Pick<LoopTurnView, 'pilot'>) {
  if (pilot === null) return <Missing>{text.noPilot}</Missing>;
  return (
    <Part>
      <Link to="/pilots/$pilot" params={{ pilot: pilot.pilot }}>
        {pilot.title}
      </Link>
      <span>
        <Badge>{pilot.status}</Badge>
      </span>
    </Part>
  );
}

function IndicatorPart({ indicator, value }: Pick<LoopTurnView, 'indicator'> & Pick<Props, 'value'>) {
  if (indicator === null) return <Missing>{text.noIndicator}</Missing>;
  const standing = value === null ? null : standingOf(value, indicator.target);
  return (
    <Part>
      <Link to="/indicators/$indicatorId" params={{ indicatorId: indicator.indicator }}>
        {indicator.title}
      </Link>
      {standing === null ? null : (
        <small>
          {standing.now}
          {standing.moved === null ? '' : ` (${standing.moved})`}
        </small>
      )}
      <span>
        {standing?.isMet == null ? (
          <small>{indicator.target === null ? text.noTarget : text.target(String(indicator.target))}</small>
        ) : (
          <Badge tone={standing.isMet ? 'good' : 'warn'}>{standing.isMet ? text.met : text.notMet}</Badge>
        )}
      </span>
    </Part>
  );
}
