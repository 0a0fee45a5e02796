// Asks the HTTP interface: a path in, its JSON or a Problem out; a component learns whether it is slow or failed, too.
import { useCallback, useEffect, useState } from "preact/hooks";

export type Parameters = Record<string, string | number | boolean | readonly string[] | null | undefined>;

export interface Request { method?: string; body?: BodyInit; headers?: Record<string, string>; signal?: AbortSignal }

// Why there is no answer, in the server's own words where it had any.
export class Problem extends Error {
  constructor(readonly status: number, readonly kind: string, detail: string) { super(detail); }
}

// An id may hold slashes and percent signs of its own: each part is escaped, the slashes stay.
export const inPath = (id: string): string => id.split("/").map(encodeURIComponent).join("/");

export function addressOf(path: string, parameters: Parameters = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else if (value !== null && value !== undefined && value !== "") query.set(name, String(value));
  }
  return query.size ? `${path}?${query}` : path;
}

export async function ask<Answer>(path: string, parameters: Parameters = {}, request: Request = {}): Promise<Answer> {
  const { headers, ...rest } = request;
  let answer: Response;
  try {
    answer = await fetch(addressOf(path, parameters), { ...rest, headers: { Accept: "application/json", ...headers } });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(0, "unreachable", error instanceof Error ? error.message : String(error));
  }
  const body = (await answer.json().catch(() => null)) as { type?: string; detail?: string } | null;
  if (!answer.ok || body === null) {
    const kind = body?.type?.split(":").at(-1) ?? "unreadable";
    throw new Problem(answer.status, kind, body?.detail ?? answer.statusText);
  }
  return body as Answer;
}

export interface Asked<Answer> {
  data: Answer | null;
  error: Problem | null;
  busy: boolean;
  slow: boolean; // longer than a reader waits without wondering
  again: () => void;
}

const SLOW_AFTER = 1200;

// The answer of a path, asked anew when the path or a parameter changes; null as path asks nothing. What was answered
// before stays until the new answer is there, so that nothing flickers.
export function useAnswer<Answer>(path: string | null, parameters: Parameters = {}): Asked<Answer> {
  const address = path === null ? null : addressOf(path, parameters);
  const [state, setState] = useState<Omit<Asked<Answer>, "again"> & { address: string | null }>({
    data: null, error: null, busy: path !== null, slow: false, address: null,
  });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (address === null) return undefined;
    const control = new AbortController();
    setState((before) => ({ ...before, error: null, busy: true, slow: false }));
    const timer = setTimeout(() => setState((before) => ({ ...before, slow: true })), SLOW_AFTER);
    ask<Answer>(address, {}, { signal: control.signal }).then(
      (data) => setState({ data, error: null, busy: false, slow: false, address }),
      (error: unknown) => {
        if (control.signal.aborted) return;
        const problem = error instanceof Problem ? error : new Problem(0, "unreadable", String(error));
        setState((before) => ({ ...before, error: problem, busy: false, slow: false }));
      },
    ).finally(() => clearTimeout(timer));
    return () => { control.abort(); clearTimeout(timer); };
  }, [address, turn]);
  const again = useCallback(() => setTurn((before) => before + 1), []);
  if (address === null) return { data: null, error: null, busy: false, slow: false, again };
  return { ...state, again };
}
