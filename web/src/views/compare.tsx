// /?view=compare&one=ID&other=ID: whom two actors have in common, whom each has alone, and what ties the two.
import { inPath, useAnswer, type Asked } from "../ask";
import { say } from "../common.words";
import { FactItem, relationLabel } from "../facts";
import { label, number, speak } from "../language";
import { ActorName, Card, KindTag } from "../pieces";
import { Answer, Empty } from "../states";
import type { Counterpart, Fact, Page, Vocabulary } from "../types";
import { to } from "../route";
import { ActorPlace, useActor } from "./choose";

const MOST = 200;
const words = speak({
  ar: {
    title: "قارن بين فاعلَين", menu: "مقارنة", lead: "من يرتبط بهما معًا، ومن يرتبط بأحدهما وحده.", one: "الأول", other: "الثاني", both: "يرتبطان كلاهما بـ", alone: "دون الآخر:",
    between: "ما بينهما", nothing: "لا شيء.", reports: "التقارير:", many: "أقوى شركاء كل منهما", choose: "اختر فاعلَين.", paths: "كيف يرتبطان؟", also: "ثم بغيره",
  },
  en: {
    title: "Compare two actors", menu: "Compare", lead: "Who is tied to both, and who to one of them alone.", one: "One", other: "The other", both: "Tied to both", alone: "without the other:",
    between: "Between the two", nothing: "Nothing.", reports: "reports:", many: "the strongest partners of each", choose: "Choose two actors.", paths: "How are they connected?", also: "and",
  },
});

export const compareTitle = () => words("menu");

const usePartners = (id: string | null, ready: boolean): Asked<Page<Counterpart>> =>
  useAnswer<Page<Counterpart>>(ready ? `/actors/${inPath(id ?? "")}/relationships` : null, { group_by: "counterpart", limit: MOST });

export function CompareView({ values }: { values: URLSearchParams }) {
  const [one, other] = [values.get("one"), values.get("other")];
  const ready = !!one && !!other && one !== other;
  const [ones, others] = [usePartners(one, ready), usePartners(other, ready)];
  const between = useAnswer<Page<Fact>>(ready ? `/actors/${inPath(one)}/relationships` : null, { counterpart: other, limit: 10 });
  const vocabulary = useAnswer<Vocabulary>("/vocabulary").data;
  const names = [useActor(one), useActor(other)].map((found, index) => label(found.data?.label, [one, other][index] ?? ""));
  return (
    <>
      <h1 class="title">{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      <div class="places">
        <ActorPlace name="one" id={one} hint={words("one")} />
        <span aria-hidden="true" />
        <ActorPlace name="other" id={other} hint={words("other")} />
      </div>
      {!ready && <Empty>{words("choose")}</Empty>}
      {ready && (
        <div class="stack">
          <Card title={words("between")} aside={<a href={to({ view: "paths", from: one, to: other })}>{words("paths")}</a>}>
            <Answer of={between}>
              {(page) => page.items.length ? <ul class="facts">{page.items.map((fact) => <FactItem key={fact.id} fact={fact} />)}</ul> : <Empty>{words("nothing")}</Empty>}
            </Answer>
          </Card>
          <Answer of={ones}>
            {(mine) => <Answer of={others}>{(theirs) => <Sides one={one} other={other} mine={mine.items} theirs={theirs.items} names={names} vocabulary={vocabulary} />}</Answer>}
          </Answer>
        </div>
      )}
    </>
  );
}

interface SidesProps { one: string; other: string; mine: Counterpart[]; theirs: Counterpart[]; names: string[]; vocabulary: Vocabulary | null }

function Sides({ one, other, mine, theirs, names, vocabulary }: SidesProps) {
  const theirsById = new Map(theirs.map((each) => [each.id, each]));
  const mineIds = new Set(mine.map((each) => each.id));
  const shared = mine.flatMap((each) => { const twin = theirsById.get(each.id); return twin ? [{ each, twin }] : []; })
    .sort((a, b) => Math.min(b.each.weight, b.twin.weight) - Math.min(a.each.weight, a.twin.weight));
  const lone = [
    mine.filter((each) => !theirsById.has(each.id) && each.id !== other),
    theirs.filter((each) => !mineIds.has(each.id) && each.id !== one),
  ];
  return (
    <>
      <Card title={<>{words("both")} <small>{number(shared.length)}</small></>} aside={words("many")}>
        {shared.length ? (
          <div class="table-wrap">
            <table class="table">
              <thead><tr><th scope="col" /><th scope="col"><bdi>{names[0]}</bdi></th><th scope="col"><bdi>{names[1]}</bdi></th></tr></thead>
              <tbody>
                {shared.map(({ each, twin }) => (
                  <tr key={each.id}>
                    <th scope="row"><ActorName actor={each} /> <KindTag kind={each.kind} /></th>
                    <td><Ties of={each} vocabulary={vocabulary} /></td>
                    <td><Ties of={twin} vocabulary={vocabulary} /></td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        ) : <Empty>{words("nothing")}</Empty>}
      </Card>
      <div class="columns halves">
        {lone.map((list, index) => (
          <Card key={index} title={<><bdi>{names[index]}</bdi> {words("alone")} <small>{number(list.length)}</small></>}>
            {list.length
              ? <ol class="lone">{list.slice(0, 30).map((each) => <li key={each.id}><ActorName actor={each} /> <KindTag kind={each.kind} /><span class="count"><small>{words("reports")}</small> {number(each.weight)}</span></li>)}</ol>
              : <Empty>{words("nothing")}</Empty>}
            {list.length > 30 && <p class="rest">{words("also")} {number(list.length - 30)}</p>}
          </Card>
        ))}
      </div>
    </>
  );
}

function Ties({ of, vocabulary }: { of: Counterpart; vocabulary: Vocabulary | null }) {
  const counted = new Map<string, number>();
  for (const each of of.relations) {
    const name = relationLabel(each.relation, each.direction, vocabulary);
    counted.set(name, (counted.get(name) ?? 0) + each.facts);
  }
  const told = [...counted].sort((a, b) => b[1] - a[1]).slice(0, 3);
  return <><b>{number(of.weight)}</b> <small>{told.map(([name, count]) => `${name} ${number(count)}`).join(" · ")}</small><span class="hidden"> {say("facts")}</span></>;
}
