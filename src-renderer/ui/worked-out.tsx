import { Button, Drawer } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { AnalysisResult } from '#shared/contract/analyses.ts';
import { CopyButton } from './copy-button.tsx';
import { DataTable } from './data-table.tsx';
import { formatCount, formatDate, formatShare, none } from './format.ts';
import { Icon } from './icons.tsx';
import { type Fact, Facts, Notice, Stack } from './surface.tsx';
import type { TableColumn } from './table-model.ts';
import classes from './worked-out.module.css';

type UsedBatch = AnalysisResult['provenance']['batches'][number];

const batchColumns: readonly TableColumn<UsedBatch>[] = [
  { id: 'batch', header: 'Batch', value: (row) => row.batch, align: 'end', widthPx: 76 },
  { id: 'kind', header: 'Kind', value: (row) => row.kind, widthPx: 110 },
  {
    id: 'accepted',
    header: 'Rows',
    value: (row) => row.accepted,
    cell: (row) => formatCount(row.accepted),
    align: 'end',
    widthPx: 90,
  },
  {
    id: 'hash',
    header: 'File (SHA-256)',
    value: (row) => row.fileHash,
    cell: (row) => <code title={row.fileHash}>{row.fileHash.slice(0, 16)}…</code>,
    grow: 1,
  },
];

type Props = {
  readonly result: AnalysisResult;
  /** Numbers that the figure stands on, such as people and exposures. */
  readonly numbers?: readonly Fact[];
  /** What was done with the result to draw this figure. */
  readonly steps?: readonly string[];
};

function plainOption(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === null || value === undefined) return none;
  if (typeof value !== 'object') return String(value);
  const parts = Object.entries(value).map(([name, part]) => `${name} ${plainOption(part)}`);
  return parts.join(', ');
}

/** "How was this worked out?" of a figure: method, options, n, coverage, batches, snapshot, R script. */
export function WorkedOut({ result, numbers = [], steps = [] }: Props) {
  const { provenance } = result;
  const options = Object.entries(result.spec).map(([term, value]) => ({ term, value: plainOption(value) }));
  return (
    <WorkedOutDrawer>
      <Section title="Method">
        <Facts
          facts={[
            { term: 'Method', value: `${result.method}, version ${result.version}` },
            { term: 'As of', value: formatDate(result.asOf) },
            { term: 'Scheme', value: provenance.scheme ?? none },
            { term: 'Coverage', value: `${formatShare(provenance.coverage)} of rows have a code with a rule` },
            ...(provenance.codeRules ? [{ term: 'Code rules', value: `version ${provenance.codeRules.version}` }] : []),
            ...numbers,
          ]}
        />
        {steps.length > 0 ? <Steps steps={steps} /> : null}
      </Section>
      {result.warnings.length > 0 ? (
        <Notice tone="warn" title="To bear in mind">
          {result.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Notice>
      ) : null}
      <Section title="Options">
        <Facts facts={options} />
      </Section>
      <Section title="Batches it was made from">
        <DataTable
          id="worked-out-batches"
          label="Batches"
          columns={batchColumns}
          rows={provenance.batches}
          rowId={(row) => String(row.batch)}
          showToolbar={false}
          maxHeightPx={260}
        />
      </Section>
      <Section title="Snapshot">
        <Facts
          facts={[
            { term: 'Snapshot', value: <code>{provenance.snapshot}</code> },
            { term: 'Engine', value: provenance.engine },
          ]}
        />
        <p className={classes.note}>The same snapshot and the same options always give the same numbers.</p>
      </Section>
      <Section title="The same in R" actions={<CopyButton label="Copy script" text={() => result.r} />}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <pre className={classes.script} tabIndex={0}>
          {result.r}
        </pre>
      </Section>
    </WorkedOutDrawer>
  );
}

/** The button and the panel it opens, for figures that come from elsewhere than an analysis. */
export function WorkedOutDrawer({ children }: { readonly children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<Icon name="question" size={15} />}
        onClick={() => setOpened(true)}
      >
        How was this worked out?
      </Button>
      <Drawer
        opened={opened}
        onClose={() => setOpened(false)}
        position="right"
        size={560}
        title="How was this worked out?"
        closeButtonProps={{ 'aria-label': 'Close' }}
      >
        <Stack>{children}</Stack>
      </Drawer>
    </>
  );
}

/** What was done, one thing after the other. */
export function Steps({ steps }: { readonly steps: readonly string[] }) {
  return (
    <ol className={classes.steps}>
      {steps.map((step) => (
        <li key={step}>{step}</li>
      ))}
    </ol>
  );
}

type SectionProps = { readonly title: string; readonly actions?: ReactNode; readonly children: ReactNode };

export function Section({ title, actions, children }: SectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h3 className={classes.sectionTitle}>{title}</h3>
        {actions}
      </div>
      {children}
    </section>
  );
}
