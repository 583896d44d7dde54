import type { Issue } from '../../src/index.ts';
import { problem } from './problem.ts';
import type { Problem, ProblemName } from './problem.ts';

/** An error that says what is wrong with a request, as the problem document to answer. */
type Refusal = Error & { readonly problem: Problem };

/** Stop answering: the request is at fault. */
export function refuse(name: ProblemName, detail: string, issues?: readonly Issue[]): never {
  throw Object.assign(new Error(detail), { problem: problem(name, detail, issues) });
}

/**
 * What was thrown while answering, as a problem document. The library's mistakes name the call, the problem and the way
 * out, and are the caller's to mend; anything else is the service's own fault and tells the caller nothing of its inside.
 */
export function problemOf(error: unknown): Problem {
  if (error instanceof Error && 'problem' in error) return (error as Refusal).problem;
  const message = error instanceof Error ? error.message : String(error);
  const mistake = /^([\p{L}\w]+): (.*); (.*?)$/su.exec(message);
  if (!(error instanceof RangeError) || mistake === null)
    return problem('failed', 'nothing was computed; the log of the service says more');
  const [, call, received, expected] = mistake;
  return problem('not-possible', message, [
    { code: 'not-read', path: [call!], expected: expected!, received: received! },
  ]);
}
