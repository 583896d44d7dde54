import * as z from 'zod';
import { planSchema } from '../../src/index.ts';
import { exampleOf, summaries } from './examples.ts';
import type { Limits } from './limits.ts';
import { problemType, problems } from './problem.ts';
import { requestsWithin } from './requests.ts';
import type { Address } from './requests.ts';
import { health, responses } from './responses.ts';
import { problemDocument } from './schemas.ts';

/** The parts of an OpenAPI document that this service has. */
export interface OpenApi {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Partial<Record<'get' | 'post', Operation>>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly requestBody?: { readonly required: true; readonly content: Readonly<Record<string, Content>> };
  readonly responses: Readonly<Record<string, Reply>>;
}

export interface Reply {
  readonly description: string;
  readonly content?: Readonly<Record<string, Content>>;
}

export interface Content {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The service described, from the same schemas that check its requests. */
export function openApi(limits: Limits): OpenApi {
  const requests = requestsWithin(limits);
  const addresses = Object.keys(requests) as Address[];
  const { schemas, refs } = schemasOf({
    ...fieldsOf(requests, 'request'),
    ...fieldsOf(responses, 'response'),
    health,
    problem: problemDocument,
  });
  const problemReply = (description: string): Reply => ({
    description,
    content: { [problemType]: { schema: refs['problem']! } },
  });
  const post = (address: Address): Operation => ({
    operationId: address.slice(1),
    summary: summaries[address],
    requestBody: {
      required: true,
      content: {
        'application/json': {
          schema: oneOf(Object.keys(requests[address]).map((field) => refs[`request ${address} ${field}`]!)),
          example: exampleOf[address],
        },
      },
    },
    responses: {
      200: {
        description: 'The answer.',
        content: {
          'application/json': {
            schema: oneOf(
              Object.keys(responses[address]).map((field) => refs[`response ${address} ${field}`]!),
            ),
          },
        },
      },
      ...Object.fromEntries(
        statuses([400, 413, 415, 422, 500, 503, 504]).map(([status, text]) => [status, problemReply(text)]),
      ),
    },
  });
  const get = (operationId: string, summary: string, type: string, schema: JsonSchema): Operation => ({
    operationId,
    summary,
    responses: { 200: { description: summary, content: { [type]: { schema } } } },
  });
  return {
    openapi: '3.1.0',
    info: {
      title: 'tinbergen',
      version: '1.0.0',
      description:
        'Growth targets of economic plans: read, checked, projected, simulated, forecast and assessed. Values are those of the library: a rate is a ratio (0.12), null stands where there is no number.',
    },
    paths: {
      ...Object.fromEntries(addresses.map((address) => [address, { post: post(address) }])),
      '/healthz': {
        get: get('healthz', 'Whether the service takes requests.', 'application/json', refs['health']!),
      },
      '/openapi.json': { get: get('openapi', 'This document.', 'application/json', { type: 'object' }) },
      '/': { get: get('page', 'This document as a page.', 'text/html', { type: 'string' }) },
    },
    components: { schemas },
  };
}

/** Schemas by 'request /read text' and so on. */
function fieldsOf(
  table: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>>,
  side: string,
): Record<string, z.ZodType> {
  return Object.fromEntries(
    Object.entries(table).flatMap(([address, fields]) =>
      Object.entries(fields).map(([field, schema]) => [`${side} ${address} ${field}`, schema]),
    ),
  );
}

/** Named schemas once, and for each of the given ones what stands in its place: a reference, or a schema without a name. */
function schemasOf(given: Record<string, z.ZodType>): {
  readonly schemas: Record<string, JsonSchema>;
  readonly refs: Record<string, JsonSchema>;
} {
  const made = z.toJSONSchema(z.object(given), { io: 'input' });
  const text = JSON.stringify(made).replaceAll('"#/$defs/', '"#/components/schemas/');
  const { properties, $defs } = JSON.parse(text) as {
    properties: Record<string, JsonSchema>;
    $defs: Record<string, JsonSchema>;
  };
  const { $id: _, $schema: __, ...ofPlan } = planSchema() as JsonSchema;
  return { schemas: { ...$defs, Plan: { ...$defs['Plan'], ...ofPlan } }, refs: properties };
}

function oneOf(schemas: readonly JsonSchema[]): JsonSchema {
  return schemas.length === 1 ? schemas[0]! : { oneOf: schemas };
}

/** Each status with the titles of its problems. */
function statuses(wanted: readonly number[]): [number, string][] {
  return wanted.map((status) => {
    const titles = Object.values(problems).flatMap((row) => (row.status === status ? [row.title] : []));
    return [status, `${titles.join('; ')}.`];
  });
}
