// The rows of a SPARQL answer as a table; what stands for an actor, a document or a fact leads to its view.
import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import { useAnswer } from "../ask";
import { date, number } from "../language";
import { Foreign, isWebAddress } from "../pieces";
import { to, withValues } from "../route";
import type { SelectAnswer, Stats, Term } from "../types";
import { nameOf } from "./columns.words";

// The prefix of the graph's own IRIs, which is a setting of the store, as an actor of it shows.
export function useBase(): string | null {
  const top = useAnswer<Stats>("/stats").data?.top_actors[0];
  return useMemo(() => {
    const at = top?.iri.indexOf("entity/") ?? -1;
    return top && at >= 0 ? top.iri.slice(0, at) : null;
  }, [top]);
}

export function ResultTable({ answer }: { answer: SelectAnswer }) {
  const base = useBase();
  const all = answer.head.vars ?? [];
  // What has its name in a column beside it is shown by that name alone.
  const columns = all.filter((each) => !(each.endsWith("_name") && all.includes(each.slice(0, -5))));
  return (
    <div class="table-wrap">
      <table class="table">
        <thead><tr>{columns.map((each) => <th key={each} scope="col">{nameOf(each)}</th>)}</tr></thead>
        <tbody>
          {(answer.results?.bindings ?? []).map((row, index) => (
            <tr key={index}>{columns.map((each) => <td key={each}><Value term={row[each]} name={row[`${each}_name`]?.value} base={base} /></td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Value({ term, name, base }: { term: Term | undefined; name: string | undefined; base: string | null }): ComponentChildren {
  if (!term) return name ? <bdi><Foreign text={name} /></bdi> : null;
  if (term.type !== "uri") return <bdi><Foreign text={written(term)} /></bdi>;
  const address = viewOfIri(term.value, base);
  if (address) return <a href={address}><bdi><Foreign text={name ?? shorten(term.value, base)} /></bdi></a>;
  if (isWebAddress(term.value) && !base) return <a href={term.value} rel="noopener noreferrer" target="_blank"><bdi>{term.value}</bdi></a>;
  return <bdi title={term.value}><Foreign text={name ?? shorten(term.value, base)} /></bdi>;
}

// Numbers and dates in the reader's form; all else as it is.
function written({ value, datatype = "" }: Term): string {
  const kind = datatype.replace("http://www.w3.org/2001/XMLSchema#", "");
  if (["date", "gYearMonth", "gYear"].includes(kind)) return date(value);
  if (["integer", "decimal", "double"].includes(kind) && Number.isFinite(Number(value))) return number(Number(value));
  return value;
}

// Percent-escapes of an IRI are undone in ids, as the interface has it; one that is none stays.
function readable(text: string): string {
  try { return decodeURIComponent(text); } catch { return text; }
}

export function viewOfIri(iri: string, base: string | null): string | null {
  if (!base || !iri.startsWith(base)) return null;
  const rest = iri.slice(base.length);
  if (rest.startsWith("entity/")) return to({ actor: readable(rest.slice(7)) });
  const fact = /^document\/(.+\/fact\/[0-9a-f]+)$/u.exec(rest);
  if (fact?.[1]) return withValues({ fact: readable(fact[1]) });
  const document = /^document\/([^/]+)$/u.exec(rest);
  return document?.[1] ? to({ document: readable(document[1]) }) : null;
}

export const shorten = (iri: string, base: string | null): string =>
  readable(base && iri.startsWith(base) ? iri.slice(base.length) : iri.replace(/^.*[/#](?=.)/u, ""));
