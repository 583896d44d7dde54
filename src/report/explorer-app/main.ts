import { openPage } from './page.ts';
import { serveShards } from './worker.ts';

// The page and its workers run the same text: a worker has no document.
if (typeof document === 'undefined') serveShards();
else openPage();
