import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Address } from '../../examples/http-service/requests.ts';
import { askWithin } from './support.ts';

const folder = new URL('../../examples/http-service/', import.meta.url);
const readme = readFileSync(new URL('README.md', folder), 'utf8');

describe('the README of the service', () => {
  it('names each of its files', () => {
    for (const file of readdirSync(folder).filter((name) => /\.ts$|Dockerfile/.test(name)))
      expect(readme, file).toContain(`\`${file}\``);
    for (const [, file] of readme.matchAll(/`(\w+\.ts)`/g)) expect(readdirSync(folder), file).toContain(file);
  });

  it('has commands whose bodies are answered', () => {
    const commands = [...readme.matchAll(/curl --json '(\{.*?\})'[^/]*http:\/\/127\.0\.0\.1:8080(\/\w+)/gs)];
    expect(commands).toHaveLength(2);
    for (const [, body, address] of commands) {
      const asked = askWithin()(address as Address, body!);
      expect(asked.status, asked.text).toBe(200);
    }
  });

  it('is where the list of examples and the README of the library lead', () => {
    const above = (path: string): string => readFileSync(new URL(path, folder), 'utf8');
    expect(above('../README.md')).toContain('`http-service/`');
    expect(above('../../README.md')).toContain('examples/http-service/README.md');
  });
});
