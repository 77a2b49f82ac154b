import { Button, Checkbox, Group, Select } from '@mantine/core';
import { useState } from 'react';
import type { CaseView } from '#shared/contract/cases.ts';
import { type CaseDecision, caseDecisions, decisionWords } from '#shared/domain/cases.ts';
import { dayOfIso, isoOfDay } from '#shared/domain/dates.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Notice, Panel } from '../../ui/surface.tsx';
import { todayIso } from '../../ui/today.ts';
import classes from './cases.module.css';
import { ReasonField } from './reason-field.tsx';
import { text } from './text.ts';
import { useRefreshCases, useUnkeptCommand } from './use-cases.ts';

/** Days after which each decision is looked at again, unless the clinician says otherwise. */
const dueAfterDays: Readonly<Partial<Record<CaseDecision, number>>> = { contact: 7, monitor: 28, escalate: 2 };

function dueFor(decision: CaseDecision): string | null {
  const days = dueAfterDays[decision];
  return days === undefined ? null : isoOfDay((dayOfIso(todayIso()) ?? 0) + days);
}

export function DecidePanel({ view }: { readonly view: CaseView }) {
  const [decision, setDecision] = useState<CaseDecision | null>(null);
  const [due, setDue] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [overrides, setOverrides] = useState(false);
  const [overrideReason, setOverrideReason] = useState('');
  const refresh = useRefreshCases();
  const command = useUnkeptCommand('cases.decide');
  const choose = (value: CaseDecision) => {
    setDecision(value);
    setDue(dueFor(value));
  };
  const store = () => {
    if (decision === null) return;
    const asked = { case: view.case, seen: view.seen, decision, reason, overrides };
    const more = {
      ...(due === null ? {} : { due }),
      ...(overrides && overrideReason.trim() !== '' ? { overrideReason } : {}),
    };
    void command.run({ ...asked, ...more }, refresh);
  };
  return (
    <Panel title={text.decide} note={text.decideNote}>
      <div className={classes.form}>
        {view.suggestsOffer ? (
          <Notice>
            <p>{text.suggests}</p>
          </Notice>
        ) : null}
        <Group grow align="flex-start">
          <Select
            label={text.decision}
            placeholder="Choose"
            data={caseDecisions.map((value) => ({ value, label: decisionWords[value] }))}
            value={decision}
            onChange={(value) => choose(value as CaseDecision)}
          />
          {due === null ? <span /> : <DateField label={text.due} value={due} onChange={setDue} />}
        </Group>
        <ReasonField
          label={text.decisionReason}
          hint={text.reasonHint}
          value={reason}
          onChange={setReason}
          minRows={3}
        />
        {view.signals.length > 0 ? (
          <Checkbox
            label={text.overrides}
            checked={overrides}
            onChange={(event) => setOverrides(event.currentTarget.checked)}
          />
        ) : null}
        {overrides ? (
          <ReasonField label={text.overrideReason} value={overrideReason} onChange={setOverrideReason} minRows={2} />
        ) : null}
        {command.error ? <ErrorPanel error={command.error} /> : null}
        <Group justify="flex-end">
          <Button disabled={decision === null || reason.trim().length < 3} loading={command.busy} onClick={store}>
            {text.decideButton}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}

export function ReopenPanel({ view }: { readonly view: CaseView }) {
  const [reason, setReason] = useState('');
  const refresh = useRefreshCases();
  const command = useUnkeptCommand('cases.reopen');
  return (
    <Panel title={text.reopen}>
      <div className={classes.form}>
        <ReasonField
          label={text.decisionReason}
          hint={text.reasonHint}
          value={reason}
          onChange={setReason}
          minRows={2}
        />
        {command.error ? <ErrorPanel error={command.error} /> : null}
        <Group justify="flex-end">
          <Button
            disabled={reason.trim().length < 3}
            loading={command.busy}
            onClick={() => void command.run({ case: view.case, reason }, refresh)}
          >
            {text.reopen}
          </Button>
        </Group>
      </div>
    </Panel>
  );
}
