// The processor of a checkout: TypeScript, so its loader first. The package has processor.js.
import { register } from 'tsx/esm/api';

register();
export default (await import('./processor.ts')).default;
