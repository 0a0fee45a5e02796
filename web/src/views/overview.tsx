// The first screen: what the graph holds, who is named most, what was told last.
import { useAnswer } from "../ask";
import { say } from "../common.words";
import { MonthBars, Shares, fillMonths } from "../charts";
import { FactItem } from "../facts";
import { date, label, number, span, speak } from "../language";
import { ActorName, Card, KindTag } from "../pieces";
import { to } from "../route";
import { Search } from "../search";
import { Answer, Empty } from "../states";
import type { CountedActor, Fact, Page, Stats, Vocabulary } from "../types";

const words = speak({
  ar: {
    headline: "من فعل ماذا، ومع من، ومن قال ذلك؟", lead: "رسم معرفي لما تقوله الأخبار العربية: كل علاقة فيه تقود إلى الجملة التي تقولها.",
    try: "جرّب:", documents: "وثيقة", facts: "حقيقة", actors: "فاعل معروف", outlets: "مصدر", newest: "أحدث ما قيل", top: "الأكثر ذكرًا",
    happened: "ما حدث وما لم يحدث", months: "الحقائق بحسب الشهر", empty: "الرسم فارغ بعد: ابنِه بالأمر rawabit build ثم حدّث الصفحة.",
    relations: "أنواع العلاقات", outlets_by_month: "الوثائق بحسب المصدر والشهر", all: "كل الوثائق",
  },
  en: {
    headline: "Who did what, with whom, and who says so?", lead: "What Arabic news says, as a graph: every tie leads to the sentence that states it.",
    try: "Try:", documents: "documents", facts: "facts", actors: "known actors", outlets: "outlets", newest: "Told last", top: "Named most",
    happened: "What happened and what did not", months: "Facts by month", empty: "The graph is empty: build it with rawabit build, then reload.",
    relations: "Kinds of relation", outlets_by_month: "Documents by outlet and month", all: "All documents",
  },
});

export function Overview() {
  const stats = useAnswer<Stats>("/stats");
  const vocabulary = useAnswer<Vocabulary>("/vocabulary");
  // Who holds which office and what is part of what is no news.
  const told = vocabulary.data?.relations.filter((each) => each.family !== "standing").map((each) => each.name);
  const newest = useAnswer<Page<Fact>>(told ? "/facts" : null, { relation: told, limit: 6 });
  return (
    <>
      <section class="hero">
        <h1>{words("headline")}</h1>
        <p>{words("lead")}</p>
        <Search large />
        <p class="try">{stats.data && stats.data.top_actors.length > 0 && <>{words("try")} {stats.data.top_actors.slice(0, 5).map((each) => (
          <a key={each.id} href={to({ actor: each.id })}><bdi>{label(each.label, each.id)}</bdi></a>))}</>}</p>
      </section>
      <Answer of={stats}>{(data) => (data.facts ? <Counts stats={data} /> : <Empty>{words("empty")}</Empty>)}</Answer>
      <div class="columns">
        <Card title={words("newest")}>
          <Answer of={vocabulary.error ? { ...newest, error: vocabulary.error } : newest}>{(page) => <ul class="facts">{page.items.map((fact) => <FactItem key={fact.id} fact={fact} />)}</ul>}</Answer>
        </Card>
        {stats.data && stats.data.facts > 0 && <Beside stats={stats.data} />}
      </div>
    </>
  );
}

function Counts({ stats }: { stats: Stats }) {
  const actors = Object.values(stats.kinds).reduce((sum, count) => sum + count, 0);
  const tiles: [number, string, string?][] = [
    [stats.documents.number, words("documents"), span(stats.documents.first, stats.documents.last)],
    [stats.documents.sources, words("outlets")], [stats.facts, words("facts")], [actors, words("actors")],
  ];
  return (
    <dl class="tiles">
      {tiles.map(([count, name, note]) => <div key={name}><dt>{name}</dt><dd>{number(count)}</dd>{note && <dd class="note">{note}</dd>}</div>)}
    </dl>
  );
}

function Beside({ stats }: { stats: Stats }) {
  return (
    <div class="stack">
      <Card title={words("top")}><Ranks actors={stats.top_actors.slice(0, 8)} /></Card>
      <Card title={words("happened")}><Shares statuses={stats.statuses} /></Card>
      <Card title={words("outlets_by_month")} aside={<a href={to({ view: "documents" })}>{words("all")}</a>}><Outlets stats={stats} /></Card>
      <Card title={words("months")}><MonthBars months={stats.months} /></Card>
    </div>
  );
}

// Each outlet with its months, all drawn on one scale of time and of height.
function Outlets({ stats }: { stats: Stats }) {
  const all = Object.keys(Object.assign({}, ...stats.outlets.map((each) => each.months)) as Record<string, number>).sort();
  const months = fillMonths(all, 36);
  const highest = Math.max(1, ...stats.outlets.flatMap((each) => Object.values(each.months)));
  return (
    <ul class="outlets">
      {stats.outlets.slice(0, 8).map((outlet) => (
        <li key={outlet.source}>
          <a href={to({ view: "documents", source: outlet.source })}><bdi>{outlet.source}</bdi></a>
          <span class="spark" aria-hidden="true">{months.map((month) => (
            <i key={month} title={`${date(month)}: ${number(outlet.months[month] ?? 0)}`} style={{ blockSize: outlet.months[month] ? `${Math.max(18, (100 * (outlet.months[month] ?? 0)) / highest)}%` : "1px" }} />))}</span>
          <span class="count">{number(outlet.documents)}</span>
        </li>
      ))}
      <li class="ends" aria-hidden="true"><span /><span>{date(months[0])} – {date(months.at(-1))}</span><span /></li>
    </ul>
  );
}

function Ranks({ actors }: { actors: CountedActor[] }) {
  const most = Math.max(1, ...actors.map((each) => each.facts));
  return (
    <ol class="ranks">
      {actors.map((each) => (
        <li key={each.id}>
          <ActorName actor={each} /><KindTag kind={each.kind} />
          <span class="meter" aria-hidden="true"><i style={{ inlineSize: `${(100 * each.facts) / most}%` }} /></span>
          <span class="count" title={say("facts")}>{number(each.facts)}</span>
        </li>
      ))}
    </ol>
  );
}
