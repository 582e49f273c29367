// The service holds the exact numbers and makes every decision; the page asks and shows.
import type { Problem, Session } from './types';

export class Refused extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }
}

let csrf = '';

export async function session(): Promise<Session> {
  const said = await get<Session>('/session');
  csrf = said.csrf;
  return said;
}

export const get = <T>(path: string) => ask<T>('GET', path);

export const post = <T>(path: string, body: object = {}, key: string | null = null) => ask<T>('POST', path, body, key);

export const cancel = (path: string) => ask<unknown>('DELETE', path);

export const put = <T>(path: string, body: object, key: string) => ask<T>('PUT', path, body, key);

export const leave = () => ask<unknown>('DELETE', '/session');

/** New for each act, made when its sheet is opened: a second press cannot act twice. */
export const newKey = () => crypto.randomUUID();

export const at = (...parts: string[]) => '/' + parts.map(encodeURIComponent).join('/');

async function ask<T>(method: string, path: string, body?: object, key: string | null = null): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (method !== 'GET') headers['X-CSRF-Token'] = csrf;
  if (body) headers['Content-Type'] = 'application/json';
  if (key) headers['Idempotency-Key'] = key;
  const response = await fetch('/api/v1' + path, { method, headers, credentials: 'same-origin', signal: AbortSignal.timeout(20_000), ...(body ? { body: JSON.stringify(body) } : {}) });
  const said = await response.json();
  if (!response.ok) throw new Refused(said as Problem);
  return said as T;
}
