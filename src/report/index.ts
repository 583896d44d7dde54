export { explorer } from './explorer.ts';
export type { ExplorerOptions } from './explorer.ts';
export { explorerFactors } from './explorer-model.ts';
export type { Dragged, ExplorerPoint } from './explorer-point.ts';
export type { ExplorerScript } from './explorer-script.ts';
export { report } from './report.ts';
export type { ReportForecast, ReportOptions } from './report.ts';
export { reportEvidence } from './report-evidence.ts';
export type { EvidenceOptions, ReportEvidence } from './report-evidence.ts';
