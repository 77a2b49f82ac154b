import { useMemo, useState } from 'react';
import type { CodeRules } from '#shared/contract/code-rules.ts';
import type { OutputOf } from '#shared/contract/index.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { useMemory } from '../../bridge/memory.ts';
import { hasRole, useSession } from '../../bridge/session.ts';
import { DataSections } from '../../ui/data-sections.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { EmptyState, Notice, Page, Panel } from '../../ui/surface.tsx';
import classes from './codes.module.css';
import { changesOf, draftMemory } from './draft.ts';
import { RulesPanel } from './rules-panel.tsx';
import { SavePanel } from './save-panel.tsx';
import { coverageSentences, text } from './text.ts';
import { UnmappedPanel } from './unmapped-panel.tsx';
import { VersionsPanel } from './versions-panel.tsx';

/** What the codes of incidents mean: coverage, the codes without a rule, the rules and their versions. */
export function CodesPlace() {
  const rules = useOperation('codes.rules', {});
  return (
    <Page title={text.title} lead={text.lead}>
      <DataSections />
      <QueryGate query={rules}>{(data) => <Codes rules={data} />}</QueryGate>
    </Page>
  );
}

const noRules: CodeRules = { rules: [] };

function Codes({ rules }: { readonly rules: OutputOf<'codes.rules'> }) {
  const mayEdit = hasRole(useSession(), 'analyst');
  const unmapped = useOperation('codes.unmapped', {});
  const [saved, setSaved] = useState<number | null>(null);
  const inForce = useMemo(() => rules.shown?.document ?? noRules, [rules]);
  const draft = useMemory(draftMemory) ?? inForce;
  const { added, removed } = changesOf(draft, inForce);
  const onDraft = mayEdit
    ? (next: CodeRules) => {
        setSaved(null);
        draftMemory.set(next);
      }
    : null;
  const version = rules.shown?.version ?? null;
  return (
    <>
      {saved === null ? null : (
        <Notice tone="good" announce>
          <p>{text.saved(saved)}</p>
        </Notice>
      )}
      <QueryGate query={unmapped}>
        {(answer) =>
          answer.coverage.attendances.all === 0 ? (
            <Panel>
              <EmptyState icon="data" title={text.noAttendances} text={text.noAttendancesText} />
            </Panel>
          ) : (
            <>
              <Panel title={text.coverage}>
                {coverageSentences(answer.coverage).map((sentence) => (
                  <p key={sentence} className={classes.sentence}>
                    {sentence}
                  </p>
                ))}
              </Panel>
              <UnmappedPanel answer={answer} draft={draft} inForce={inForce} onDraft={onDraft} />
            </>
          )
        }
      </QueryGate>
      {onDraft && added + removed > 0 ? (
        <SavePanel
          draft={draft}
          inForce={inForce}
          onDiscard={() => draftMemory.set(null)}
          onSaved={(number) => {
            draftMemory.set(null);
            setSaved(number);
          }}
        />
      ) : null}
      <RulesPanel version={version} draft={draft} inForce={inForce} onDraft={onDraft} />
      <VersionsPanel versions={rules.versions} onDraft={onDraft} />
    </>
  );
}
