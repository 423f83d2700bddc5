import type { FieldFault, Problem } from '#contracts';

/** What went wrong with a call, in the API's own words. `status` 0: there was no answer at all. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem';
  readonly status: number;
  readonly code: string;
  readonly fieldFaults: readonly FieldFault[];

  constructor(problem: Pick<Problem, 'status' | 'code' | 'detail' | 'errors'>) {
    super(problem.detail);
    this.status = problem.status;
    this.code = problem.code;
    this.fieldFaults = problem.errors ?? [];
  }

  /** The sentence for one field of a form, if that field is at fault. */
  faultOf(field: string): string | undefined {
    return this.fieldFaults.find((fault) => fault.field === field)?.message;
  }
}

/** Any thrown value as a problem, so that forms have one kind of failure to show. */
export function problemFrom(thrown: unknown): ApiProblem {
  if (thrown instanceof ApiProblem) return thrown;
  return new ApiProblem({
    status: 0,
    code: 'UNREACHABLE',
    detail: 'Forkcast does not answer. Check that it is running, then try again.',
  });
}

/** An error answer, read as problem details where it holds them. */
export async function problemOf(response: Response): Promise<ApiProblem> {
  const body = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return new ApiProblem({
    status: response.status,
    code: body?.code ?? 'UNEXPECTED_ANSWER',
    detail: body?.detail ?? body?.title ?? `Forkcast answered with status ${response.status}.`,
    ...(body?.errors === undefined ? {} : { errors: body.errors }),
  });
}
