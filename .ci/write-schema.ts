import { mkdirSync, writeFileSync } from 'node:fs';
import { planSchema } from '../src/data/plan-file.ts';

// The JSON Schema of plan files is made from the one that checks them, so the two cannot differ.
mkdirSync('dist', { recursive: true });
writeFileSync('dist/plan.schema.json', `${JSON.stringify(planSchema(), null, 2)}\n`);
