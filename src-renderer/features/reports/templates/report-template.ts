import type { ComponentType, ReactNode } from 'react';
import type { ReportSpec } from '#shared/contract/report-spec.ts';

/** What a report says of itself, whatever it is about. */
export type ReportHead = { readonly title: string; readonly marking: string; readonly version: string };

/** What is usual for a report; shown before anything is typed. */
export type UsualReport = {
  readonly template: ReportSpec['template'];
  readonly label: string;
  readonly note: string;
  readonly marking: string;
  readonly longestTitle: number;
  /** False for a sheet to hand out, which has no editions. */
  readonly hasVersion: boolean;
};

export type TemplateFormProps = {
  /** The field with which another report is chosen. */
  readonly choose: ReactNode;
  /** Last day of the data, ISO. */
  readonly latestDay: string;
};

/** A report that can be built here: what is usual for it, and the form that asks for the rest. */
export type ReportTemplate = UsualReport & { readonly Form: ComponentType<TemplateFormProps> };
