// An answer as a drawing: triples of a CONSTRUCT, or the IRIs of a row, the first tied to each of the others.
import cytoscape, { type Core, type ElementDefinition } from "cytoscape";
import fcose from "cytoscape-fcose";

cytoscape.use(fcose);

const MOST = 400;

interface Value { type: string; value: string }
interface Parsed { getBindings: () => Record<string, Value>[] | undefined; getStatements: () => Quad[] | undefined }
interface Part { value: string; termType: string }
interface Quad { subject: Part; predicate: Part; object: Part }
interface Host { results?: Parsed; resultsEl: HTMLElement }

const nameOf = (iri: string): string => {
  const tail = iri.replace(/^.*[/#](?=.)/u, "");
  try { return decodeURIComponent(tail); } catch { return tail; }
};

type Tie = [string, string, string];

function tiesOf(results: Parsed | undefined): { ties: Tie[]; names: Map<string, string> } {
  const names = new Map<string, string>();
  const statements = results?.getStatements() ?? [];
  if (statements.length) {
    const ties: Tie[] = [];
    for (const { subject, predicate, object } of statements) {
      if (object.termType === "Literal") { if (/label|name/iu.test(predicate.value)) names.set(subject.value, object.value); }
      else ties.push([subject.value, nameOf(predicate.value), object.value]);
    }
    return { ties, names };
  }
  const ties: Tie[] = [];
  for (const row of results?.getBindings() ?? []) {
    const columns = Object.entries(row);
    const iris = columns.filter(([, value]) => value.type === "uri");
    // A column ?x_name is what ?x is called.
    for (const [column, value] of iris) { const named = row[`${column}_name`] ?? row[`${column}Label`]; if (named) names.set(value.value, named.value); }
    const predicate = iris.find(([column]) => /^(predicate|relation|p)$/u.test(column));
    const ends = iris.filter((each) => each !== predicate);
    const [first, ...others] = ends;
    if (first) for (const [column, value] of others) ties.push([first[1].value, predicate ? nameOf(predicate[1].value) : column === "object" ? "" : column, value.value]);
  }
  return { ties, names };
}

export class GraphPlugin {
  priority = 5;
  label = "Graph";
  private core: Core | null = null;

  constructor(private readonly yasr: Host) {}

  canHandleResults(): boolean { return tiesOf(this.yasr.results).ties.length > 0; }

  getIcon(): Element {
    const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    icon.setAttribute("viewBox", "0 0 20 20");
    for (const [x, y] of [[4, 5], [16, 6], [10, 16]]) {
      const circle = document.createElementNS("http://www.w3.org/2000/svg", "circle");
      circle.setAttribute("cx", String(x)); circle.setAttribute("cy", String(y)); circle.setAttribute("r", "3");
      icon.append(circle);
    }
    return icon;
  }

  draw(): void {
    this.destroy();
    const { ties, names } = tiesOf(this.yasr.results);
    const host = document.createElement("div");
    host.className = "answer-graph";
    this.yasr.resultsEl.append(host);
    const ids = new Set<string>();
    const edges: ElementDefinition[] = [];
    for (const [index, [source, name, target]] of ties.slice(0, MOST).entries()) {
      ids.add(source); ids.add(target);
      edges.push({ data: { id: `e${index}`, source, target, name } });
    }
    const nodes = [...ids].map((id) => ({ data: { id, name: names.get(id) ?? nameOf(id) } }));
    const style = getComputedStyle(host);
    const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
    this.core = cytoscape({
      container: host, elements: [...nodes, ...edges],
      style: [
        { selector: "node", style: { label: "data(name)", "font-family": '"IBM Plex Sans Arabic", sans-serif', "font-size": 12, color: value("ink"), "background-color": value("accent"), width: 18, height: 18, "text-valign": "bottom", "text-margin-y": 4 } },
        { selector: "edge", style: { label: "data(name)", "font-size": 9, color: value("soft"), "line-color": value("line"), width: 1.5, "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": value("line"), "text-rotation": "autorotate", "text-background-color": value("card"), "text-background-opacity": 0.8 } },
      ],
      layout: { name: "fcose", animate: false, nodeSeparation: 120, idealEdgeLength: 130, randomize: true } as never,
    });
  }

  destroy(): void {
    this.core?.destroy();
    this.core = null;
  }
}
