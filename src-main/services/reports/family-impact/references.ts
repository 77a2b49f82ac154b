import strobe from '#resources/reporting-guidelines/strobe.json' with { type: 'json' };
import type { Citation } from '#shared/report/appendix-blocks.ts';

/** What the report on families rests on, in the order of the alphabet. */
export const familyReferences: readonly Citation[] = [
  {
    text: 'Cinelli C, Hazlett C (2020). Making sense of sensitivity: extending omitted variable bias. Journal of the Royal Statistical Society, Series B 82(1): 39–67.',
    doi: '10.1111/rssb.12348',
  },
  {
    text: 'Cook WL, Kenny DA (2005). The actor–partner interdependence model: a model of bidirectional effects in developmental studies. International Journal of Behavioral Development 29(2): 101–109.',
    doi: '10.1080/01650250444000405',
  },
  {
    text: 'Griffin JD, Sun IY (2018). Do work–family conflict and resiliency mediate police stress and burnout: a study of state police officers. American Journal of Criminal Justice 43: 354–370.',
    doi: '10.1007/s12103-017-9401-y',
  },
  {
    text: 'Hall GB, Dollard MF, Tuckey MR and others (2010). Job demands, work–family conflict, and emotional exhaustion in police officers: a longitudinal test of competing theories. Journal of Occupational and Organizational Psychology 83: 237–250.',
    doi: null,
  },
  {
    text: 'Kenny DA, Ledermann T (2010). Detecting, measuring, and testing dyadic patterns in the actor–partner interdependence model. Journal of Family Psychology 24(3): 359–366.',
    doi: null,
  },
  {
    text: 'Ledermann T, Macho S, Kenny DA (2011). Assessing mediation in dyadic data using the actor–partner interdependence model. Structural Equation Modeling 18(4): 595–612.',
    doi: null,
  },
  {
    text: 'Sharp ML, Solomon N, Harrison V and others (2022). The mental health and wellbeing of spouses, partners and children of emergency responders: a systematic review. PLoS ONE 17(6): e0269659.',
    doi: '10.1371/journal.pone.0269659',
  },
  strobe.citation,
];
