// /?view=paths&from=ID&to=ID: how two actors are connected, with the facts that make each step.
import { useAnswer } from "../ask";
import { FactItem } from "../facts";
import { label, number, span, speak } from "../language";
import { ActorName, Card, KindTag } from "../pieces";
import { go, withValues } from "../route";
import { Answer, Empty } from "../states";
import type { Actor, ActorPath, PathList, Step } from "../types";
import { ActorPlace } from "./choose";

const words = speak({
  ar: {
    title: "كيف يرتبطان؟", menu: "الصلات", lead: "أقصر الطرق بين فاعلَين عبر ما قيل عنهما، ولكل خطوة جُملها.", from: "من", to: "إلى", swap: "اعكس", any: "ومع ما لم يحدث (مزمع ومحتمل ومنفي)",
    none: "لا طريق بينهما بهذه الشروط.", partly: "كان هناك ما هو أكثر من أن يُنظر فيه كله: قد توجد طرق أخرى أو أقصر.", steps: "الخطوات:", reports: "التقارير:",
    allFacts: "الحقائق:", same: "هما واحد: اختر فاعلَين.", choose: "اختر فاعلَين.",
  },
  en: {
    title: "How are they connected?", menu: "Paths", lead: "The shortest ways between two actors over what is said of them, each step with its sentences.", from: "From", to: "To", swap: "Swap", any: "Also what has not happened (planned, possible, denied)",
    none: "There is no way between them under these conditions.", partly: "There was too much to look at: there may be other ways, or shorter ones.", steps: "steps:", reports: "reports:",
    allFacts: "facts:", same: "They are the same: choose two actors.", choose: "Choose two actors.",
  },
});

export const pathsTitle = () => words("menu");

export function PathsView({ values }: { values: URLSearchParams }) {
  const [from, to, any] = [values.get("from"), values.get("to"), values.has("any")];
  const ready = !!from && !!to && from !== to;
  const found = useAnswer<PathList>(ready ? "/paths" : null, { from, to, any_status: any || null, limit: 5, facts: 3 });
  return (
    <>
      <h1 class="title">{words("title")}</h1>
      <p class="lead">{words("lead")}</p>
      <div class="places">
        <ActorPlace name="from" id={from} hint={words("from")} />
        <button type="button" class="button swap" onClick={() => go(withValues({ from: to, to: from }))} aria-label={words("swap")} title={words("swap")}>⇄</button>
        <ActorPlace name="to" id={to} hint={words("to")} />
      </div>
      <label class="choice any"><input type="checkbox" checked={any} onChange={() => go(withValues({ any: any ? null : "1" }))} />{words("any")}</label>
      {ready
        ? <Answer of={found}>{(list) => <Ways list={list} />}</Answer>
        : <Empty>{words(from && to ? "same" : "choose")}</Empty>}
    </>
  );
}

function Ways({ list }: { list: PathList }) {
  return (
    <div class="stack">
      {!list.items.length && <Empty>{words("none")}</Empty>}
      {list.items.map((path) => <Way key={path.actors.map((actor) => actor.id).join()} path={path} />)}
      {!list.complete && <Empty>{words("partly")}</Empty>}
    </div>
  );
}

function Way({ path }: { path: ActorPath }) {
  const byId = new Map(path.actors.map((actor) => [actor.id, actor]));
  return (
    <Card class="way" title={<Chain actors={path.actors} />} aside={<>{words("steps")} {number(path.length)}</>}>
      <ol class="way-steps">{path.steps.map((step) => <WayStep key={`${step.from} ${step.to}`} step={step} byId={byId} />)}</ol>
    </Card>
  );
}

const Chain = ({ actors }: { actors: readonly Actor[] }) => (
  <span class="chain">{actors.map((actor, index) => <span key={actor.id}>{index > 0 && <i aria-hidden="true">⟷</i>}<ActorName actor={actor} /></span>)}</span>
);

function WayStep({ step, byId }: { step: Step; byId: ReadonlyMap<string, Actor> }) {
  const [one, other] = [byId.get(step.from), byId.get(step.to)];
  const when = span(step.first, step.last);
  return (
    <li>
      <p class="step-head">
        <bdi>{label(one?.label, step.from)}</bdi> <KindTag kind={one?.kind ?? null} /> ⟷ <bdi>{label(other?.label, step.to)}</bdi> <KindTag kind={other?.kind ?? null} />
        <small>{words("reports")} {number(step.weight)} · {words("allFacts")} {number(step.total)}{when && <> · {when}</>}</small>
      </p>
      <ul class="facts">{step.facts.map((fact) => <FactItem key={fact.id} fact={fact} />)}</ul>
    </li>
  );
}
