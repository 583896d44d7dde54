import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { limitsFrom } from '../../examples/http-service/limits.ts';
import { openApi } from '../../examples/http-service/openapi.ts';
import { page } from '../../examples/http-service/page.ts';
import { problems } from '../../examples/http-service/problem.ts';
import { requestsWithin } from '../../examples/http-service/requests.ts';
import { planSchema } from '../../src/index.ts';

const limits = limitsFrom({ MAX_DRAWS: '12345' });
const api = openApi(limits);
const text = JSON.stringify(api);
const addresses = ['/read', '/check', '/project', '/scenarios', '/simulate', '/forecast', '/assess'];

describe('the OpenAPI document', () => {
  it('describes every address', () => {
    expect(Object.keys(api.paths)).toEqual([...addresses, '/healthz', '/openapi.json', '/']);
    for (const address of addresses) {
      const { post } = api.paths[address]!;
      expect(post!.summary.length).toBeGreaterThan(20);
      expect(Object.keys(post!.responses)).toEqual(['200', '400', '413', '415', '422', '500', '503', '504']);
      for (const [status, { content }] of Object.entries(post!.responses))
        expect(Object.keys(content!)).toEqual([
          status === '200' ? 'application/json' : 'application/problem+json',
        ]);
    }
  });

  it('refers only to what it has, and has nothing that it does not refer to', () => {
    const referred = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, ref]) => ref!));
    const names = Object.keys(api.components.schemas).map((name) => `#/components/schemas/${name}`);
    expect([...referred].toSorted()).toEqual(names.toSorted());
    expect(text).not.toContain('$defs');
  });

  it('has the plan that checks plan files', () => {
    const { $id: _, $schema: __, ...schema } = planSchema() as Record<string, unknown>;
    expect(api.components.schemas['Plan']).toMatchObject(schema);
  });

  it('says the limits in force', () => {
    expect(text).toContain('"maximum":12345');
  });

  it('has examples that its own schemas accept', () => {
    const requests = requestsWithin(limits) as Record<string, Record<string, z.ZodType>>;
    for (const address of addresses) {
      const { example } = api.paths[address]!.post!.requestBody!.content['application/json']!;
      const field = Object.keys(requests[address]!).find((name) => name in (example as object))!;
      expect(requests[address]![field]!.safeParse(example).success).toBe(true);
    }
  });
});

describe('the page', () => {
  const html = page(api, limits, 'http://127.0.0.1:8080');

  it('needs nothing from anywhere', () => {
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(/i);
    expect(html.match(/(?:src|href)="(?!#|\/openapi\.json")/g)).toBeNull();
  });

  it('shows every address, limit and problem', () => {
    for (const path of Object.keys(api.paths)) expect(html).toContain(`${path}</code></h2>`);
    for (const name of Object.keys(problems)) expect(html).toContain(`id="${name}"`);
    expect(html).toContain('<td>draws of a simulation</td><td>12345</td><td>MAX_DRAWS</td>');
  });

  it('has a place for each of its links, and each place once', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, to] of html.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(to);
  });

  it('shows bodies as they are sent', () => {
    const [, body] = /curl --json &#39;|curl --json '(.*?)' http/s.exec(html)!;
    const plain = body!
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&amp;', '&');
    expect(JSON.parse(plain)).toEqual(
      api.paths['/read']!.post!.requestBody!.content['application/json']!.example,
    );
  });
});
