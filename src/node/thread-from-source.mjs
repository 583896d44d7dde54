// The thread of a checkout: TypeScript, so its loader first. The package has thread.js.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
