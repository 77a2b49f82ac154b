import type { ReportFormat } from '#shared/contract/reports.ts';
import type { ReportDocument } from '#shared/report/document.ts';

export type WritingRequest = { readonly format: ReportFormat; readonly document: ReportDocument };

/** The bytes lie in a buffer of their own, which is moved and not copied. */
export type WritingMessage = { readonly type: 'written'; readonly bytes: Uint8Array<ArrayBuffer> };
