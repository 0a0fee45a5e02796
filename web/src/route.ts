// Which view an address means. Every view is an address of its own: /?actor=Q212, /?q=NAME, /?view=paths&from=…&to=….
import { useEffect, useState } from "preact/hooks";
import { say } from "./common.words";
import { useLanguage } from "./language";

export type Values = Record<string, string | readonly string[] | null | undefined>;

const listeners = new Set<() => void>();

// The address of a view with these values; what is empty is left out.
export function to(values: Values): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (Array.isArray(value)) for (const each of value) query.append(name, each);
    else if (typeof value === "string" && value !== "") query.set(name, value);
  }
  // Slashes and colons need no escaping in a query, and an address is read by people, too.
  const text = query.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
  return text ? `/?${text}` : "/";
}

// The present address with some values changed; null or "" takes one away.
export function withValues(changes: Values): string {
  const values: Record<string, string | readonly string[] | null | undefined> = {};
  const now = new URLSearchParams(location.search);
  for (const name of now.keys()) {
    const all = now.getAll(name);
    values[name] = all.length > 1 ? all : all[0];
  }
  return to({ ...values, ...changes });
}

export function go(address: string, { replace = false }: { replace?: boolean } = {}): void {
  if (address === location.pathname + location.search) return;
  if (replace) history.replaceState(null, "", address);
  else history.pushState(null, "", address);
  for (const listener of listeners) listener();
}

export function useRoute(): URLSearchParams {
  const [search, setSearch] = useState(location.search);
  useEffect(() => {
    const listener = () => setSearch(location.search);
    listeners.add(listener);
    addEventListener("popstate", listener);
    return () => {
      listeners.delete(listener);
      removeEventListener("popstate", listener);
    };
  }, []);
  return new URLSearchParams(search);
}

// What the window and its history call the view; null leaves that to a view that is yet to learn its name.
export function useTitle(title: string | null | undefined): void {
  const language = useLanguage();
  useEffect(() => {
    if (title !== null && title !== undefined) document.title = title ? `${title} – ${say("name")}` : say("name");
  }, [title, language]);
}

// A link to a view is followed without loading the page again; all others are left to the browser.
export function followLinks(): void {
  document.addEventListener("click", (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.hasAttribute("download")) return;
    const address = new URL(link.href, location.href);
    if (address.origin !== location.origin || address.pathname !== "/" || address.hash) return;
    event.preventDefault();
    go(address.pathname + address.search);
  });
}
