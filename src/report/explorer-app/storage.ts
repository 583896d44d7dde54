import type { ExplorerData } from '../explorer-model.ts';
import { readScenarios, scenarioJson } from '../explorer-scenario.ts';
import type { ExplorerScenario } from '../explorer-scenario.ts';

/** What is kept in the browser between visits, by plan. */
export interface Storage_ {
  read(): readonly ExplorerScenario[];
  /** @returns whether the browser keeps it */
  write(kept: readonly ExplorerScenario[]): boolean;
}

/** The browser's storage for this plan; where it is denied nothing is read, and writing says so. */
export function openStorage(data: ExplorerData): Storage_ {
  const key = `tinbergen explorer: ${data.plan.name} ${data.plan.span.join('-')}`;
  return {
    read() {
      try {
        const text = localStorage.getItem(key);
        return text === null ? [] : readScenarios(text, data).scenarios;
      } catch {
        return [];
      }
    },
    write(kept) {
      try {
        localStorage.setItem(key, JSON.stringify(kept.map((one) => scenarioJson(data, one))));
        return true;
      } catch {
        return false;
      }
    },
  };
}
