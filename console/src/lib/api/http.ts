import type { Problem } from './types';

/** Why a call did not succeed, in the words of the server; or that the server could not be reached. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly problem: Problem,
    /** Seconds after which the server takes it again, where it said so. */
    readonly retryAfter?: number,
  ) {
    // The detail begins with the title where it says more than that.
    super(problem.detail.startsWith(`${problem.title}: `) ? problem.detail.slice(problem.title.length + 2) : problem.detail);
  }

  /** Whether the browser has no session any more. */
  get signedOut(): boolean {
    return this.problem.code === 'session-missing';
  }

  /** The name of the form's field that is wrong, where one is. */
  get field(): string | undefined {
    // Problems of a rule name the member in front of the colon and have no pointer.
    return this.problem.pointer?.slice(1) ?? /^(?:channel )?([a-zA-Z]+): /.exec(this.message)?.[1];
  }
}

/** What a page finds wrong with a field itself, as the server would say it. */
export function wrongField(name: string, detail: string): Refusal {
  const problem = { ...made('bad-request', 400, 'The form is not right', `${name}: ${detail}`), number: 40000, retry: 'no', pointer: `/${name}` } as const;
  return new Refusal(problem);
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A call of this very server; settles with the JSON it answers, or rejects with a {@link Refusal}. */
export async function call<T>(method: Method, path: string, body?: unknown, init: RequestInit = {}): Promise<T> {
  const headers = new Headers(init.headers);
  headers.set('accept', 'application/json, application/problem+json');
  if (body !== undefined) {
    headers.set('content-type', 'application/json');
  }
  const sent: RequestInit = { ...init, method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  let response: Response;
  try {
    response = await fetch(path, sent);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') {
      throw error;
    }
    throw new Refusal(made('unreachable', 0, 'The server cannot be reached', String(error)));
  }
  const answer = await json(response);
  if (response.ok) {
    return answer as T;
  }
  throw refused(response, answer);
}

async function json(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    if (response.ok) {
      throw new Refusal(made('not-understood', response.status, 'The answer is not understood', text.slice(0, 200)));
    }
    return undefined;
  }
}

function refused(response: Response, answer: unknown): Refusal {
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  const problem =
    typeof answer === 'object' && answer !== null && 'code' in answer && 'detail' in answer
      ? (answer as Problem)
      : made('not-understood', response.status, `The server answered with status ${response.status}`, '');
  return Number.isNaN(after) ? new Refusal(problem) : new Refusal(problem, after);
}

function made(code: string, status: number, title: string, detail: string): Problem {
  return { type: '', title, status, detail, code, number: 0, retry: 'later' };
}
