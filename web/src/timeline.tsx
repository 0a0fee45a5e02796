// How many facts fall when, by status, with a brush: what is drawn over is the period that everything else is about.
import { useRef, useState } from "preact/hooks";
import { fillMonths } from "./charts";
import { say } from "./common.words";
import { date, number, speak } from "./language";
import { STATUSES, type Status } from "./types";

const words = speak({
  ar: { title: "الحقائق عبر الزمن، بحسب الشهر. اسحب لتحدد مدة.", from: "من", to: "إلى", all: "كل المدة", hint: "اسحب فوق الأعمدة لتحدد مدة", undated: "لا تواريخ لهذه الحقائق." },
  en: { title: "Facts over time, by month. Drag to choose a period.", from: "from", to: "to", all: "All time", hint: "Drag over the bars to choose a period", undated: "These facts have no dates." },
});

export interface Month { month: string; facts: number; statuses: Partial<Record<Status, number>> }
interface Bin { first: string; last: string; name: string; facts: number; statuses: Partial<Record<Status, number>> }

const MOST_MONTHS = 132;

// A bar a month, or a year where there are too many months; what is dated to a year alone stands at its beginning.
export function binsOf(months: readonly Month[]): Bin[] {
  const names = months.map((each) => (each.month.length === 4 ? `${each.month}-01` : each.month)).sort();
  const all = fillMonths(names, 12 * 400);
  const yearly = all.length > MOST_MONTHS;
  const bins = new Map<string, Bin>();
  for (const name of all) {
    const key = yearly ? name.slice(0, 4) : name;
    const bin = bins.get(key);
    if (bin) bin.last = name;
    else bins.set(key, { first: name, last: name, name: key, facts: 0, statuses: {} });
  }
  for (const each of months) {
    const bin = bins.get(yearly ? each.month.slice(0, 4) : each.month.length === 4 ? `${each.month}-01` : each.month);
    if (!bin) continue;
    bin.facts += each.facts;
    for (const status of STATUSES) bin.statuses[status] = (bin.statuses[status] ?? 0) + (each.statuses[status] ?? 0);
  }
  return [...bins.values()];
}

export function Timeline({ months, since, until, onChange }: {
  months: readonly Month[]; since: string; until: string; onChange: (since: string, until: string) => void;
}) {
  const bins = binsOf(months);
  const plot = useRef<HTMLDivElement>(null);
  const [drag, setDrag] = useState<[number, number] | null>(null);
  if (!bins.length) return <p class="empty">{words("undated")}</p>;
  const highest = Math.max(1, ...bins.map((bin) => bin.facts));
  const at = (event: PointerEvent): number => {
    const box = plot.current?.getBoundingClientRect();
    if (!box) return 0;
    const part = (event.clientX - box.left) / box.width;
    const along = document.documentElement.dir === "rtl" ? 1 - part : part;
    return Math.max(0, Math.min(bins.length - 1, Math.floor(along * bins.length)));
  };
  const chosen: [number, number] | null = drag ? [Math.min(...drag), Math.max(...drag)] : since || until ? [
    since ? Math.max(0, bins.findIndex((bin) => bin.last >= since.slice(0, bin.last.length))) : 0,
    until ? Math.max(0, bins.findLastIndex((bin) => bin.first.slice(0, until.length) <= until.slice(0, bin.first.length))) : bins.length - 1,
  ] : null;
  const finish = () => {
    if (!drag) return;
    const [first, last] = [bins[Math.min(...drag)], bins[Math.max(...drag)]];
    setDrag(null);
    if (first && last) onChange(first.first, last.last);
  };
  const ticks = bins.length > 1 ? [0, Math.floor((bins.length - 1) / 2), bins.length - 1] : [0];
  return (
    <div class="timeline">
      <div ref={plot} class="plot" title={words("hint")} role="img"
        aria-label={`${words("title")} ${bins.filter((bin) => bin.facts).slice(-12).map((bin) => `${date(bin.name)}: ${number(bin.facts)}`).join("; ")}`}
        onPointerDown={(event) => { if (event.button) return; event.currentTarget.setPointerCapture(event.pointerId); setDrag([at(event), at(event)]); }}
        onPointerMove={(event) => { if (drag) setDrag([drag[0], at(event)]); }} onPointerUp={finish} onPointerCancel={() => setDrag(null)}>
        {bins.map((bin, index) => (
          <span key={bin.name} class={chosen && (index < chosen[0] || index > chosen[1]) ? "out" : undefined} title={`${date(bin.name)}: ${number(bin.facts)}`}>
            {STATUSES.toReversed().map((status) => (bin.statuses[status]
              ? <i key={status} class={`fill-${status}`} style={{ blockSize: `${(100 * (bin.statuses[status] ?? 0)) / highest}%` }} /> : null))}
          </span>
        ))}
        {chosen && <div class="brush" style={{ insetInlineStart: `${(100 * chosen[0]) / bins.length}%`, inlineSize: `${(100 * (chosen[1] - chosen[0] + 1)) / bins.length}%` }} />}
      </div>
      <div class="ticks" aria-hidden="true">{ticks.map((index) => <span key={index}>{date(bins[index]?.name)}</span>)}</div>
      <div class="period">
        <label>{words("from")} <input type="month" value={since.slice(0, 7)} onChange={(event) => onChange(event.currentTarget.value, until)} /></label>
        <label>{words("to")} <input type="month" value={until.slice(0, 7)} onChange={(event) => onChange(since, event.currentTarget.value)} /></label>
        {(since || until) && <button type="button" class="quiet linklike" onClick={() => onChange("", "")}>{words("all")}</button>}
        <ul class="legend">{STATUSES.filter((status) => bins.some((bin) => bin.statuses[status])).map((status) => (
          <li key={status}><i class={`dot fill-${status}`} aria-hidden="true" />{say(status)}</li>))}</ul>
      </div>
    </div>
  );
}
