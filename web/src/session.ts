// The server's token while this tab is open: who has one may decide and add; it is sent to this server alone.
import { useEffect, useState } from "preact/hooks";

const listeners = new Set<() => void>();

function kept(): string {
  try { return sessionStorage.getItem("token") ?? ""; } catch { return ""; }
}

let token = kept();

export const currentToken = (): string => token;

export function keepToken(given: string): void {
  token = given.trim();
  try {
    if (token) sessionStorage.setItem("token", token); else sessionStorage.removeItem("token");
  } catch { /* a browser that keeps nothing */ }
  for (const listener of listeners) listener();
}

export function useToken(): string {
  const [now, setNow] = useState(token);
  useEffect(() => {
    const listener = () => setNow(token);
    listeners.add(listener);
    return () => { listeners.delete(listener); };
  }, []);
  return now;
}

export const withToken = (): Record<string, string> => ({ Authorization: `Bearer ${token}` });
