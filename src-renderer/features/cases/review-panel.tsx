import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '#shared/contract/cases.ts';
import { type CaseDecision, caseDecisions, decisionWords } from '#shared/domain/cases.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Panel } from '../../ui/surface.tsx';
import classes from './cases.module.css';
import { ReasonField } from './reason-field.tsx';
import { text } from './text.ts';
import { useRefreshCases, useUnkeptCommand } from './use-cases.ts';

/** Two reviews, each blind to the other until both are in. */
export function ReviewPanel({ view }: { readonly view: CaseView }) {
  const [reason, setReason] = useState('');
  const [decision, setDecision] = useState<CaseDecision | null>(null);
  const refresh = useRefreshCases();
  const ask = useUnkeptCommand('cases.askReview');
  const give = useUnkeptCommand('cases.review');
  const error = ask.error ?? give.error;
  const written = reason.trim().length >= 3;
  if (view.reviewAsked && !view.mayReview) {
    return (
      <Panel title={text.reviewTitle} note={text.reviewNote}>
        <p className={classes.dim}>{text.reviewWaiting}</p>
      </Panel>
    );
  }
  return (
    <Panel title={text.reviewTitle} note={text.reviewNote}>
      <div className={classes.form}>
        {view.mayReview ? (
          <Select
            label="Your view"
            placeholder="Choose"
            data={caseDecisions.map((value) => ({ value, label: decisionWords[value] }))}
            value={decision}
            onChange={(value) => setDecision(value as CaseDecision)}
          />
        ) : null}
        <ReasonField
          label={view.mayReview ? 'Your reasons (sealed)' : 'What should be looked at (sealed)'}
          value={reason}
          onChange={setReason}
          minRows={2}
        />
        {error ? <ErrorPanel error={error} /> : null}
        <Group justify="flex-end">
          {view.mayReview ? (
            <Button
              disabled={!written || decision === null}
              loading={give.busy}
              onClick={() => decision && void give.run({ case: view.case, decision, reason }, refresh)}
            >
              {text.giveReview}
            </Button>
          ) : (
            <Button
              variant="default"
              disabled={!written}
              loading={ask.busy}
              onClick={() => void ask.run({ case: view.case, reason }, refresh)}
            >
              {text.askReview}
            </Button>
          )}
        </Group>
      </div>
    </Panel>
  );
}
