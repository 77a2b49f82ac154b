import glossary from '#resources/glossary.json' with { type: 'json' };
import type { KeyFigure, ReportDocument, ReportSection, RichText } from '#shared/report/document.ts';
import { formatDate, formatNumber } from '#shared/report/format.ts';
import { termsUsed } from '#shared/report/terms-used.ts';
import { cited } from '../appendices/appendices.ts';
import { analysesSection, descriptionChecklist } from '../appendices/described-appendices.ts';
import { peopleAs } from '../counts-to-release.ts';
import { methodSection, provenanceSection, syntheticNote } from '../frame-sections.ts';
import type { UnitBriefingFacts } from './briefing-facts.ts';
import { chartOf, inTimeFinding, inTimeSection, kindsSection, unusualMonths } from './exposure-sections.ts';
import { absenceSection, supportSection, thisWeekSection } from './help-sections.ts';
import { absenceOfUnit, scheme, unitEvents } from './unit-counts.ts';

/** The briefing for the head of a unit; every count of it was judged. */
export function unitBriefing(briefing: UnitBriefingFacts): ReportDocument {
  const { spec, analyses } = briefing.facts;
  const counting = { spec: { ...spec, scheme } };
  const body = [
    shortSection(briefing),
    inTimeSection(briefing),
    kindsSection(briefing),
    absenceSection(briefing),
    supportSection(briefing),
    thisWeekSection(),
    methodSection(counting),
    provenanceSection(counting, analyses),
  ];
  const methods = analysesSection(analyses, body, {
    'exposure-period': 'kinds',
    'exposure-trend': 'in-time',
    absence: 'absence',
    'support-uptake': 'support',
  });
  const terms = termsUsed([...body, methods], glossary.terms);
  return {
    title: spec.title,
    subtitle: `${formatDate(spec.from)} to ${formatDate(spec.to)}`,
    marking: spec.marking,
    language: 'en-GB',
    dataTo: spec.to,
    version: spec.version,
    about: `For the head of ${spec.unit}: what work that can be traumatic the unit recorded, beside the force, what it cost in days, what support there is, and what can be done this week. It is written to help offer support. It is not a judgement of the unit or of anyone in it.`,
    sections: [
      ...body,
      methods,
      descriptionChecklist(body, { described: ['in-time', 'kinds', 'absence'], others: ['support'] }),
      { id: 'terms', heading: 'Terms', blocks: [{ kind: 'glossary', terms }] },
      { id: 'references', heading: 'References', blocks: [{ kind: 'references', items: cited }] },
    ],
  };
}

function shortSection(briefing: UnitBriefingFacts): ReportSection {
  return {
    id: 'summary',
    heading: 'In short',
    blocks: [
      ...(briefing.facts.synthetic ? [syntheticNote] : []),
      { kind: 'key-figures', figures: keyFigures(briefing) },
      { kind: 'list', ordered: false, items: findings(briefing) },
    ],
  };
}

function keyFigures({ facts, shown, isHealthTold }: UnitBriefingFacts): KeyFigure[] {
  const { spec } = facts;
  const { unit } = spec;
  const [people, everybody] = [peopleAs({ unit }, spec), peopleAs({}, spec)].map((as) => shown(as).value);
  const [events, all] = [unitEvents({ unit }, facts), unitEvents({}, facts)].map((as) => shown(as).value);
  const perPerson = (of: number | null | undefined, by: number | null | undefined): string | null =>
    of == null || by == null || by === 0 ? null : formatNumber(of / by, 1);
  const rate = isHealthTold ? (absenceOfUnit(facts)?.ratePercent ?? null) : null;
  const rateOfForce = isHealthTold ? (facts.absence.all?.ratePercent ?? null) : null;
  return [
    {
      value: people == null ? 'withheld' : formatNumber(people),
      label: 'people in post',
      note: `on ${formatDate(spec.to)}`,
    },
    {
      value: events == null ? 'withheld' : formatNumber(events),
      label: 'recorded exposures',
      note: 'in the period',
    },
    {
      value: perPerson(events, people) ?? 'withheld',
      label: 'exposures per person',
      note: `${perPerson(all, everybody) ?? 'not told'} in the whole force`,
    },
    {
      value: rate === null ? 'not told' : formatNumber(rate, 1),
      label: 'FTE days lost per 100',
      note: rateOfForce === null ? 'in the unit' : `${formatNumber(rateOfForce, 1)} in the whole force`,
    },
  ];
}

function findings({ facts, shown }: UnitBriefingFacts): RichText[] {
  const { spec, units, exposure } = facts;
  const own = chartOf(units.charts, spec.unit);
  const isTold = exposure.months.every((month) => shown(unitEvents({ unit: spec.unit, month }, facts)).value !== null);
  const unusual = isTold ? unusualMonths(facts) : [];
  return [
    ...(own === null ? [] : [`Exposure of the unit, month by month: ${lowerFirst(inTimeFinding(own, isTold))}.`]),
    ...(unusual.length === 0 ? [] : [`Outside what is usual for the unit: ${unusual.map(formatDate).join(', ')}.`]),
    'Units differ in their work and in how well they record it: a higher figure is no worse, and a lower one no better.',
    'What you can do this week is on the pages that follow, each step with what it rests on.',
  ];
}

function lowerFirst(words: string): string {
  return /^[A-Z][a-z]{2} \d{4}/.test(words) ? words : words.charAt(0).toLowerCase() + words.slice(1);
}
