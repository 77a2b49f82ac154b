import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ReportSpec } from '#shared/contract/report-spec.ts';
import { createMemory, useMemory } from '../../../bridge/memory.ts';
import { ReportMaker } from '../../../ui/report-maker.tsx';
import classes from '../reports.module.css';
import { text } from '../text.ts';
import { inWords, useWords } from '../words/words-memory.ts';
import { WordsPanel } from '../words/words-panel.tsx';
import type { ReportHead, UsualReport } from './report-template.ts';

/** Null: what is usual. */
type TypedHead = { readonly [Part in keyof ReportHead]: string | null } & {
  readonly purpose: string;
  readonly folder: string;
};

const nothingTyped: TypedHead = { title: null, marking: null, version: null, purpose: '', folder: '' };
const usualVersion = '1.0';

// Of each report its own, so that looking at another one loses nothing.
const headMemory = createMemory<Readonly<Partial<Record<ReportSpec['template'], TypedHead>>>>({});

type Props = {
  readonly of: UsualReport;
  /** The field with which another report is chosen. */
  readonly choose: ReactNode;
  readonly usualTitle: string;
  /** With what was typed, or what is usual, at the head of every report. */
  readonly specOf: (head: ReportHead) => ReportSpec;
  /** What stands in the way of making it; null where nothing does. */
  readonly problem?: string | null;
  /** Follows the title in the name that is proposed for the folder, such as the period. */
  readonly nameEnd?: string;
  /** Fields beside title and marking. */
  readonly fields?: ReactNode;
  /** Wider choices, under the fields. */
  readonly children?: ReactNode;
};

/** The form of a report: its own choices, then title, marking and version, then whom it is for and where it goes. */
export function TemplateForm({ of, choose, usualTitle, specOf, problem, nameEnd, fields, children }: Props) {
  const { template } = of;
  const typed = useMemory(headMemory)[template] ?? nothingTyped;
  const change = (part: Partial<TypedHead>) =>
    headMemory.set((all) => ({ ...all, [template]: { ...(all[template] ?? nothingTyped), ...part } }));
  const head: ReportHead = {
    title: typed.title?.trim() || usualTitle,
    marking: typed.marking?.trim() || of.marking,
    version: typed.version?.trim() || usualVersion,
  };
  const { words } = useWords(template);
  const spec = of.hasVersion ? inWords(specOf(head), words) : specOf(head);
  return (
    <ReportMaker
      title={text.build}
      note={of.note}
      spec={spec}
      suggestedName={nameEnd === undefined ? head.title : `${head.title} ${nameEnd}`}
      goal={typed}
      onGoal={change}
      problem={problem ?? null}
      // A sheet to hand out has no room for other words.
      {...(of.hasVersion ? { beside: (previewed) => <WordsPanel spec={spec} previewed={previewed} /> } : {})}
    >
      {choose}
      {fields == null ? null : <div className={classes.choices}>{fields}</div>}
      <div className={classes.head}>
        <TextInput
          label={text.reportTitle}
          value={typed.title ?? usualTitle}
          maxLength={of.longestTitle}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <TextInput
          label={text.marking}
          value={typed.marking ?? of.marking}
          maxLength={100}
          onChange={(event) => change({ marking: event.currentTarget.value })}
        />
        {of.hasVersion ? (
          <TextInput
            label={text.version}
            value={typed.version ?? usualVersion}
            maxLength={20}
            onChange={(event) => change({ version: event.currentTarget.value })}
          />
        ) : null}
      </div>
      {children}
    </ReportMaker>
  );
}
