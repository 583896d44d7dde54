// The thread of a checkout: TypeScript, so its loader first. A build, or a Node that reads types, starts thread.* itself.
import { register } from 'tsx/esm/api';

register();
await import('./thread.ts');
