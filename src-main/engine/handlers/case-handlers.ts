import {
  acknowledge,
  adoptScheme,
  askReview,
  decide,
  exportCase,
  openCase,
  previewAdoption,
  reopen,
  reveal,
  review,
  setDeputy,
  viewCase,
  waiting,
  worklist,
  worklistScheme,
} from '#main/services/cases/index.ts';
import { keepModel, modelList, stopModel, useModel } from '#main/services/early-warning/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** Cases, their worklist and the early warning. */
export const caseHandlers = {
  'cases.worklist': (context) => worklist(context),
  'cases.waiting': (context) => waiting(context),
  'cases.acknowledge': (context, input) => acknowledge(context, input),
  'cases.setDeputy': (context, input) => setDeputy(context, input),
  'cases.open': (context, input) => openCase(context, input),
  'cases.view': (context, input) => viewCase(context, input.case),
  'cases.decide': (context, input) => decide(context, input),
  'cases.reopen': (context, input) => reopen(context, input),
  'cases.askReview': (context, input) => askReview(context, input),
  'cases.review': (context, input) => review(context, input),
  'cases.reveal': (context, input) => reveal(context, input),
  'cases.export': (context, input) => exportCase(context, input),
  'worklistScheme.get': (context) => ok(worklistScheme(context)),
  'worklistScheme.preview': (context, { scheme }) => previewAdoption(context, scheme),
  'worklistScheme.adopt': (context, input) => adoptScheme(context, input),
  'earlyWarning.keep': (context, input) => keepModel(context, input),
  'earlyWarning.models': (context) => modelList(context),
  'earlyWarning.use': (context, input) => useModel(context, input),
  'earlyWarning.stop': (context, input) => stopModel(context, input),
} satisfies Partial<VaultHandlers>;
