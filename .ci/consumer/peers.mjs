import { frontierChart } from 'tinbergen/plot';
import { startWorker } from 'tinbergen/cluster';
import { readParquet } from 'tinbergen/parquet';

const question = {
  shares: { industry: 0.5, services: 0.5 },
  growth: {},
  target: '10%',
  across: 'industry',
  up: 'services',
};
const svg = frontierChart({ question }).outerHTML;
const refused = await startWorker({ connection: 'redis://127.0.0.1:1' }).catch((error) => error.message);
const { issues } = await readParquet(new Uint8Array(12));
console.log(svg.slice(0, 4), refused.slice(0, 46), issues[0].code);
