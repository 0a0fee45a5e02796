// An answer as our own table, in which an actor, a document and a fact lead to their views.
import { render } from "preact";
import { number, speak } from "../language";
import type { SelectAnswer } from "../types";
import { ResultTable } from "../views/results";

const MOST = 1000;
const words = speak({
  ar: { first: "تظهر أول الصفوف، وعددها", of: "من", none: "لا صفوف في الجواب." },
  en: { first: "These are the first rows,", of: "of", none: "The answer has no rows." },
});

interface Host { results?: { getAsJson: () => SelectAnswer | false | undefined }; resultsEl: HTMLElement }

export class TablePlugin {
  priority = 10;
  label = "Table";
  private host: HTMLElement | null = null;

  constructor(private readonly yasr: Host) {}

  canHandleResults(): boolean { return !!this.answer()?.results; }

  getIcon(): Element {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 20 20");
    for (const y of [4, 9, 14]) {
      const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect");
      for (const [name, value] of Object.entries({ x: 2, y, width: 16, height: 3 })) bar.setAttribute(name, String(value));
      icon.append(bar);
    }
    return icon;
  }

  draw(): void {
    this.destroy();
    const answer = this.answer();
    if (!answer) return;
    this.host = document.createElement("div");
    this.host.className = "answer-table";
    // The editor is written from left to right, its answers as the page is.
    this.host.dir = document.documentElement.dir;
    this.yasr.resultsEl.append(this.host);
    const rows = answer.results?.bindings ?? [];
    render(
      <>
        {rows.length > MOST && <p class="rest">{words("first")} {number(MOST)} {words("of")} {number(rows.length)}</p>}
        {rows.length ? <ResultTable answer={{ head: answer.head, results: { bindings: rows.slice(0, MOST) } }} /> : <p class="empty">{words("none")}</p>}
      </>,
      this.host,
    );
  }

  destroy(): void {
    if (this.host) render(null, this.host);
    this.host?.remove();
    this.host = null;
  }

  private answer(): SelectAnswer | null { return this.yasr.results?.getAsJson() || null; }
}
