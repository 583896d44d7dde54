import type { Issue } from '../../src/index.ts';

/** What goes wrong, and the status that says so. A new kind is one row here; the page lists them. */
export const problems = {
  'not-json': { status: 400, title: 'The body is not JSON that can be read' },
  'not-found': { status: 404, title: 'There is nothing at this address' },
  'wrong-method': { status: 405, title: 'This address takes another method' },
  'too-large': { status: 413, title: 'The body is too large' },
  'wrong-media-type': { status: 415, title: 'The body is not application/json' },
  'not-valid': { status: 422, title: 'The request is JSON, and something in it is wrong' },
  'over-limit': { status: 422, title: 'The request asks for more than this service gives' },
  'not-possible': { status: 422, title: 'The request can be read and cannot be answered' },
  'client-left': { status: 499, title: 'The client left before the answer' },
  failed: { status: 500, title: 'The service failed' },
  overloaded: { status: 503, title: 'Too many requests are waiting' },
  stopping: { status: 503, title: 'The service is stopping' },
  'time-up': { status: 504, title: 'The request took too long and was stopped' },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

export type ProblemName = keyof typeof problems;

/** A problem document of RFC 9457, with the library's issues inside. */
export interface Problem {
  /** Where the kind of problem is described: a place on the service's own page. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  /** What is wrong with this request, and the way out. */
  readonly detail: string;
  /** Each mistake with its place in the body, what was expected and what was received. */
  readonly issues?: readonly Issue[];
}

export const problemType = 'application/problem+json';

/** A problem as a document; its detail is a sentence, or the first of some issues in words. */
export function problem(name: ProblemName, what: string | readonly Issue[]): Problem {
  const { status, title } = problems[name];
  const head = { type: `/#${name}`, title, status };
  if (typeof what === 'string') return { ...head, detail: what };
  const [first, ...rest] = what;
  const more = rest.length === 0 ? '' : ` (and ${rest.length} more, see issues)`;
  return { ...head, detail: first === undefined ? title : `${sentence(first)}${more}`, issues: what };
}

function sentence({ path, expected, received }: Issue): string {
  const place = path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : `${text}${text === '' ? '' : '.'}${key}`),
    '',
  );
  return `${place === '' ? 'the body' : place}: expected ${expected}, received ${received}`;
}
