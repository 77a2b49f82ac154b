import { runAnalysis } from '#main/services/analyses/index.ts';
import {
  codeRules,
  exportCodeRules,
  previewCodeRules,
  readCodeRules,
  saveCodeRules,
  unmappedCodes,
} from '#main/services/codes/index.ts';
import { heldInstruments } from '#main/services/instruments/index.ts';
import { batchNotes, dataQuality, saveNotes } from '#main/services/quality/index.ts';
import {
  approveScheme,
  draftScheme,
  exportScheme,
  readScheme,
  retireScheme,
  schemeList,
  schemeView,
  submitScheme,
  withdrawScheme,
} from '#main/services/schemes/index.ts';
import { setTarget, targetList, withdrawTarget } from '#main/services/targets/index.ts';
import { ok } from '#shared/domain/result.ts';
import type { VaultHandlers } from './handler-types.ts';

/** What words and weights mean: codes, schemes, instruments, targets, and what the data lack. */
export const definitionHandlers = {
  'instruments.held': (context) => heldInstruments(context),
  'quality.get': (context, input) => dataQuality(context, input),
  'quality.notes': (context, input) => batchNotes(context, input),
  'quality.saveNotes': (context, input) => saveNotes(context, input),
  'codes.rules': (context, { version }) => codeRules(context, version),
  'codes.unmapped': (context) => unmappedCodes(context),
  'codes.preview': (context, { document }) => previewCodeRules(context, document),
  'codes.save': (context, input) => saveCodeRules(context, input),
  'codes.export': (context, input) => exportCodeRules(context, input),
  'codes.read': (_context, { file }) => readCodeRules(file),
  'schemes.list': (context) => ok(schemeList(context)),
  'schemes.get': (context, { scheme, version }) => schemeView(context, scheme, version),
  'schemes.draft': (context, input) => draftScheme(context, input),
  'schemes.submit': (context, input) => submitScheme(context, input),
  'schemes.approve': (context, input) => approveScheme(context, input),
  'schemes.withdraw': (context, input) => withdrawScheme(context, input),
  'schemes.retire': (context, input) => retireScheme(context, input),
  'schemes.compare': (context, input) => runAnalysis(context, 'scheme-comparison', input),
  'schemes.export': (context, input) => exportScheme(context, input),
  'schemes.read': (_context, { file }) => readScheme(file),
  'targets.list': (context) => targetList(context),
  'targets.set': (context, input) => setTarget(context, input),
  'targets.withdraw': (context, input) => withdrawTarget(context, input),
} satisfies Partial<VaultHandlers>;
