/** The script of the explorer's page, bundled, and its SHA-256 in base64, by which alone the page lets it run. */
export interface ExplorerScript {
  readonly code: string;
  readonly hash: string;
}

/** The package's build puts the bundle here. A checkout has none and bundles it when asked (`explorer-from-source.mjs`). */
export const builtScript: ExplorerScript | undefined = undefined;
