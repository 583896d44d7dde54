#!/usr/bin/env node
import { readFileSync } from 'node:fs';
import { run } from './program.ts';

// A reader such as head may leave before the end; a full disk is said.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE' && stream === process.stdout)
      process.stderr.write(`tinbergen: standard output: cannot be written: ${error.message}\n`);
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });

process.exitCode = await run(process.argv.slice(2), {
  read: () => readFileSync(0),
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  outIsTerminal: process.stdout.isTTY,
  errIsTerminal: process.stderr.isTTY,
  env: process.env,
});
