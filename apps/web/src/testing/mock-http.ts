import type { Problem } from '@barometer/http-api/contract';

export interface MockAnswer {
  readonly status: number;
  readonly body?: unknown;
  /** Sent instead of JSON. */
  readonly html?: string;
}

export interface MockRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

export const problem = (status: number, title: string, path: string, errors?: Problem['errors']): MockAnswer => ({
  status,
  body: { type: `/api/v1/docs#problem-${status}`, title, status, detail: title, instance: path, ...(errors && { errors }) } satisfies Problem,
});
