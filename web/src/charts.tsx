// Small drawings of counts: shares of statuses, bars by month.
import { say } from "./common.words";
import { date, number } from "./language";
import { STATUSES, type Status } from "./types";

export function Shares({ statuses }: { statuses: Partial<Record<Status, number>> }) {
  const shown = STATUSES.filter((status) => statuses[status]);
  return (
    <>
      <div class="shares" aria-hidden="true">
        {shown.map((status) => <i key={status} class={`fill-${status}`} style={{ flexGrow: statuses[status] }} />)}
      </div>
      <ul class="legend">
        {shown.map((status) => <li key={status}><i class={`dot fill-${status}`} aria-hidden="true" />{say(status)} <b>{number(statuses[status] ?? 0)}</b></li>)}
      </ul>
    </>
  );
}

// The months from first to last, those without anything among them; at most the last `most`.
export function fillMonths(known: readonly string[], most: number): string[] {
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) return [];
  const count = (month: string) => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
  const start = Math.max(count(first), count(last) - most + 1);
  return Array.from({ length: count(last) - start + 1 }, (_, index) => {
    const month = start + index;
    return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;
  });
}

export function MonthBars({ months, most = 36 }: { months: Record<string, number>; most?: number }) {
  const names = fillMonths(Object.keys(months).sort(), most);
  const highest = Math.max(1, ...names.map((name) => months[name] ?? 0));
  const told = names.filter((name) => months[name]).map((name) => `${date(name)}: ${number(months[name] ?? 0)}`);
  return (
    <figure class="month-bars">
      <div class="bars" role="img" aria-label={told.slice(-12).join(", ")}>
        {names.map((name) => (
          <span key={name} title={`${date(name)}: ${number(months[name] ?? 0)}`}>
            <i style={{ blockSize: `${(100 * (months[name] ?? 0)) / highest}%` }} />
          </span>
        ))}
      </div>
      <figcaption><span>{date(names[0])}</span><span>{date(names.at(-1))}</span></figcaption>
    </figure>
  );
}
