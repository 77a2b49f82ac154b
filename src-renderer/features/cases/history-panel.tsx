import type { CaseEvent, CaseView } from '#shared/contract/cases.ts';
import { caseEventWords, decisionWords, originWords } from '#shared/domain/cases.ts';
import { formatDate, formatInstant } from '../../ui/format.ts';
import { Panel } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { text } from './text.ts';

function headOf({ kind, decision, origin }: CaseEvent): string {
  if (decision !== null) return `${caseEventWords[kind]}: ${decisionWords[decision]}`;
  return origin === null ? caseEventWords[kind] : `${caseEventWords[kind]}: ${originWords[origin].toLowerCase()}`;
}

/** Everything that was decided, newest first; added to and never changed. */
export function HistoryPanel({ view }: { readonly view: CaseView }) {
  return (
    <Panel title={text.history}>
      <ul className={classes.entries}>
        {[...view.events].reverse().map((event) => (
          <li key={event.id} className={classes.entry}>
            <p className={classes.entryTitle}>{headOf(event)}</p>
            <p className={classes.dim}>{`${formatInstant(event.at)} by ${event.user}`}</p>
            {event.hidden ? <p className={classes.entryText}>Hidden until both reviews are in.</p> : null}
            {event.reason === null ? null : <p className={classes.entryText}>{event.reason}</p>}
            {event.overrideReason === null ? null : (
              <p className={classes.entryText}>{`Otherwise than suggested: ${event.overrideReason}`}</p>
            )}
            {event.due === null ? null : (
              <p className={classes.entryText}>{`To be looked at again on ${formatDate(event.due)}.`}</p>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}
