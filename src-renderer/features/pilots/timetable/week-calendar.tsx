import { Button, Group, VisuallyHidden } from '@mantine/core';
import type { TimetableFault } from '#shared/domain/pilot-timetable.ts';
import { formatDate } from '../../../ui/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import { timetableText as text } from './text.ts';
import classes from './timetable.module.css';
import { type PlacedSession, sessionWhen } from './timetable-model.ts';
import { type CalendarWeek, localOf, weekdayOf } from './weeks.ts';

type Props = {
  /** Never empty. */
  readonly weeks: readonly CalendarWeek<PlacedSession>[];
  /** Which of them is shown. */
  readonly at: number;
  readonly onWeek: (at: number) => void;
  readonly faults: ReadonlyMap<number, readonly TimetableFault[]>;
  /** Null where sessions are only looked at. */
  readonly onChoose: ((session: PlacedSession) => void) | null;
};

function seatsOf(sessions: readonly PlacedSession[]): number | null {
  return sessions.some(({ people }) => people === null)
    ? null
    : sessions.reduce((sum, { people }) => sum + (people?.length ?? 0), 0);
}

/** One week at a time: places by days, and in each the sessions by time. */
export function WeekCalendar({ weeks, at: asked, onWeek, faults, onChoose }: Props) {
  const at = Math.min(asked, weeks.length - 1);
  const week = weeks[at];
  if (week === undefined) return null;
  return (
    <div>
      <div className={classes.steps}>
        <fieldset className={classes.weeks} aria-label={text.weeks}>
          {weeks.map(({ days, sessions }, index) => (
            <Button
              key={days[0]}
              size="compact-sm"
              variant={index === at ? 'filled' : 'default'}
              aria-pressed={index === at}
              onClick={() => onWeek(index)}
            >
              {formatDate(days[0] ?? null).replace(/ \d{4}$/, '')} · {sessions.length}
            </Button>
          ))}
        </fieldset>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" disabled={at === 0} onClick={() => onWeek(at - 1)}>
            {text.previous}
          </Button>
          <Button size="compact-sm" variant="default" disabled={at >= weeks.length - 1} onClick={() => onWeek(at + 1)}>
            {text.next}
          </Button>
        </Group>
      </div>
      <p className={classes.weekLine} role="status">
        <strong>{text.weekFrom(week.days[0] ?? '')}</strong>{' '}
        {week.sessions.length === 0 ? text.nothing : text.weekLine(week.sessions.length, seatsOf(week.sessions))}
      </p>
      {week.sessions.length === 0 ? null : <WeekTable week={week} faults={faults} onChoose={onChoose} />}
    </div>
  );
}

type WeekProps = Pick<Props, 'faults' | 'onChoose'> & { readonly week: CalendarWeek<PlacedSession> };

function WeekTable({ week, faults, onChoose }: WeekProps) {
  const places = [...new Set(week.sessions.map(({ place }) => place))].sort();
  const inCell = (place: string, day: string): PlacedSession[] =>
    week.sessions.filter((one) => one.place === place && localOf(one.at).day === day);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls is reached by the keyboard
    <section className={classes.scroll} aria-label={text.weekFrom(week.days[0] ?? '')} tabIndex={0}>
      <table className={classes.calendar}>
        <thead>
          <tr>
            <th scope="col">{text.place}</th>
            {week.days.map((day) => (
              <th key={day} scope="col">
                {weekdayOf(day)} {formatDate(day).replace(/ \d{4}$/, '')}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {places.map((place) => (
            <tr key={place}>
              <th scope="row">{place}</th>
              {week.days.map((day) => (
                <td key={day}>
                  {inCell(place, day).map((session) => (
                    <SessionMark
                      key={session.index}
                      session={session}
                      faults={faults.get(session.index)?.length ?? 0}
                      onChoose={onChoose}
                    />
                  ))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

type MarkProps = {
  readonly session: PlacedSession;
  readonly faults: number;
  readonly onChoose: Props['onChoose'];
};

function SessionMark({ session, faults, onChoose }: MarkProps) {
  const { at, place, facilitator, people } = session;
  const name = text.sessionName(sessionWhen({ at }), place, facilitator, people?.length ?? null, faults);
  const look = `${classes.session} ${faults === 0 ? '' : (classes.broken ?? '')}`;
  const content = (
    <>
      {faults === 0 ? null : <Icon name="warning" size={13} />}
      <span className={classes.time}>{localOf(at).time}</span>
      <span className={classes.leads}>{text.facilitatorShort(facilitator)}</span>
      {people === null ? null : <span className={classes.count}>{people.length}</span>}
      <VisuallyHidden> {name}</VisuallyHidden>
    </>
  );
  return onChoose === null ? (
    <span className={look} title={name}>
      {content}
    </span>
  ) : (
    <button type="button" className={look} title={name} onClick={() => onChoose(session)}>
      {content}
    </button>
  );
}
