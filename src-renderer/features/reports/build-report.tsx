import { Checkbox, Group, Select, TextInput } from '@mantine/core';
import type { PilotSummary } from '#shared/contract/pilots.ts';
import { type AddedSection, addedSections, type ReportSpec } from '#shared/contract/report-spec.ts';
import { useOperation } from '../../bridge/hooks.ts';
import { createMemory, useMemory } from '../../bridge/memory.ts';
import { DateField } from '../../ui/date-field.tsx';
import { ReportMaker } from '../../ui/report-maker.tsx';
import { isPeriod, lastFullYear } from './report-period.ts';
import classes from './reports.module.css';
import { templates, text } from './text.ts';

type Form = {
  readonly template: ReportSpec['template'];
  readonly from: string | null;
  readonly to: string | null;
  /** Null: the usual one of the template. */
  readonly title: string | null;
  readonly marking: string | null;
  readonly version: string | null;
  readonly sections: readonly AddedSection[];
  /** Null: the first whose plan is locked. */
  readonly pilot: string | null;
  /** Null: the first. */
  readonly review: string | null;
  readonly isOnePage: boolean;
  readonly purpose: string;
  readonly folder: string;
};

const formMemory = createMemory<Form>({
  template: 'exposure-and-wellbeing',
  from: null,
  to: null,
  title: null,
  marking: null,
  version: null,
  sections: [],
  pilot: null,
  review: null,
  isOnePage: false,
  purpose: '',
  folder: '',
});

const usualVersion = '1.0';

type Subjects = {
  /** Codes of those with a locked plan. */
  readonly pilots: readonly string[];
  readonly reviews: readonly string[];
};

function specOf(form: Form, latestDay: string, { pilots, reviews }: Subjects): ReportSpec {
  const { template } = form;
  const usual = templates[template];
  const title = form.title?.trim() || usual.title;
  const marking = form.marking?.trim() || usual.marking;
  if (template === 'family-summary') return { template, title, marking };
  if (template === 'pilot-evaluation') {
    const pilot = form.pilot ?? pilots[0] ?? '';
    const version = form.version?.trim() || usualVersion;
    return { template, pilot, marking, version, title: form.title?.trim() || text.evaluationOf(pilot) };
  }
  if (template === 'evidence-summary') {
    const review = form.review ?? reviews[0] ?? '';
    const version = form.version?.trim() || usualVersion;
    const length = form.isOnePage ? 'page' : 'full';
    return { template, review, length, marking, version, title: form.title?.trim() || text.summaryOf(review) };
  }
  const period = lastFullYear(latestDay);
  return {
    ...{
      template,
      title,
      marking,
      version: form.version?.trim() || usualVersion,
      from: form.from ?? period.from,
      to: form.to ?? period.to,
    },
    ...(form.sections.length === 0 ? {} : { sections: addedSections.filter((name) => form.sections.includes(name)) }),
  };
}

function problemOf(spec: ReportSpec): string | null {
  if (spec.template === 'pilot-evaluation') return spec.pilot === '' ? text.noPilot : null;
  if (spec.template === 'evidence-summary') return spec.review === '' ? text.noReview : null;
  return spec.template === 'exposure-and-wellbeing' && !isPeriod(spec) ? text.wrongPeriod : null;
}

function lockedOf(pilots: readonly PilotSummary[]): readonly string[] {
  return pilots.filter(({ status }) => status === 'locked' || status === 'finished').map(({ pilot }) => pilot);
}

/** Which report, period, title and marking; then whom it is for and where it goes. */
export function BuildReport({ latestDay }: { readonly latestDay: string }) {
  const form = useMemory(formMemory);
  const change = (part: Partial<Form>) => formMemory.set((now) => ({ ...now, ...part }));
  const pilots = lockedOf(useOperation('pilots.list', {}).data?.pilots ?? []);
  const reviews = (useOperation('reviews.list', {}).data?.reviews ?? []).map(({ review }) => review);
  const spec = specOf(form, latestDay, { pilots, reviews });
  const usual = templates[spec.template];
  const isOfPeriod = spec.template === 'exposure-and-wellbeing';
  const months = isOfPeriod ? ` ${spec.from.slice(0, 7)} to ${spec.to.slice(0, 7)}` : '';
  return (
    <ReportMaker
      title={text.build}
      note={usual.note}
      spec={spec}
      suggestedName={`${spec.title ?? usual.title}${months}`}
      goal={form}
      onGoal={change}
      problem={problemOf(spec)}
    >
      <Select
        label={text.template}
        allowDeselect={false}
        w={360}
        value={form.template}
        onChange={(value) => change({ template: value as Form['template'], title: null, marking: null })}
        data={Object.entries(templates).map(([value, { label }]) => ({ value, label }))}
      />
      <div className={classes.form}>
        {isOfPeriod ? (
          <>
            <DateField label={text.from} value={spec.from} onChange={(from) => change({ from })} />
            <DateField label={text.to} value={spec.to} onChange={(to) => change({ to })} />
          </>
        ) : null}
        {spec.template === 'pilot-evaluation' ? (
          <Select
            label={text.pilot}
            allowDeselect={false}
            value={spec.pilot === '' ? null : spec.pilot}
            onChange={(pilot) => change({ pilot, title: null })}
            data={[...pilots]}
            placeholder={text.noPilot}
          />
        ) : null}
        {spec.template === 'evidence-summary' ? (
          <Select
            label={text.review}
            allowDeselect={false}
            value={spec.review === '' ? null : spec.review}
            onChange={(review) => change({ review, title: null })}
            data={reviews}
            placeholder={text.noReview}
          />
        ) : null}
        <TextInput
          label={text.reportTitle}
          value={form.title ?? spec.title ?? usual.title}
          maxLength={usual.longestTitle}
          onChange={(event) => change({ title: event.currentTarget.value })}
        />
        <TextInput
          label={text.marking}
          value={form.marking ?? usual.marking}
          maxLength={100}
          onChange={(event) => change({ marking: event.currentTarget.value })}
        />
        {spec.template === 'family-summary' ? null : (
          <TextInput
            label={text.version}
            value={form.version ?? usualVersion}
            maxLength={20}
            onChange={(event) => change({ version: event.currentTarget.value })}
          />
        )}
      </div>
      {spec.template === 'evidence-summary' ? (
        <Checkbox
          label={text.onOnePage}
          checked={form.isOnePage}
          onChange={(event) => change({ isOnePage: event.currentTarget.checked })}
        />
      ) : null}
      {isOfPeriod ? (
        <Checkbox.Group
          label={text.sections}
          description={text.sectionsNote}
          value={[...form.sections]}
          onChange={(chosen) => change({ sections: chosen as AddedSection[] })}
        >
          <Group gap="lg" mt={6}>
            {addedSections.map((name) => (
              <Checkbox key={name} value={name} label={text.sectionNames[name]} />
            ))}
          </Group>
        </Checkbox.Group>
      ) : null}
    </ReportMaker>
  );
}
