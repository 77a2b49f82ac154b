import type { ComponentType } from 'react';
import { MatchingTab } from './matching/matching-tab.tsx';
import { NetworkTab } from './network/network-tab.tsx';
import { ServicesTab } from './services-tab.tsx';
import { text } from './text.ts';
import { UptakeTab } from './uptake-tab.tsx';

type SupportTab = { readonly name: string; readonly label: string; readonly Content: ComponentType };

/** In the order in which they stand; each asks for what it shows by itself. */
export const supportTabs: readonly [SupportTab, ...SupportTab[]] = [
  { name: 'uptake', label: text.tabs.uptake, Content: UptakeTab },
  { name: 'services', label: text.tabs.services, Content: ServicesTab },
  { name: 'network', label: text.tabs.network, Content: NetworkTab },
  { name: 'matching', label: text.tabs.matching, Content: MatchingTab },
];
