import type { CaseView } from '#shared/contract/cases.ts';
import { formatDate } from '../../ui/format.ts';
import { Badge, Panel } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { text } from './text.ts';

type Line = CaseView['scores'][number];

function toneOf({ assessable, sincePrevious }: Line): 'plain' | 'good' | 'warn' {
  if (!assessable) return 'plain';
  if (sincePrevious.startsWith('Reliably worse')) return 'warn';
  return /^(?:Reliably better|Recovered)/.test(sincePrevious) ? 'good' : 'plain';
}

/** Each score with what it means and what has changed; never a number alone. */
export function ScoresPanel({ view }: { readonly view: CaseView }) {
  return (
    <Panel title={text.scoresTitle} note={view.scoresNote}>
      {view.scores.length === 0 ? null : (
        <ul className={classes.entries}>
          {view.scores.map((line) => (
            <li key={`${line.day} ${line.instrument} ${line.scale}`} className={classes.entry}>
              <p className={classes.entryTitle}>
                {`${formatDate(line.day)} · ${line.scale} · ${line.score}`}{' '}
                {line.assessable ? <Badge tone={toneOf(line)}>{line.band}</Badge> : null}
              </p>
              {line.assessable ? (
                <>
                  <p className={classes.entryText}>{line.caseness}.</p>
                  <p className={classes.entryText}>{changeText(line)}</p>
                </>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

function changeText({ sinceFirst, sincePrevious }: Line): string {
  if (sinceFirst === 'First score') return 'The first score that is held.';
  if (sinceFirst === sincePrevious) return `Since the score before: ${sincePrevious}.`;
  return `Since the score before: ${sincePrevious}. Since the first: ${sinceFirst}.`;
}
