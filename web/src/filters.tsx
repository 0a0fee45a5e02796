// The filters of facts, as they stand in an address, as the interface takes them, and as a reader sets them.
import { useEffect, useRef } from "preact/hooks";
import type { ComponentChildren } from "preact";
import type { Parameters } from "./ask";
import { say } from "./common.words";
import { date, label, number, span, speak } from "./language";
import { go, withValues } from "./route";
import { KINDS, STATUSES, type Kind, type Labels, type RelationCount, type Status } from "./types";

const words = speak({
  ar: { relation: "العلاقة", status: "هل حدث", kind: "نوع الطرف", none: "بلا تصفية", clear: "أزل كل التصفية", with: "مع", period: "المدة", from: "من", to: "إلى", remove: "أزل", filters: "التصفية" },
  en: { relation: "Relation", status: "Status", kind: "Counterpart", none: "No filter", clear: "Clear all filters", with: "with", period: "Period", from: "from", to: "to", remove: "Remove", filters: "Filters" },
});

export interface Filters { relations: string[]; statuses: Status[]; kinds: Kind[]; since: string; until: string; counterpart: string }

export const readFilters = (values: URLSearchParams): Filters => ({
  relations: values.getAll("relation"),
  statuses: STATUSES.filter((each) => values.getAll("status").includes(each)),
  kinds: KINDS.filter((each) => values.getAll("kind").includes(each)),
  since: values.get("since") ?? "",
  until: values.get("until") ?? "",
  counterpart: values.get("with") ?? "",
});

export const parametersOf = (filters: Filters): Parameters => ({
  relation: filters.relations, status: filters.statuses, kind: filters.kinds, since: filters.since, until: filters.until, counterpart: filters.counterpart,
});

export const isFiltered = (filters: Filters): boolean =>
  [filters.relations, filters.statuses, filters.kinds, filters.since, filters.until, filters.counterpart].some((each) => each.length > 0);

const NOTHING = { relation: null, status: null, kind: null, since: null, until: null, with: null };
export const change = (values: Record<string, string | readonly string[] | null>): void => go(withValues(values));

export function FilterBar({ filters, relations, nameOf }: { filters: Filters; relations: RelationCount[]; nameOf: (id: string) => string }) {
  const sums = new Map<string, { label: Labels; facts: number }>();
  for (const row of relations) {
    const before = sums.get(row.relation.name);
    sums.set(row.relation.name, { label: row.relation.label, facts: row.facts + (before?.facts ?? 0) });
  }
  const ordered = [...sums].sort((a, b) => b[1].facts - a[1].facts);
  const toggled = (list: readonly string[], one: string) => (list.includes(one) ? list.filter((each) => each !== one) : [...list, one]);
  return (
    <div class="filters" role="group" aria-label={words("filters")}>
      <Pick name={words("relation")} count={filters.relations.length}>
        {ordered.map(([name, row]) => (
          <Choice key={name} on={filters.relations.includes(name)} onChange={() => change({ relation: toggled(filters.relations, name) })}
            note={number(row.facts)}>{label(row.label, name)}</Choice>
        ))}
      </Pick>
      <Pick name={words("status")} count={filters.statuses.length}>
        {STATUSES.map((status) => (
          <Choice key={status} on={filters.statuses.includes(status)} onChange={() => change({ status: toggled(filters.statuses, status) })}>{say(status)}</Choice>
        ))}
      </Pick>
      <Pick name={words("kind")} count={filters.kinds.length}>
        {KINDS.map((kind) => (
          <Choice key={kind} on={filters.kinds.includes(kind)} onChange={() => change({ kind: toggled(filters.kinds, kind) })}>{say(kind)}</Choice>
        ))}
      </Pick>
      {filters.counterpart && <Chip onRemove={() => change({ with: null })}>{words("with")} <bdi>{nameOf(filters.counterpart)}</bdi></Chip>}
      {(filters.since || filters.until) && (
        <Chip onRemove={() => change({ since: null, until: null })}>{words("period")}: {filters.since === filters.until ? date(filters.since) : span(filters.since, filters.until)}</Chip>
      )}
      {filters.relations.map((name) => (
        <Chip key={name} onRemove={() => change({ relation: toggled(filters.relations, name) })}>{label(sums.get(name)?.label, name)}</Chip>))}
      {filters.statuses.map((each) => <Chip key={each} onRemove={() => change({ status: toggled(filters.statuses, each) })}>{say(each)}</Chip>)}
      {filters.kinds.map((each) => <Chip key={each} onRemove={() => change({ kind: toggled(filters.kinds, each) })}>{say(each)}</Chip>)}
      {isFiltered(filters) && <button type="button" class="quiet linklike" onClick={() => change(NOTHING)}>{words("clear")}</button>}
    </div>
  );
}

function Chip({ children, onRemove }: { children: ComponentChildren; onRemove: () => void }) {
  return <span class="chip on">{children} <button type="button" aria-label={words("remove")} title={words("remove")} onClick={onRemove}>✕</button></span>;
}

// A button that unfolds a list of choices; it folds when the reader turns elsewhere.
export function Pick({ name, count = 0, children }: { name: string; count?: number; children: ComponentChildren }) {
  const box = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    const close = (event: Event) => {
      if (box.current?.open && !(event.target instanceof globalThis.Node && box.current.contains(event.target))) box.current.open = false;
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("focusin", close);
    return () => { document.removeEventListener("pointerdown", close); document.removeEventListener("focusin", close); };
  }, []);
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Escape" || !box.current?.open) return;
    event.stopPropagation();
    box.current.open = false;
    box.current.querySelector("summary")?.focus();
  };
  return (
    <details ref={box} class="pick" onKeyDown={press}>
      <summary class="button">{name}{count > 0 && <b> {number(count)}</b>}</summary>
      <div class="choices">{children}</div>
    </details>
  );
}

export function Choice({ on, onChange, note, children }: { on: boolean; onChange: () => void; note?: string; children: ComponentChildren }) {
  return <label class="choice"><input type="checkbox" checked={on} onChange={onChange} /><span>{children}</span>{note && <small>{note}</small>}</label>;
}
