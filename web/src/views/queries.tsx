// /?view=queries lists the named queries; with query=NAME it is a form of its parameters, and what they answer.
import { useState } from "preact/hooks";
import { addressOf, useAnswer, type Parameters } from "../ask";
import { say } from "../common.words";
import { current, label, number, speak } from "../language";
import { Card } from "../pieces";
import { go, to } from "../route";
import { Search } from "../search";
import { Answer, Empty } from "../states";
import { KINDS, STATUSES, type NamedQuery, type Page, type QueryParameter, type SelectAnswer, type Vocabulary } from "../types";
import { useActor } from "./choose";
import { nameOf } from "./columns.words";
import { ResultTable } from "./results";

const ROWS = 100;
const words = speak({
  ar: {
    title: "اسأل", lead: "أسئلة جاهزة: املأ ما تعرفه، ثم اقرأ الجواب.", back: "كل الأسئلة", ask: "اسأل", needed: "مطلوب", example: "مثلًا", any: "أيًّا كان",
    rows: "صفوف", none: "لا شيء بهذه الشروط.", sparql: "افتحه في SPARQL", fill: "املأ الحقول المطلوبة.", csv: "CSV", first: "أول",
  },
  en: {
    title: "Ask", lead: "Questions ready made: fill in what you know, and read the answer.", back: "All questions", ask: "Ask", needed: "required", example: "such as", any: "any",
    rows: "rows", none: "Nothing under these conditions.", sparql: "Open in SPARQL", fill: "Fill in what is required.", csv: "CSV", first: "the first",
  },
});

export const queriesTitle = () => words("title");

export function QueriesView({ values }: { values: URLSearchParams }) {
  const found = useAnswer<Page<NamedQuery>>("/queries", { limit: 200 });
  const name = values.get("query");
  return (
    <Answer of={found}>
      {({ items: all }) => {
        const chosen = all.find((each) => each.name === name);
        if (name && !chosen) return <Empty>{say("notThere")}: <bdi>{name}</bdi></Empty>;
        return chosen ? <Question key={chosen.name} query={chosen} values={values} /> : <Questions all={all} />;
      }}
    </Answer>
  );
}

function Questions({ all }: { all: readonly NamedQuery[] }) {
  return (
    <>
      <h1 class="title">{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      <ul class="questions">
        {all.map((each) => (
          <li key={each.name} class="card"><a href={to({ view: "queries", query: each.name })}><b>{label(each.title, each.name)}</b></a><Description of={each} /></li>
        ))}
      </ul>
    </>
  );
}

function Description({ of }: { of: NamedQuery }) {
  const arabic = current() === "ar" && of.description_ar;
  return arabic ? <p class="lead">{arabic}</p> : <p class="lead" dir="ltr" lang="en">{of.description}</p>;
}

function Question({ query, values }: { query: NamedQuery; values: URLSearchParams }) {
  const given = Object.fromEntries(query.parameters.map((each) => [each.name, values.get(`p.${each.name}`) ?? ""]));
  const [filled, setFilled] = useState(given);
  const missing = query.parameters.some((each) => each.required && !given[each.name]);
  const asks: Parameters = { ...given, format: "json" };
  // Names come in the language of the page, unless another is asked for.
  if ("language" in asks && !asks.language) asks.language = current();
  const found = useAnswer<SelectAnswer>(missing ? null : `/queries/${query.name}`, { ...asks, limit: ROWS });
  const submit = (event: Event) => {
    event.preventDefault();
    go(to({ view: "queries", query: query.name, ...Object.fromEntries(Object.entries(filled).map(([key, value]) => [`p.${key}`, value.trim()])) }));
  };
  return (
    <>
      <p><a href={to({ view: "queries" })}>{words("back")}</a></p>
      <h1 class="title">{label(query.title, query.name)}</h1>
      <Description of={query} />
      <form class="card question" onSubmit={submit}>
        {query.parameters.filter((each) => each.name !== "language").map((each) => (
          <Field key={each.name} parameter={each} value={filled[each.name] ?? ""} change={(value) => setFilled({ ...filled, [each.name]: value })} />
        ))}
        <div class="actions">
          <button type="submit" class="button strong">{words("ask")}</button>
          <a class="button" href={to({ view: "sparql", sparql: query.sparql })}>{words("sparql")}</a>
          {!missing && <a class="button" download={`${query.name}.csv`} href={addressOf(`/queries/${query.name}`, { ...given, format: "csv" })}>{words("csv")}</a>}
        </div>
      </form>
      {missing ? <Empty>{words("fill")}</Empty> : (
        <Answer of={found}>
          {(answer) => {
            const rows = answer.results?.bindings ?? [];
            const count = rows.length === ROWS ? <>{words("first")} {number(ROWS)}</> : number(rows.length);
            return <Card title={<>{count} {words("rows")}</>}>{rows.length ? <ResultTable answer={answer} /> : <Empty>{words("none")}</Empty>}</Card>;
          }}
        </Answer>
      )}
    </>
  );
}

function Field({ parameter, value, change }: { parameter: QueryParameter; value: string; change: (value: string) => void }) {
  const id = `p-${parameter.name}`;
  const vocabulary = useAnswer<Vocabulary>(parameter.type === "relation" ? "/vocabulary" : null).data;
  const choices = parameter.type === "status" ? STATUSES.map((each) => [each, say(each)] as const)
    : parameter.type === "kind" ? KINDS.map((each) => [each, say(each)] as const)
    : parameter.type === "relation" ? (vocabulary?.relations ?? []).map((each) => [each.name, label(each.label, each.name)] as const) : null;
  return (
    <div class="field">
      <label for={id}><b>{nameOf(parameter.name)}</b> <small dir="auto">{current() === "en" && parameter.description}{parameter.required && ` (${words("needed")})`}</small></label>
      {parameter.type === "actor" ? <ActorField value={value} change={change} hint={nameOf(parameter.name)} />
        : choices ? (
          <select id={id} value={value} onChange={(event) => change(event.currentTarget.value)}>
            <option value="">{parameter.default ?? words("any")}</option>
            {choices.map(([name, told]) => <option key={name} value={name}>{told}</option>)}
          </select>
        ) : (
          <input id={id} class="text" dir="auto" value={value} placeholder={parameter.default ?? (parameter.example ? `${words("example")} ${parameter.example}` : "")}
            inputMode={parameter.type === "integer" || parameter.type === "number" ? "numeric" : "text"} onInput={(event) => change(event.currentTarget.value)} />
        )}
    </div>
  );
}

function ActorField({ value, change, hint }: { value: string; change: (value: string) => void; hint: string }) {
  const found = useActor(value || null);
  const start = value ? (found.data ? label(found.data.label, value) : null) : "";
  // The box is made once its name is known, since it keeps what is typed to itself.
  if (start === null && !found.error) return <p>{say("loading")}</p>;
  return <Search key={value} start={start ?? value} hint={hint} onChoose={(actor) => change(actor.id)} />;
}
