import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ActionView } from '#shared/contract/plan.ts';
import { useOperation } from '../../../bridge/hooks.ts';
import { formatInstant, formatPeriod } from '../../../ui/format.ts';
import { QueryGate } from '../../../ui/query-gate.tsx';
import { Badge, Facts, Notice, Page, Panel } from '../../../ui/surface.tsx';
import { StatusBadge } from '../status-badge.tsx';
import { text as planText } from '../text.ts';
import { ActionButtons } from './action-buttons.tsx';
import { EventsPanel } from './events-panel.tsx';
import { actionText as text } from './text.ts';

export function ActionPage({ action }: { readonly action: string }) {
  const view = useOperation('plan.action', { action });
  return (
    <Page
      title={action}
      lead={view.data?.title}
      actions={
        <Button variant="default" renderRoot={(props) => <Link to="/plan" {...props} />}>
          {text.back}
        </Button>
      }
    >
      <QueryGate query={view}>{(data) => <Body view={data} />}</QueryGate>
    </Page>
  );
}

function Body({ view }: { readonly view: ActionView }) {
  const { gaps, warnings, isSigned, maySign, status } = view;
  const isOpen = status !== 'done' && status !== 'stopped';
  return (
    <>
      <Panel title={text.standing} actions={<ActionButtons view={view} />}>
        <About view={view} />
      </Panel>
      {gaps.length > 0 && isOpen ? (
        <Notice title={text.lacks}>
          <p>{gaps.join(', ')}.</p>
        </Notice>
      ) : null}
      {gaps.length === 0 && isOpen && !isSigned && !maySign ? (
        <Notice>
          <p>{text.signWaits}</p>
        </Notice>
      ) : null}
      {warnings.length > 0 ? (
        <Notice tone="warn" title={planText.lookAgain}>
          {warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : null}
      <EventsPanel view={view} />
    </>
  );
}

function About({ view }: { readonly view: ActionView }) {
  const { about } = text;
  const { guidance, resource, decision, pilot, indicator, dependsOn, blockedBy } = view;
  const known = useOperation('plan.actions', {}).data?.indicators ?? [];
  const indicatorTitle =
    known.find((found) => found.indicator === indicator?.indicator)?.title ?? indicator?.indicator ?? '';
  return (
    <Facts
      facts={[
        { term: about.title, value: view.title },
        {
          term: about.status,
          value: (
            <>
              <StatusBadge status={view.status} /> {view.isOverdue ? <Badge tone="warn">{text.overdue}</Badge> : null}
            </>
          ),
        },
        { term: about.version, value: text.versionBy(view.version, formatInstant(view.savedAt), view.savedBy) },
        ...(view.why === '' ? [] : [{ term: about.why, value: view.why }]),
        { term: about.guidance, value: guidance ? text.guidanceOf(guidance.review, guidance.guidance) : text.none },
        ...(resource === null ? [] : [{ term: about.resource, value: resource }]),
        ...(decision === null
          ? []
          : [{ term: about.decision, value: text.decisionOf(decision.activity, decision.decision) }]),
        { term: about.owner, value: view.owner ?? text.none },
        { term: about.days, value: formatPeriod(view.start, view.due) },
        ...(dependsOn.length === 0
          ? []
          : [{ term: about.waits, value: <WaitsFor dependsOn={dependsOn} blockedBy={blockedBy} /> }]),
        {
          term: about.indicator,
          value:
            indicator === null ? (
              text.none
            ) : (
              <Anchor
                renderRoot={(props) => (
                  <Link to="/indicators/$indicatorId" params={{ indicatorId: indicator.indicator }} {...props} />
                )}
              >
                {text.targetOf(indicatorTitle, indicator.target)}
              </Anchor>
            ),
        },
        {
          term: about.pilot,
          value:
            pilot === null ? (
              text.none
            ) : (
              <Anchor renderRoot={(props) => <Link to="/pilots/$pilot" params={{ pilot: pilot.pilot }} {...props} />}>
                {pilot.title}
              </Anchor>
            ),
        },
      ]}
    />
  );
}

function WaitsFor({ dependsOn, blockedBy }: Pick<ActionView, 'dependsOn' | 'blockedBy'>) {
  return (
    <>
      {dependsOn.map((code) => (
        <span key={code}>
          <Anchor renderRoot={(props) => <Link to="/plan/$action" params={{ action: code }} {...props} />}>
            {code}
          </Anchor>{' '}
          {blockedBy.includes(code) ? '' : `(${planText.statuses.done}) `}
        </span>
      ))}
    </>
  );
}
