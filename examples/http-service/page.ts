import { limitRows } from './limits.ts';
import type { Limits } from './limits.ts';
import type { Content, JsonSchema, OpenApi, Operation } from './openapi.ts';
import { problems } from './problem.ts';

/**
 * The OpenAPI document as a page that needs nothing else: no script, no font, no request.
 *
 * @param origin where the service is reached, for commands to copy
 */
export function page(api: OpenApi, limits: Limits, origin: string): string {
  const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) =>
      operationPart(path, method.toUpperCase(), operation, origin),
    ),
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(api.info.title)}: HTTP API</title>
<style>${style}</style>
</head>
<body>
<h1>${escape(api.info.title)}</h1>
<p>${escape(api.info.description)} The same as data: <a href="/openapi.json">openapi.json</a>.</p>
<nav>${Object.keys(api.paths)
    .map((path) => `<a href="#${idOf(path)}">${escape(path)}</a>`)
    .join(' ')}</nav>
${operations.join('\n')}
<h2 id="limits">Limits</h2>
<p>What one request may ask for. Whoever runs the service sets them by environment variables.</p>
${tableOf(
  ['limit', 'now', 'variable'],
  limitRows.map(({ name, says, from }) => [says, String(limits[name]), from]),
)}
<h2 id="problems">Problems</h2>
<p>Errors are problem documents (RFC 9457, <code>application/problem+json</code>); <code>issues</code> names the place of
each mistake in the body, what was expected and what was received.</p>
<dl>${Object.entries(problems)
    .map(
      ([name, { status, title }]) =>
        `<dt id="${name}"><code>${name}</code> (${status})</dt><dd>${escape(title)}.</dd>`,
    )
    .join('\n')}</dl>
<h2 id="schemas">Schemas</h2>
${Object.entries(api.components.schemas).map(schemaPart).join('\n')}
</body>
</html>
`;
}

function operationPart(path: string, method: string, operation: Operation, origin: string): string {
  const body = operation.requestBody?.content['application/json'];
  const reply = Object.entries(operation.responses['200']?.content ?? {});
  return `<section id="${idOf(path)}">
<h2><code>${method} ${escape(path)}</code></h2>
<p>${escape(operation.summary)}</p>
${body === undefined ? '' : requestPart(`${origin}${path}`, body)}
<p>Answers ${reply.map(([type, { schema }]) => `${escape(type)}: ${schemaText(schema)}`).join(', ')}.</p>
</section>`;
}

function requestPart(url: string, { schema, example }: Content): string {
  const json = JSON.stringify(example);
  return `<p>Takes application/json: ${schemaText(schema)}. For example</p>
<pre>curl --json ${escape(`'${json.replaceAll("'", "'\\''")}'`)} ${escape(url)}</pre>`;
}

function schemaPart([name, schema]: readonly [string, JsonSchema]): string {
  const { description = '', ...rest } = schema;
  // The place is inside, so that a link to it opens what is closed.
  return `<details><summary><code>${escape(name)}</code> ${escape(String(description))}</summary>
<div id="schema-${escape(name)}">${fieldsPart(rest)}<pre>${linked(escape(JSON.stringify(rest, null, 2)))}</pre></div></details>`;
}

/** The fields of an object, where the schema is one. */
function fieldsPart({ properties, required = [] }: JsonSchema): string {
  if (typeof properties !== 'object' || properties === null) return '';
  const rows = Object.entries(properties as Record<string, JsonSchema>).map(([field, schema]) => {
    const needed = (required as readonly string[]).includes(field) ? ' (required)' : '';
    const says = typeof schema['description'] === 'string' ? escape(schema['description']) : '';
    return `<tr><td><code>${escape(field)}</code></td><td>${schemaText(schema)}${needed}</td><td>${says}</td></tr>`;
  });
  return `<table><tr><th>field</th><th>is</th><th></th></tr>${rows.join('')}</table>`;
}

/** A schema in a few words, with links to the named ones; already escaped. */
function schemaText(schema: JsonSchema): string {
  const {
    $ref,
    type,
    items,
    oneOf,
    anyOf,
    enum: values,
    const: value,
    additionalProperties,
    maximum,
  } = schema;
  if (typeof $ref === 'string') {
    const name = $ref.slice($ref.lastIndexOf('/') + 1);
    return `<a href="#schema-${escape(name)}">${escape(name)}</a>`;
  }
  const options = (oneOf ?? anyOf) as readonly JsonSchema[] | undefined;
  if (options !== undefined) return options.map(schemaText).join(' or ');
  if (value !== undefined) return `<code>${escape(JSON.stringify(value))}</code>`;
  if (Array.isArray(values))
    return values.map((v) => `<code>${escape(JSON.stringify(v))}</code>`).join(' or ');
  if (type === 'array')
    return items === undefined || items === false ? 'list' : `list of ${schemaText(items as JsonSchema)}`;
  if (type === 'object' && typeof additionalProperties === 'object' && additionalProperties !== null)
    return `${schemaText(additionalProperties as JsonSchema)} by name`;
  const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? `, at most ${maximum}` : '';
  return `${escape(typesText(type))}${most}`;
}

function typesText(type: unknown): string {
  if (Array.isArray(type)) return type.map(String).join(' or ');
  return typeof type === 'string' ? type : 'any value';
}

function linked(html: string): string {
  return html.replaceAll(/#\/components\/schemas\/(\w+)/g, '<a href="#schema-$1">$&</a>');
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const cells = (tag: string, row: readonly string[]): string =>
    row.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join('');
  return `<table><tr>${cells('th', head)}</tr>${rows.map((row) => `<tr>${cells('td', row)}</tr>`).join('')}</table>`;
}

function idOf(path: string): string {
  return path === '/' ? 'page' : path.slice(1);
}

export function escape(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
body { max-width: 56rem; margin: 2rem auto; padding: 0 1rem; }
pre { overflow-x: auto; padding: .75rem; border: 1px solid #8886; border-radius: .25rem; font-size: .85rem; white-space: pre-wrap; overflow-wrap: anywhere; }
table { border-collapse: collapse; } td, th { text-align: left; padding: .2rem .8rem .2rem 0; vertical-align: top; }
nav a { margin-right: .8rem; } section { border-top: 1px solid #8886; margin-top: 1.5rem; }
details { margin: .3rem 0; } summary { cursor: pointer; } dt { margin-top: .4rem; }
:target { background: #ffd54a33; }
`;
