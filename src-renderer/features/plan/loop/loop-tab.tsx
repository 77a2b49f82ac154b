import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { OutputOf } from '#shared/contract/index.ts';
import { breakWords } from '#shared/domain/plan-loop.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { type Indicator, readIndicators, useIndicators } from '../../../bridge/indicators.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { EmptyState, Panel, Stack } from '../../../ui/surface.tsx';
import { tabMemory } from '../tab-memory.ts';
import classes from './loop.module.css';
import { loopText as text } from './text.ts';
import { Turn } from './turn.tsx';

type Loop = OutputOf<'plan.loop'>;

/** The whole: one line a turn, then where the chain is broken. */
export function LoopTab() {
  const loop = useOperation('plan.loop', {});
  const overview = useOperation('overview.get', {});
  return (
    <QueryGate query={loop}>
      {(data) =>
        data.turns.length === 0 ? (
          <Empty />
        ) : (
          <QueryGate query={overview}>
            {({ latestDay }) =>
              latestDay === null ? <Drawn loop={data} values={new Map()} /> : <Measured loop={data} asOf={latestDay} />
            }
          </QueryGate>
        )
      }
    </QueryGate>
  );
}

function Empty() {
  const go = <Button onClick={() => tabMemory.set('actions')}>{text.toActions}</Button>;
  return (
    <Panel>
      <EmptyState icon="plan" title={text.emptyTitle} text={text.emptyText} action={go} />
    </Panel>
  );
}

const monthsShown = 24;

/** The turns at once, and the values of their indicators once they are worked out. */
function Measured({ loop, asOf }: { readonly loop: Loop; readonly asOf: string }) {
  const named = useMemo(
    () => [...new Set(loop.turns.flatMap(({ indicator }) => indicator?.indicator ?? []))].sort(),
    [loop],
  );
  return named.length === 0 ? (
    <Drawn loop={loop} values={new Map()} />
  ) : (
    <WithValues loop={loop} asOf={asOf} named={named} />
  );
}

type WithValuesProps = { readonly loop: Loop; readonly asOf: string; readonly named: readonly string[] };

function WithValues({ loop, asOf, named }: WithValuesProps) {
  const { query } = useIndicators(asOf, monthsShown, named);
  const values = useMemo(
    () => new Map((query.data ? readIndicators(query.data) : []).map((indicator) => [indicator.id, indicator])),
    [query.data],
  );
  return <Drawn loop={loop} values={values} />;
}

type DrawnProps = { readonly loop: Loop; readonly values: ReadonlyMap<string, Indicator> };

function Drawn({ loop, values }: DrawnProps) {
  return (
    <Stack>
      <Panel title={text.title} note={text.note}>
        <div className={classes.scroll}>
          <table className={classes.loop}>
            <thead>
              <tr>
                {text.heads.map((head) => (
                  <th key={head} scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {loop.turns.map((turn) => (
                <Turn key={turn.action} turn={turn} value={values.get(turn.indicator?.indicator ?? '') ?? null} />
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
      <Broken loop={loop} />
    </Stack>
  );
}

function Broken({ loop }: { readonly loop: Loop }) {
  const broken = loop.turns.filter(({ breaks }) => breaks.length > 0);
  const loose = loop.pilotsWithoutAction.filter(({ status }) => status !== 'dropped');
  return (
    <Panel title={text.broken} note={text.brokenNote}>
      {broken.length + loose.length === 0 ? (
        text.whole
      ) : (
        <ul className={classes.broken}>
          {broken.map(({ action, title, breaks }) => (
            <li key={action}>
              <Link to="/plan/$action" params={{ action }}>
                {action} {title}
              </Link>
              <ul>
                {breaks.map((found) => (
                  <li key={found}>{breakWords[found]}</li>
                ))}
              </ul>
            </li>
          ))}
          {loose.map(({ pilot, title }) => (
            <li key={pilot}>{text.loosePilot(title)}</li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
