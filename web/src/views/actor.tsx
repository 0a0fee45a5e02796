// /?actor=ID: who an actor is, when and with whom it has to do, its network, and all that is said of it.
import { inPath, useAnswer } from "../ask";
import { FilterBar, change, parametersOf, readFilters } from "../filters";
import { label, number, speak } from "../language";
import { relationLabel } from "../facts";
import { Ego } from "../network/ego";
import { ActorName, Card } from "../pieces";
import { useTitle, withValues } from "../route";
import { Answer, Empty } from "../states";
import { Timeline, type Month } from "../timeline";
import type { ActorDetail, Counterpart, Page, RelationCount, Vocabulary } from "../types";
import { ActorHead } from "./actor-head";
import { Ties } from "./ties";

const words = speak({
  ar: { partners: "أوثق الصلات", none: "لا صلات بهذه التصفية.", time: "متى", reports: "تقرير", only: "العلاقات معه وحده", nothing: "لم يُقل عنه شيء بعد." },
  en: { partners: "Closest ties", none: "No ties with these filters.", time: "When", reports: "reports", only: "Only ties with it", nothing: "Nothing is said of it yet." },
});

export function ActorView({ values }: { values: URLSearchParams }) {
  const id = values.get("actor") ?? "";
  const path = `/actors/${inPath(id)}`;
  const actor = useAnswer<ActorDetail>(path);
  const vocabulary = useAnswer<Vocabulary>("/vocabulary");
  useTitle(actor.data && label(actor.data.label, actor.data.id));
  if (actor.error) return <Answer of={actor}>{() => null}</Answer>;
  // All is asked for at once: what an actor deals in does not wait for its names.
  return (
    <>
      <Answer of={actor}>{(data) => <ActorHead actor={data} />}</Answer>
      {actor.data?.facts === 0 ? <Empty>{words("nothing")}</Empty>
        : <Dealings id={id} relations={actor.data?.relations ?? []} values={values} vocabulary={vocabulary.data} />}
    </>
  );
}

function Dealings({ id, relations, values, vocabulary }: { id: string; relations: RelationCount[]; values: URLSearchParams; vocabulary: Vocabulary | null }) {
  const filters = readFilters(values);
  const parameters = parametersOf(filters);
  const path = `/actors/${inPath(id)}/relationships`;
  // The brush shows all times, and chooses among them.
  const months = useAnswer<Page<Month>>(path, { ...parameters, since: null, until: null, group_by: "month" });
  const partners = useAnswer<Page<Counterpart>>(path, { ...parameters, counterpart: null, group_by: "counterpart", limit: 50 });
  const nameOf = (other: string) => label(partners.data?.items.find((each) => each.id === other)?.label, other);
  return (
    <>
      <FilterBar filters={filters} relations={relations} nameOf={nameOf} />
      <Card title={words("time")} class="when-card">
        <Answer of={months}>{(page) => (
          <Timeline months={page.items} since={filters.since} until={filters.until} onChange={(since, until) => change({ since: since || null, until: until || null })} />
        )}</Answer>
      </Card>
      <div class="columns actor-columns">
        {vocabulary && <Ego centre={id} parameters={parameters} vocabulary={vocabulary} />}
        <Card title={words("partners")} class="partners">
          <Answer of={partners}>{(page) => (page.items.length ? <Partners items={page.items} chosen={filters.counterpart} vocabulary={vocabulary} /> : <Empty>{words("none")}</Empty>)}</Answer>
        </Card>
      </div>
      <Ties actor={id} parameters={parameters} values={values} vocabulary={vocabulary} />
    </>
  );
}

function Partners({ items, chosen, vocabulary }: { items: Counterpart[]; chosen: string; vocabulary: Vocabulary | null }) {
  const most = Math.max(1, ...items.map((each) => each.weight));
  return (
    <ol class="ranks partners-list">
      {items.map((each) => (
        <li key={each.id} class={each.id === chosen ? "chosen" : undefined}>
          <div><ActorName actor={each} /><span class="relations">{relationNames(each, vocabulary)}</span></div>
          <span class="meter" aria-hidden="true"><i style={{ inlineSize: `${(100 * each.weight) / most}%` }} /></span>
          <a class="count" href={withValues({ with: each.id === chosen ? null : each.id })} title={words("only")} aria-label={`${number(each.weight)} ${words("reports")}. ${words("only")}: ${label(each.label, each.id)}`}>{number(each.weight)}</a>
        </li>
      ))}
    </ol>
  );
}

function relationNames(partner: Counterpart, vocabulary: Vocabulary | null): string {
  const names = [...new Set(partner.relations.map((row) => relationLabel(row.relation, row.direction, vocabulary)))];
  return names.slice(0, 3).join(document.documentElement.lang === "ar" ? "، " : ", ");
}

