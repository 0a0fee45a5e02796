// /?actor=ID: who an actor is, with whom it has to do, and what is said of it.
import { useAnswer } from "../ask";
import { inPath } from "../ask";
import { FactItem } from "../facts";
import { label, number, speak } from "../language";
import { ActorName, Card } from "../pieces";
import { Answer, Empty } from "../states";
import type { ActorDetail, Counterpart, Fact, Page } from "../types";
import { ActorHead } from "./actor-head";

const words = speak({
  ar: { partners: "أوثق الصلات", said: "ما قيل عنه", none: "لم يُقل عنه شيء بعد." },
  en: { partners: "Closest ties", said: "What is said", none: "Nothing is said of it yet." },
});

export function ActorView({ values }: { values: URLSearchParams }) {
  const id = values.get("actor") ?? "";
  const path = `/actors/${inPath(id)}`;
  const actor = useAnswer<ActorDetail>(path);
  const partners = useAnswer<Page<Counterpart>>(`${path}/relationships`, { group_by: "counterpart", limit: 12 });
  const facts = useAnswer<Page<Fact>>(`${path}/relationships`, { limit: 20 });
  if (actor.error) return <Answer of={actor}>{() => null}</Answer>;
  return (
    <>
      <Answer of={actor}>{(data) => <ActorHead actor={data} />}</Answer>
      <div class="columns">
        <Card title={words("said")}>
          <Answer of={facts}>{(page) => (page.items.length
            ? <ul class="facts">{page.items.map((fact) => <FactItem key={fact.id} fact={fact} />)}</ul>
            : <Empty>{words("none")}</Empty>)}</Answer>
        </Card>
        <Card title={words("partners")}>
          <Answer of={partners}>{(page) => (
            <ol class="ranks">{page.items.map((each) => (
              <li key={each.id}><ActorName actor={each} />
                <span class="relations">{each.relations.slice(0, 2).map((row) => label(row.relation.label, row.relation.name)).join("، ")}</span>
                <span class="count">{number(each.weight)}</span></li>))}
            </ol>)}</Answer>
        </Card>
      </div>
    </>
  );
}
