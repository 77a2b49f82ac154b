import { useMemo } from 'react';
import type { ActionSummary } from '#shared/contract/plan.ts';
import { londonDay } from '#shared/domain/dates.ts';
import { formatDate, formatMonth } from '../../../ui/format.ts';
import { Panel } from '../../../ui/surface.tsx';
import { text as planText } from '../text.ts';
import { actionText as text } from './text.ts';
import classes from './timeline.module.css';
import { type TimelineBar, type TimelinePicture, timelineOf } from './timeline-model.ts';

type Props = { readonly actions: readonly ActionSummary[]; readonly open: (action: string) => void };

/** Bars over the months, with lines from an action to those that wait for it; the table above says the same in words. */
export function Timeline({ actions, open }: Props) {
  const picture = useMemo(() => timelineOf(actions, londonDay(Math.floor(Date.now() / 1_000))), [actions]);
  return (
    <Panel title={text.timeline} note={text.timelineNote}>
      {picture === null ? text.timelineNone : <Drawn picture={picture} open={open} />}
    </Panel>
  );
}

function Drawn({ picture, open }: { readonly picture: TimelinePicture; readonly open: Props['open'] }) {
  const { bars, ticks, todayPercent, links } = picture;
  return (
    <div className={classes.scroll}>
      <div className={classes.picture}>
        <div className={classes.months}>
          {ticks.map(({ leftPercent, month }) => (
            <span key={month} style={{ insetInlineStart: `${leftPercent}%` }}>
              {formatMonth(month)}
            </span>
          ))}
        </div>
        <ul className={classes.names}>
          {bars.map(({ action }) => (
            <li key={action.action} title={action.title}>
              <strong>{action.action}</strong> {action.title}
            </li>
          ))}
        </ul>
        <div className={classes.tracks}>
          {ticks.map(({ leftPercent, month }) => (
            <i key={month} className={classes.grid} style={{ insetInlineStart: `${leftPercent}%` }} />
          ))}
          {todayPercent === null ? null : (
            <i className={classes.today} style={{ insetInlineStart: `${todayPercent}%` }} title={text.today} />
          )}
          <Links bars={bars} links={links} />
          {bars.map((bar) => (
            <Bar key={bar.action.action} bar={bar} open={open} />
          ))}
        </div>
      </div>
    </div>
  );
}

function Bar({ bar, open }: { readonly bar: TimelineBar; readonly open: Props['open'] }) {
  const { action, leftPercent, widthPercent } = bar;
  const { title, status, start, due, isOverdue, blockedBy } = action;
  const late = isOverdue ? `, ${text.overdue}` : '';
  const waits = blockedBy.length === 0 ? '' : `, ${text.columns.waits.toLowerCase()} ${blockedBy.join(', ')}`;
  const words = `${action.action} ${title}: ${planText.statuses[status]}, ${formatDate(start)} to ${formatDate(due)}${late}${waits}`;
  return (
    <div className={classes.track}>
      <button
        type="button"
        className={classes.bar}
        data-status={status}
        data-late={isOverdue}
        style={{ insetInlineStart: `${leftPercent}%`, width: `${widthPercent}%` }}
        aria-label={words}
        title={words}
        onClick={() => open(action.action)}
      />
    </div>
  );
}

/** One line a link, from the end of a bar down or up to the beginning of another; a row is 100 units high. */
function Links({ bars, links }: Pick<TimelinePicture, 'bars' | 'links'>) {
  return (
    <svg
      className={classes.links}
      viewBox={`0 0 100 ${100 * bars.length}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      focusable="false"
    >
      {links.map(({ from, to }) => {
        const [a, b] = [bars[from], bars[to]];
        if (!a || !b) return null;
        const [x, y] = [a.leftPercent + a.widthPercent, b.leftPercent];
        const path = `M${x} ${100 * from + 50}L${x} ${100 * to + 50}L${y} ${100 * to + 50}`;
        return <path key={`${from} ${to}`} d={path} vectorEffect="non-scaling-stroke" />;
      })}
    </svg>
  );
}
