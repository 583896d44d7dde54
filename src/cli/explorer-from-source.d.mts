import type { ExplorerScript } from '../report/explorer-script.ts';

export function bundleExplorer(): Promise<ExplorerScript>;
