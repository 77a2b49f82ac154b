import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { CaseView } from '#shared/contract/cases.ts';
import { decisionWords, notACrisisService, offerNotVerdict, originWords } from '#shared/domain/cases.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { formatDate, formatInstant, none } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { Badge, Columns, Facts, Notice, Page, Panel } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { DecidePanel, ReopenPanel } from './decide-panel.tsx';
import { ExposurePanel } from './exposure-panel.tsx';
import { HistoryPanel } from './history-panel.tsx';
import { LifePanels } from './life-panels.tsx';
import { Reveal } from './reveal.tsx';
import { ReviewPanel } from './review-panel.tsx';
import { ScoresPanel } from './scores-panel.tsx';
import { SummaryPanel } from './summary-panel.tsx';
import { signalStands, sinceGiven, text } from './text.ts';

export function CasePage({ caseId }: { readonly caseId: number }) {
  // Asked anew whenever it is entered, and forgotten when it is left: each reading of a case is recorded.
  const view = useOperation('cases.view', { case: caseId }, { fresh: true });
  return (
    <Page
      title={`Case ${caseId}`}
      lead={offerNotVerdict}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/cases" {...props} />}>
          {text.back}
        </Button>
      }
    >
      <QueryGate query={view}>{(data) => <CaseBody key={data.seen} view={data} />}</QueryGate>
    </Page>
  );
}

function CaseBody({ view }: { readonly view: CaseView }) {
  return (
    <>
      <AboutPanel view={view} />
      <ReasonsPanel view={view} />
      {view.state === 'open' ? <DecidePanel view={view} /> : <ReopenPanel view={view} />}
      <ScoresPanel view={view} />
      <ExposurePanel view={view} />
      <LifePanels view={view} />
      <HistoryPanel view={view} />
      <Columns>
        {view.state === 'open' ? <ReviewPanel view={view} /> : null}
        <SummaryPanel view={view} />
      </Columns>
    </>
  );
}

function AboutPanel({ view }: { readonly view: CaseView }) {
  const standing = view.decision === null ? 'No decision yet' : decisionWords[view.decision];
  return (
    <Panel>
      <Facts
        facts={[
          { term: 'Pseudonym', value: <code>{view.person}</code> },
          { term: 'Unit', value: view.timeline?.unit ?? none },
          { term: 'Role', value: view.timeline?.role ?? none },
          { term: 'State', value: view.state === 'open' ? <Badge tone="tide">open</Badge> : <Badge>closed</Badge> },
          { term: 'Where it stands', value: standing },
          {
            term: 'Due',
            value:
              view.due === null ? (
                none
              ) : (
                <>
                  {formatDate(view.due)} {view.overdue ? <Badge tone="bad">overdue</Badge> : null}
                </>
              ),
          },
          {
            term: 'Opened',
            value: `${formatInstant(view.openedAt)} by ${view.openedBy}; ${originWords[view.origin].toLowerCase()}`,
          },
          { term: 'Other cases', value: view.otherCases.length === 0 ? 'None' : <OtherCases ids={view.otherCases} /> },
        ]}
      />
      <div style={{ marginTop: 12 }}>
        <Reveal of={{ case: view.case }} />
      </div>
    </Panel>
  );
}

function OtherCases({ ids }: { readonly ids: readonly number[] }) {
  return ids.map((id) => (
    <span key={id}>
      <Link to="/cases/$caseId" params={{ caseId: String(id) }}>{`Case ${id}`}</Link>{' '}
    </span>
  ));
}

function ReasonsPanel({ view }: { readonly view: CaseView }) {
  return (
    <Panel title={text.reasonsTitle}>
      {view.safety.length > 0 ? (
        <Notice tone="warn" title={text.answerTitle}>
          {view.safety.map((answer) => (
            <p key={JSON.stringify(answer.keys)}>
              {answer.answer === 'raised'
                ? `An answer to a question about self-harm was above its first step; given ${answer.givenOn === null ? 'on a day that is not known' : `on ${formatDate(answer.givenOn)} (${sinceGiven(answer).toLowerCase()} ago)`}; ${answer.acknowledgedBy === null ? 'not acknowledged yet' : `acknowledged by ${answer.acknowledgedBy}`}.`
                : `Safety answer not seen${answer.givenOn === null ? '' : ` on ${formatDate(answer.givenOn)}`}: that is not “no risk”.`}
            </p>
          ))}
          <p>{notACrisisService}</p>
        </Notice>
      ) : null}
      {view.signals.length === 0 ? (
        <p className={classes.dim}>{text.noSignals}</p>
      ) : (
        <ul className={classes.reasons}>
          {view.signals.map((signal) => (
            <li key={signal.id}>
              {signal.words} {signal.isNew ? <Badge tone="tide">new since the last decision</Badge> : null}
              <br />
              <span className={classes.dim}>
                {`Rule ${signal.rule} of ${signal.scheme}; ${signalStands(signal)}data to ${formatDate(signal.asOf)}; raised ${formatInstant(signal.raisedAt)}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
