// An actor's relationships as a table: what several documents tell alike is one row with its sources.
import { useEffect, useState } from "preact/hooks";
import { ask, inPath, useAnswer, type Parameters } from "../ask";
import { details, relationLabel } from "../facts";
import { date, label, number, speak } from "../language";
import { save, writeCsv } from "../network/files";
import { ActorName, Card, Foreign, KindTag, StatusTag } from "../pieces";
import { go, withValues } from "../route";
import { Answer, Empty } from "../states";
import type { Actor, Direction, Fact, Page, Vocabulary } from "../types";

const words = speak({
  ar: {
    title: "العلاقات", relation: "العلاقة", counterpart: "الطرف الآخر", date: "التاريخ", amount: "التفاصيل والمقدار", status: "هل حدث", sources: "المصادر",
    more: "حمّل المزيد", none: "لا حقائق بهذه التصفية.", sentence: "الجملة", csv: "نزّل الجدول CSV", shown: "معروض", document: "وثيقة",
    subject: "الفاعل", object: "المفعول", details: "التفاصيل", text: "الجملة كما وردت", newest: "الأحدث أولًا", oldest: "الأقدم أولًا", sure: "الأوثق قراءة أولًا", order: "الترتيب", published: "تاريخ النشر؛ لا تاريخ في الجملة",
  },
  en: {
    title: "Relationships", relation: "Relation", counterpart: "Counterpart", date: "Date", amount: "Details and amount", status: "Status", sources: "Sources",
    more: "Load more", none: "No facts with these filters.", sentence: "Sentence", csv: "Download table as CSV", shown: "shown", document: "documents",
    subject: "subject", object: "object", details: "details", text: "sentence", newest: "Newest first", oldest: "Oldest first", sure: "Surest first", order: "Order", published: "date of publication; the sentence has none",
  },
});
const PAGE = 60;
const ORDERS = { "-date": "newest", date: "oldest", "-confidence": "sure" } as const;

interface Row { key: string; direction: Direction; other: Actor; fact: Fact; facts: Fact[]; sources: string[] }

// Facts that say the same of the same date are one row, whose best-read one stands for all.
export function rowsOf(actor: string, facts: readonly Fact[]): Row[] {
  const rows = new Map<string, Row>();
  for (const fact of facts) {
    const direction: Direction = fact.subject.id === actor ? "out" : "in";
    const other = direction === "out" ? fact.object : fact.subject;
    const key = [direction, fact.relation.name, other.id, fact.status, fact.date ?? ""].join("\t");
    const row = rows.get(key) ?? { key, direction, other, fact, facts: [], sources: [] };
    row.facts.push(fact);
    if (fact.confidence > row.fact.confidence) row.fact = fact;
    const source = fact.document.source ?? fact.document.id ?? "";
    if (!row.sources.includes(source)) row.sources.push(source);
    rows.set(key, row);
  }
  return [...rows.values()];
}

export function Ties({ actor, parameters, values, vocabulary }: {
  actor: string; parameters: Parameters; values: URLSearchParams; vocabulary: Vocabulary | null;
}) {
  const path = `/actors/${inPath(actor)}/relationships`;
  const sort = Object.keys(ORDERS).find((each) => each === values.get("sort")) ?? "-date";
  const asked = { ...parameters, sort, limit: PAGE };
  const first = useAnswer<Page<Fact>>(path, asked);
  const [added, setAdded] = useState<Page<Fact> | null>(null);
  const [adding, setAdding] = useState(false);
  useEffect(() => setAdded(null), [first.data]);
  const facts = [...(first.data?.items ?? []), ...(added?.items ?? [])];
  const rows = rowsOf(actor, facts);
  const next = added ? added.next : first.data?.next;
  const more = async () => {
    setAdding(true);
    try {
      const page = await ask<Page<Fact>>(path, { ...asked, limit: 200, cursor: next });
      setAdded({ items: [...(added?.items ?? []), ...page.items], next: page.next });
    } finally { setAdding(false); }
  };
  const download = () => save(`rawabit-${actor.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}.csv`, writeCsv([
    [words("subject"), words("relation"), words("object"), words("date"), words("status"), words("details"), words("sources"), words("document"), words("text"), "id"],
    ...rows.map(({ fact, sources, facts: all }) => [
      label(fact.subject.label, fact.subject.id), label(fact.relation.label, fact.relation.name), label(fact.object.label, fact.object.id),
      fact.date, fact.status, details(fact).join(" · "), sources.join(" · "), all.length, fact.evidence?.text, fact.id,
    ]),
  ]), "text/csv");
  return (
    <Card title={words("title")} aside={<>
      <label class="inline">{words("order")} <select value={sort} onChange={(event) => go(withValues({ sort: event.currentTarget.value }))}>
        {Object.entries(ORDERS).map(([key, name]) => <option key={key} value={key}>{words(name)}</option>)}
      </select></label>
      <button type="button" class="button" disabled={!rows.length} onClick={download}>{words("csv")}</button>
    </>}>
      <Answer of={first}>{() => (rows.length ? (
        <>
          <table class="ties">
            <thead><tr>{(["date", "relation", "counterpart", "amount", "status", "sources"] as const).map((each) => <th key={each} scope="col">{words(each)}</th>)}<th><span class="hidden">{words("sentence")}</span></th></tr></thead>
            <tbody>{rows.map((row) => <TieRow key={row.key} row={row} vocabulary={vocabulary} />)}</tbody>
          </table>
          {next && <button type="button" class="button" disabled={adding} onClick={() => void more()}>{words("more")}</button>}
        </>
      ) : <Empty>{words("none")}</Empty>)}</Answer>
    </Card>
  );
}

function TieRow({ row, vocabulary }: { row: Row; vocabulary: Vocabulary | null }) {
  const { fact } = row;
  return (
    <tr>
      <td class="when">{fact.date ? <time dateTime={fact.date}>{date(fact.date)}</time>
        : fact.document.published ? <time class="published" title={words("published")} dateTime={fact.document.published}>{date(fact.document.published)}</time> : "—"}</td>
      <td class="what">{relationLabel(fact.relation, row.direction, vocabulary)}</td>
      <td class="who"><ActorName actor={row.other} /> <KindTag kind={row.other.kind} /></td>
      <td class="much">{details(fact).map((each, index) => <span key={each}>{index > 0 && " · "}<bdi><Foreign text={each} /></bdi></span>)}</td>
      <td class="did"><StatusTag status={fact.status} /></td>
      <td class="from" title={row.sources.join("\n")}><bdi>{row.sources[0]}</bdi>{row.facts.length > 1 && <small> +{number(row.facts.length - 1)}</small>}</td>
      <td class="open"><a href={withValues({ fact: fact.id })}>{words("sentence")}</a></td>
    </tr>
  );
}
