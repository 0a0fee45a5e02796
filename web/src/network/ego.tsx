// The network around an actor, to be moved, unfolded, pinned, hidden and taken away as a file.
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { ask, inPath, useAnswer, type Parameters } from "../ask";
import { say } from "../common.words";
import { FactItem } from "../facts";
import { label, number, span, speak, useLanguage } from "../language";
import { ActorName, Card, KindTag, StatusTag } from "../pieces";
import { Choice, Pick } from "../filters";
import { Failure, Waiting } from "../states";
import { KINDS, type Fact, type Kind, type Neighbourhood, type Page, type Vocabulary } from "../types";
import type { Drawing } from "./drawing";
import { save, writeCsv, writeGexf, writeSvg } from "./files";
import { FAMILIES, visible, withNeighbourhood, type Model, type Tie } from "./model";

const words = speak({
  ar: {
    title: "شبكته", nodes: "عدد الفاعلين", legend: "مفتاح الرسم", save: "نزّل ما على الشاشة", arrange: "أعد الترتيب", fit: "اعرض كله", labels: "أسماء العلاقات",
    in: "كبّر", out: "صغّر", expand: "وسّع", pin: "ثبّت", unpin: "حرّر", hide: "أخفِ", open: "صفحته", hidden: "مخفي", showAll: "أظهر الكل", cut: "لم يُعرض الأضعف: ",
    hint: "نقرة تُبرز، ونقرتان توسّعان.", dashed: "خط متقطع: لم يحدث بعد أو نُفي", weight: "تقارير", kinds: "الأنواع", families: "العلاقات", alone: "لا صلات بهذه التصفية.",
    described: "رسم لشبكة العلاقات؛ القائمة والجدول يقولان المضمون نفسه.", none: "لا شيء", from: "من", relation: "العلاقة", to: "إلى", status: "هل حدث", facts: "حقائق", first: "أولها", last: "آخرها",
  },
  en: {
    title: "Its network", nodes: "Actors", legend: "Legend", save: "Save what is shown", arrange: "Arrange anew", fit: "Show all", labels: "Names of ties",
    in: "Zoom in", out: "Zoom out", expand: "Expand", pin: "Pin", unpin: "Unpin", hide: "Hide", open: "Its page", hidden: "hidden", showAll: "Show all again", cut: "Weakest left out: ",
    hint: "A click marks, a double click expands.", dashed: "dashed: has not happened, or is denied", weight: "reports", kinds: "Kinds", families: "Ties", alone: "No ties with these filters.",
    described: "A drawing of the network of ties; the list and the table say the same.", none: "nothing", from: "from", relation: "relation", to: "to", status: "status", facts: "facts", first: "first", last: "last",
  },
});
const SIZES = [30, 60, 120, 250, 500];
const MORE = 25;

type Marked = { kind: "node"; id: string } | { kind: "tie"; tie: Tie } | null;
const toggled = <T,>(set: ReadonlySet<T>, one: T): Set<T> => { const next = new Set(set); if (!next.delete(one)) next.add(one); return next; };

export function Ego({ centre, parameters, vocabulary }: { centre: string; parameters: Parameters; vocabulary: Vocabulary }) {
  const language = useLanguage();
  const [size, setSize] = useState(60);
  const asked: Parameters = { ...parameters, counterpart: null, any_status: true, nodes: size, edges: Math.max(300, size * 4) };
  const found = useAnswer<Neighbourhood>(`/actors/${inPath(centre)}/neighbourhood`, asked);
  const families = useMemo(() => new Map(vocabulary.relations.map((each) => [each.name, each.family])), [vocabulary]);
  const [model, setModel] = useState<Model | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [kinds, setKinds] = useState<ReadonlySet<Kind>>(new Set());
  const [without, setWithout] = useState<ReadonlySet<string>>(new Set());
  const [pinned, setPinned] = useState<ReadonlySet<string>>(new Set());
  const [marked, setMarked] = useState<Marked>(null);
  const [named, setNamed] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const host = useRef<HTMLDivElement>(null);
  const drawing = useRef<Drawing | null>(null);
  const arrange = useRef<"all" | "new" | "none">("all");
  const shown = useMemo(() => (model ? visible(model, centre, hidden, kinds, without) : null), [model, hidden, kinds, without]);
  const current = useRef<{ model: Model | null; expand: (id: string) => void }>({ model: null, expand: () => undefined });
  current.current = { model, expand: (id) => void expand(id) };

  async function expand(id: string): Promise<void> {
    try {
      const around = await ask<Neighbourhood>(`/actors/${inPath(id)}/neighbourhood`, { ...asked, nodes: MORE, edges: 200 });
      arrange.current = "new";
      setModel((before) => withNeighbourhood(before, around, families));
      setProblem(null);
    } catch (error) { setProblem(error instanceof Error ? error.message : String(error)); }
  }
  useEffect(() => {
    if (!found.data) return;
    arrange.current = "all";
    setHidden(new Set());
    setMarked(null);
    setModel(withNeighbourhood(null, found.data, families));
  }, [found.data, families]);
  useEffect(() => {
    let ended = false;
    // The drawing is half the weight of the page: it is fetched when there is something to draw.
    // Its names are kept as pictures, so their typeface must be there first.
    const faces = Promise.all([400, 600].map((weight) => document.fonts.load(`${weight} 13px "IBM Plex Sans Arabic"`, "أA").catch(() => [])));
    void Promise.all([import("./drawing"), faces]).then(([{ Drawing }]) => {
      if (ended || !host.current) return;
      drawing.current = new Drawing(host.current, centre, {
        onNode: (id) => setMarked({ kind: "node", id }),
        onTie: (key) => { const tie = current.current.model?.ties.get(key); if (tie) setMarked({ kind: "tie", tie }); },
        onNothing: () => setMarked(null),
        onExpand: (id) => current.current.expand(id),
      });
      setReady(true);
      sizes.observe(host.current);
    });
    // A stage of quite another size is filled anew; a scroll bar that comes or goes moves nothing.
    let width = host.current?.clientWidth ?? 0;
    const sizes = new ResizeObserver(() => {
      drawing.current?.resize();
      const now = host.current?.clientWidth ?? 0;
      if (Math.abs(now - width) > 40) { width = now; drawing.current?.fit(); }
    });
    const dress = () => drawing.current?.dress();
    const media = matchMedia("(prefers-color-scheme: dark)");
    addEventListener("themechange", dress);
    media.addEventListener("change", dress);
    return () => {
      ended = true;
      sizes.disconnect();
      drawing.current?.end();
      drawing.current = null;
      removeEventListener("themechange", dress);
      media.removeEventListener("change", dress);
    };
  }, [centre]);
  useEffect(() => {
    if (!ready || !shown) return;
    drawing.current?.show(shown, { arrange: arrange.current });
    drawing.current?.labelTies(named);
    arrange.current = "none";
  }, [shown, ready]);
  useEffect(() => { if (shown) drawing.current?.name(shown); }, [language]);
  useEffect(() => { drawing.current?.labelTies(named); }, [named]);
  useEffect(() => { drawing.current?.mark(marked?.kind ?? null, marked?.kind === "node" ? marked.id : (marked?.tie.key ?? "")); }, [marked]);

  const pin = (id: string) => { drawing.current?.pin(id, !pinned.has(id)); setPinned(toggled(pinned, id)); };
  const files = useFiles(shown, drawing, centre);
  const used = FAMILIES.filter((family) => model && [...model.ties.values()].some((tie) => tie.family === family));
  const kindsUsed = KINDS.filter((kind) => model && [...model.nodes.values()].some((node) => node.kind === kind));
  return (
    <Card title={words("title")} class="ego" aside={<>
      <label class="inline">{words("nodes")} <select value={size} onChange={(event) => setSize(Number(event.currentTarget.value))}>
        {SIZES.map((each) => <option key={each} value={each}>{number(each)}</option>)}</select></label>
      <Pick name={words("save")}><div class="files">{Object.entries(files).map(([name, make]) => <button key={name} type="button" class="button" onClick={make}>{name}</button>)}</div></Pick>
    </>}>
      {found.error && <Failure error={found.error} again={found.again} />}
      {problem && <p class="found-note" role="alert">{problem}</p>}
      <div class="stage" hidden={!!found.error}>
        <div ref={host} class="canvas" role="img" aria-label={`${words("described")} ${number(shown?.nodes.size ?? 0)}`} data-nodes={shown?.nodes.size ?? 0} data-ties={shown?.ties.size ?? 0} data-ready={ready} />
        {(!ready || found.busy) && <Waiting slow={found.slow} />}
        {ready && !found.busy && shown && shown.nodes.size <= 1 && <p class="empty">{words("alone")}</p>}
        <div class="tools">
          <button type="button" class="button icon" aria-label={words("in")} title={words("in")} onClick={() => drawing.current?.zoom(1.3)}>+</button>
          <button type="button" class="button icon" aria-label={words("out")} title={words("out")} onClick={() => drawing.current?.zoom(1 / 1.3)}>−</button>
          <button type="button" class="button icon" aria-label={words("fit")} title={words("fit")} onClick={() => drawing.current?.fit()}>⤢</button>
          <button type="button" class="button icon" aria-label={words("arrange")} title={words("arrange")} onClick={() => drawing.current?.arrange(true)}>↻</button>
        </div>
      </div>
      <Touched marked={marked} model={model} centre={centre} pinned={pinned} onPin={pin} onExpand={(id) => void expand(id)}
        onHide={(id) => { setHidden(toggled(hidden, id)); setMarked(null); }} />
      <div class="ego-foot">
        <div class="legend" role="group" aria-label={words("kinds")}>{kindsUsed.map((kind) => (
          <button key={kind} type="button" class="quiet" aria-pressed={!kinds.has(kind)} onClick={() => setKinds(toggled(kinds, kind))}><KindTag kind={kind} /></button>))}</div>
        <div class="legend" role="group" aria-label={words("families")}>{used.map((family) => (
          <button key={family} type="button" class="quiet" aria-pressed={!without.has(family)} onClick={() => setWithout(toggled(without, family))}>
            <i class={`stroke family-${family}`} aria-hidden="true" />{label(vocabulary.families[family], family)}</button>))}</div>
        <p class="hint"><span><i class="stroke dashed" aria-hidden="true" />{words("dashed")}</span> <span>{words("hint")}</span>
          {found.data && found.data.cut.nodes > 0 && <span>{words("cut")}{number(found.data.cut.nodes)}</span>}
          {hidden.size > 0 && <button type="button" class="linklike" onClick={() => setHidden(new Set())}>{words("showAll")} ({number(hidden.size)} {words("hidden")})</button>}
        </p>
        <Choice on={named} onChange={() => setNamed(!named)}>{words("labels")}</Choice>
      </div>
    </Card>
  );
}

function useFiles(shown: Model | null, drawing: { current: Drawing | null }, centre: string): Record<string, () => void> {
  const name = `rawabit-${centre.replaceAll(/[^\p{L}\p{N}]+/gu, "-")}`;
  const withDrawing = (make: (model: Model, drawn: Drawing) => void) => () => { if (shown && drawing.current) make(shown, drawing.current); };
  return {
    PNG: withDrawing((_, drawn) => save(`${name}.png`, drawn.png())),
    SVG: withDrawing((model, drawn) => void import("./drawing").then(({ readLooks }) =>
      save(`${name}.svg`, writeSvg(model, drawn.places(), drawn.extent(), readLooks()), "image/svg+xml"))),
    GEXF: withDrawing((model, drawn) => void import("./drawing").then(({ readLooks }) =>
      save(`${name}.gexf`, writeGexf(model, drawn.places(), readLooks()), "application/gexf+xml"))),
    CSV: withDrawing((model) => save(`${name}-network.csv`, writeCsv([
      [words("from"), words("relation"), words("to"), words("status"), words("weight"), words("facts"), words("first"), words("last")],
      ...[...model.ties.values()].map((tie) => [nameIn(model, tie.source), label(tie.relation.label, tie.relation.name), nameIn(model, tie.target), tie.status, tie.weight, tie.facts, tie.first, tie.last]),
    ]), "text/csv")),
  };
}

const nameIn = (model: Model, id: string): string => label(model.nodes.get(id)?.label, id);

// What is marked: an actor and what can be done with it, or a tie and the facts behind it.
function Touched({ marked, model, centre, pinned, onPin, onExpand, onHide }: {
  marked: Marked; model: Model | null; centre: string; pinned: ReadonlySet<string>;
  onPin: (id: string) => void; onExpand: (id: string) => void; onHide: (id: string) => void;
}) {
  if (!marked || !model) return null;
  if (marked.kind === "tie") return <TouchedTie tie={marked.tie} model={model} />;
  const node = model.nodes.get(marked.id);
  if (!node) return null;
  return (
    <div class="touched">
      <ActorName actor={node} /> <KindTag kind={node.kind} />
      <span class="actions">
        <button type="button" class="button" onClick={() => onExpand(node.id)}>{words("expand")}</button>
        <button type="button" class="button" onClick={() => onPin(node.id)}>{words(pinned.has(node.id) ? "unpin" : "pin")}</button>
        {node.id !== centre && <button type="button" class="button" onClick={() => onHide(node.id)}>{words("hide")}</button>}
      </span>
    </div>
  );
}

function TouchedTie({ tie, model }: { tie: Tie; model: Model }) {
  const facts = useAnswer<Page<Fact>>("/facts", { subject: tie.source, object: tie.target, relation: tie.relation.name, status: tie.status, limit: 3 });
  return (
    <div class="touched">
      <p><bdi>{nameIn(model, tie.source)}</bdi> <em>{label(tie.relation.label, tie.relation.name)}</em> <bdi>{nameIn(model, tie.target)}</bdi>
        {tie.status !== "actual" && <StatusTag status={tie.status} />} <small>{number(tie.weight)} {words("weight")} · {number(tie.facts)} {say("facts")} {span(tie.first, tie.last)}</small></p>
      {facts.error ? <Failure error={facts.error} again={facts.again} /> : facts.data
        ? <ul class="facts">{facts.data.items.map((fact) => <FactItem key={fact.id} fact={fact} />)}</ul> : <Waiting slow={facts.slow} />}
    </div>
  );
}
