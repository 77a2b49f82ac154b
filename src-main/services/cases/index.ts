export { adoptScheme, previewAdoption, worklistScheme } from './adopt-scheme.ts';
export { viewCase } from './case-view.ts';
export { askReview, decide, reopen, review } from './decide.ts';
export { exportCase } from './export.ts';
export { openCase } from './open-case.ts';
export { acknowledge, reveal, setDeputy } from './reveal.ts';
export { caseSummary } from './summary/case-summary.ts';
export { recordCaseRead, recordCaseSummary, summaryWasMade } from './summary/summaries-made.ts';
export { waiting, worklist } from './worklist.ts';
