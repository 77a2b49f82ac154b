import type { ComponentType } from 'react';
import type { ReviewView } from '#shared/contract/review-shapes.ts';
import { AgreementTab } from './agreement/agreement-tab.tsx';
import { DuplicatesTab } from './duplicates/duplicates-tab.tsx';
import { FindingsTab } from './findings/findings-tab.tsx';
import { FlowTab } from './flow/flow-tab.tsx';
import { FullTextTab } from './full-text/full-text-tab.tsx';
import { GuidanceTab } from './guidance/guidance-tab.tsx';
import { ProtocolTab } from './protocol/protocol-tab.tsx';
import { ScreeningTab } from './screening/screening-tab.tsx';
import { SearchTab } from './search/search-tab.tsx';
import { StudiesTab } from './studies/studies-tab.tsx';
import { text } from './text.ts';

type ReviewTab = {
  readonly name: string;
  readonly label: string;
  readonly Content: ComponentType<{ readonly view: ReviewView }>;
};

/** In the order in which a review comes to them. */
export const reviewTabs: readonly [ReviewTab, ...ReviewTab[]] = [
  { name: 'protocol', label: text.tabs.protocol, Content: ProtocolTab },
  { name: 'search', label: text.tabs.search, Content: SearchTab },
  { name: 'duplicates', label: text.tabs.duplicates, Content: DuplicatesTab },
  { name: 'screening', label: text.tabs.screening, Content: ScreeningTab },
  { name: 'full-text', label: text.tabs.fullText, Content: FullTextTab },
  { name: 'agreement', label: text.tabs.agreement, Content: AgreementTab },
  { name: 'studies', label: text.tabs.studies, Content: StudiesTab },
  { name: 'findings', label: text.tabs.findings, Content: FindingsTab },
  { name: 'guidance', label: text.tabs.guidance, Content: GuidanceTab },
  { name: 'flow', label: text.tabs.flow, Content: FlowTab },
];
