import type { Issue } from '../../src/index.ts';
import { problem } from './problem.ts';
import type { Problem, ProblemName } from './problem.ts';

/** An error that says what is wrong with a request, as the problem document to answer. */
type Refusal = Error & { readonly problem: Problem };

/** Stop answering: the request is at fault. */
export function refuse(name: ProblemName, issues: readonly Issue[]): never {
  const document = problem(name, issues);
  throw Object.assign(new Error(document.detail), { problem: document });
}

/**
 * What was thrown while answering, as a problem document. The library's mistakes name the call, the problem and the way
 * out, and are the caller's to mend; anything else is the service's own fault and tells the caller nothing of its inside.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'problem' in error) return (error as Refusal).problem;
  const mistake = error instanceof RangeError ? /^[\p{L}\w]+: (.*); (.*?)$/su.exec(error.message) : null;
  if (mistake === null) return problem('failed', 'nothing was computed; the log of the service says more');
  const [detail, received, expected] = mistake;
  const issue: Issue = { code: 'not-read', path: [], expected: expected!, received: received! };
  return { ...problem('not-possible', detail), issues: [issue] };
}
