import type { ActivityKind, Audience, AudienceGrouping } from './engagement.ts';

/** A share of 0 to 1 with its 95% interval. */
export type ShareWithLimits = { readonly share: number; readonly low: number; readonly high: number };

/** Every figure that is withheld is null, with `few` as its reason. */
export type Withheld = 'few' | null;

export type GroupReach = {
  readonly group: string;
  readonly invited: number | null;
  readonly responded: number | null;
  readonly rate: ShareWithLimits | null;
  /** Share of those who answered, and of the workforce in post on the last day. */
  readonly ofRespondents: number | null;
  readonly workforce: number | null;
  readonly ofWorkforce: number | null;
  /** The one share over the other; 1 is as the workforce is. */
  readonly ratio: { readonly estimate: number; readonly low: number; readonly high: number } | null;
  /** Standardised difference of the two shares. */
  readonly difference: number | null;
  readonly reason: Withheld;
};

export type Reach = {
  readonly by: AudienceGrouping;
  readonly groups: readonly GroupReach[];
  readonly withheldGroups: number;
};

/** The finest way to show answers in which nobody is few: five levels, three, or agreement and the rest. */
export type LikertGrain = 'levels' | 'thirds' | 'top';

export type ItemResult = {
  readonly item: string;
  readonly words: string;
  readonly grain: LikertGrain | null;
  /** People at each part of the grain, the lowest first; whoever left it out counts with the middle level. */
  readonly counts: readonly number[] | null;
  /** Level from 1 to 5, told beside all five levels only. */
  readonly median: number | null;
  /** Agreement: the two highest levels. */
  readonly top: ShareWithLimits | null;
  readonly reason: Withheld;
  readonly groups: readonly {
    readonly by: AudienceGrouping;
    readonly group: string;
    readonly people: number | null;
    readonly top: ShareWithLimits | null;
    readonly reason: Withheld;
  }[];
};

export type ThemeResult = {
  readonly theme: string;
  readonly title: string;
  readonly people: number | null;
  readonly share: ShareWithLimits | null;
  readonly reason: Withheld;
};

/** What the analysis `engagement` answers: counts and shares, never what one person said. */
export type EngagementResult = {
  readonly activity: string;
  readonly title: string;
  readonly kind: ActivityKind;
  readonly audience: Audience;
  readonly from: string;
  readonly to: string;
  readonly minimum: number;
  readonly response: {
    readonly invited: number | null;
    readonly responded: number | null;
    readonly rate: ShareWithLimits | null;
    readonly reason: Withheld;
  };
  readonly reach: readonly Reach[];
  readonly items: readonly ItemResult[];
  readonly themes: readonly ThemeResult[];
};
