export const root: string;
export function run(command: string, args: readonly string[], options?: object): string;
export function entryPoints(): { readonly both: readonly string[]; readonly esmOnly: readonly string[] };
export function packed(): {
  readonly work: string;
  readonly tarball: string;
  readonly consumer: string;
  readonly size: number;
  readonly unpackedSize: number;
};
