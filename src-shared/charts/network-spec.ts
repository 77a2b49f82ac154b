/** A network of help: areas from which people ask, the bases where they found somebody, and the volunteers of each base. */
export type NetworkSpec = {
  readonly kind: 'network';
  /** Top to bottom, at the left. */
  readonly areas: readonly NetworkPlace[];
  /** Top to bottom, at the right. */
  readonly bases: readonly NetworkBase[];
  readonly links: readonly NetworkLink[];
  /** The place whose lines stand out; null where none does. */
  readonly focus: { readonly side: 'area' | 'base'; readonly name: string } | null;
};

export type NetworkPlace = {
  readonly name: string;
  /** What is known of it, below its name. */
  readonly words: string;
};

export type NetworkBase = NetworkPlace & {
  /** Stands for no place: those who asked and have met nobody. */
  readonly isNowhere: boolean;
  /** In the order in which they are set, row by row. */
  readonly volunteers: readonly NetworkVolunteer[];
};

export type NetworkVolunteer = {
  readonly id: string;
  readonly inUse: number;
  /** `over` carries more people than they have places for; `away` takes nobody new on. */
  readonly state: 'ready' | 'over' | 'away';
  /** What stands beside it when it is pointed at. */
  readonly words: string;
};

export type NetworkLink = {
  readonly area: string;
  readonly base: string;
  /** Null where withheld. */
  readonly people: number | null;
  readonly words: string;
};
