// Draws a network on a canvas: places nodes, follows the pointer, tells what was touched. Cytoscape is loaded with it.
import cytoscape, { type Core, type ElementDefinition, type NodeSingular, type StylesheetJson } from "cytoscape";
import fcose from "cytoscape-fcose";
import { label } from "../language";
import { FAMILIES, happened, sizeOf, widthOf, type Model } from "./model";

cytoscape.use(fcose);

export interface Handlers {
  onNode: (id: string) => void;
  onTie: (key: string) => void;
  onNothing: () => void;
  onExpand: (id: string) => void;
}
export interface Place { x: number; y: number }
export interface Looks { ink: string; card: string; soft: string; focus: string; kinds: Record<string, string>; families: Record<string, string> }

const FONT = '"IBM Plex Sans Arabic", sans-serif';
const KIND_NAMES = ["Person", "Country", "Organization", "Place", "Weapon", "Agreement", "Event"];

// The colours of the page as they are now, light or dark.
export function readLooks(): Looks {
  const style = getComputedStyle(document.documentElement);
  const value = (name: string) => style.getPropertyValue(`--${name}`).trim();
  const of = (names: readonly string[], prefix = "") => Object.fromEntries(names.map((name) => [name, value(prefix + name)]));
  return { ink: value("ink"), card: value("card"), soft: value("soft"), focus: value("focus"), kinds: of(KIND_NAMES), families: of(FAMILIES, "family-") };
}

export class Drawing {
  private readonly core: Core;
  private readonly pinned = new Set<string>();

  constructor(host: HTMLElement, private readonly centre: string, handlers: Handlers) {
    this.core = cytoscape({
      container: host, style: styleOf(readLooks()), minZoom: 0.1, maxZoom: 4, boxSelectionEnabled: false,
      // Lines are left out while the view is dragged where there are many: this keeps 500 nodes fluid.
      hideEdgesOnViewport: false, textureOnViewport: false, pixelRatio: "auto",
    });
    this.core.on("tap", (event) => { if (event.target === this.core) handlers.onNothing(); });
    this.core.on("tap", "node", (event) => handlers.onNode((event.target as NodeSingular).id()));
    this.core.on("tap", "edge", (event) => handlers.onTie(event.target.data("key") as string));
    this.core.on("dbltap", "node", (event) => handlers.onExpand((event.target as NodeSingular).id()));
    this.core.on("dragfree", "node", (event) => { (event.target as NodeSingular).scratch("moved", true); });
  }

  // Shows a network; who is new is set beside whom it is tied to, and all find their places from there.
  show(model: Model, { arrange }: { arrange: "all" | "new" | "none" }): void {
    const core = this.core;
    const before = new Set(core.nodes().map((node) => node.id()));
    core.batch(() => {
      core.elements().forEach((element) => {
        const key = element.data("key") as string | undefined;
        if (!(key === undefined ? model.nodes.has(element.id()) : model.ties.has(key))) element.remove();
      });
      const elements: ElementDefinition[] = [];
      for (const node of model.nodes.values()) {
        if (!before.has(node.id)) elements.push({ group: "nodes", data: { id: node.id }, position: this.beside(node.id, model) });
      }
      for (const tie of model.ties.values()) {
        if (core.getElementById(`t ${tie.key}`).empty()) {
          elements.push({ group: "edges", data: { id: `t ${tie.key}`, key: tie.key, source: tie.source, target: tie.target } });
        }
      }
      core.add(elements);
      this.name(model);
    });
    if (arrange !== "none" && model.nodes.size > 1) this.arrange(arrange === "all");
    else if (arrange !== "none") core.fit(undefined, 60);
  }

  // Writes names and weights onto what is drawn, in the language of now.
  name(model: Model): void {
    this.core.nodes().forEach((node) => {
      const actor = model.nodes.get(node.id());
      if (!actor) return;
      node.data({ name: shorten(label(actor.label, actor.id)), kind: actor.kind ?? "", size: sizeOf(actor.strength) + (actor.id === this.centre ? 10 : 0) });
      node.toggleClass("centre", actor.id === this.centre);
    });
    this.core.edges().forEach((edge) => {
      const tie = model.ties.get(edge.data("key") as string);
      if (!tie) return;
      edge.data({ name: label(tie.relation.label, tie.relation.name), family: tie.family, width: widthOf(tie.weight) });
      edge.toggleClass("not-actual", !happened(tie.status));
      edge.toggleClass("both-ways", tie.relation.symmetric);
    });
  }

  arrange(anew: boolean): void {
    const many = this.core.nodes().length > 150;
    this.core.layout({
      name: "fcose", quality: many ? "draft" : "default", randomize: anew, animate: false, fit: true, padding: 40,
      nodeSeparation: 120, idealEdgeLength: () => 120, nodeRepulsion: () => 9000, packComponents: true,
      // fcose scales what it is given up where labels need room.
      nodeDimensionsIncludeLabels: !many,
      fixedNodeConstraint: anew ? undefined : [...this.pinned].map((id) => ({ nodeId: id, position: this.core.getElementById(id).position() })),
    } as unknown as cytoscape.LayoutOptions).run();
    this.core.fit(undefined, 40);
    if (this.core.zoom() > 1.4) { this.core.zoom(1.4); this.core.center(); }
  }

  pin(id: string, pinned: boolean): void {
    if (pinned) this.pinned.add(id); else this.pinned.delete(id);
    this.core.getElementById(id).toggleClass("pinned", pinned);
    if (pinned) this.core.getElementById(id).lock(); else this.core.getElementById(id).unlock();
  }

  mark(kind: "node" | "tie" | null, key: string): void {
    this.core.elements().removeClass("marked faded");
    if (kind === null) return;
    const chosen = this.core.getElementById(kind === "node" ? key : `t ${key}`);
    if (chosen.empty()) return;
    const around = kind === "node" ? chosen.closedNeighborhood() : chosen.union(chosen.connectedNodes());
    this.core.elements().not(around).addClass("faded");
    chosen.addClass("marked");
  }

  labelTies(on: boolean): void { this.core.edges().toggleClass("named", on); }
  fit(): void { this.core.fit(undefined, 40); }
  zoom(by: number): void {
    this.core.zoom({ level: this.core.zoom() * by, renderedPosition: { x: this.core.width() / 2, y: this.core.height() / 2 } });
  }
  dress(): void { this.core.style(styleOf(readLooks())); }
  resize(): void { this.core.resize(); }
  places(): Map<string, Place> { return new Map(this.core.nodes().map((node) => [node.id(), { ...node.position() }])); }
  extent(): { x1: number; y1: number; x2: number; y2: number } { return this.core.extent(); }
  png(): Blob { return this.core.png({ output: "blob", bg: readLooks().card, full: false, scale: 2 }) as unknown as Blob; }
  end(): void { this.core.destroy(); }

  private beside(id: string, model: Model): Place {
    const known = [...model.ties.values()].map((tie) => (tie.source === id ? tie.target : tie.target === id ? tie.source : null))
      .find((other) => other !== null && this.core.getElementById(other).nonempty());
    const place = known ? this.core.getElementById(known).position() : { x: 0, y: 0 };
    const turn = (this.core.nodes().length + model.nodes.size + id.length * 7) % 360;
    return { x: place.x + 90 * Math.cos(turn), y: place.y + 90 * Math.sin(turn) };
  }
}

const shorten = (name: string): string => (name.length > 28 ? `${name.slice(0, 27)}…` : name);

function styleOf(looks: Looks): StylesheetJson {
  return [
    {
      selector: "node",
      style: {
        "background-color": (node: NodeSingular) => looks.kinds[node.data("kind") as string] || looks.soft,
        width: "data(size)", height: "data(size)", label: "data(name)", color: looks.ink, "font-family": FONT, "font-size": 13,
        "text-valign": "bottom", "text-margin-y": 5, "text-outline-color": looks.card, "text-outline-width": 2.5, "min-zoomed-font-size": 8,
        "border-width": 1.5, "border-color": looks.card, "text-wrap": "wrap", "text-max-width": "130px",
      },
    },
    { selector: "node.centre", style: { "border-width": 4, "border-color": looks.ink, "font-weight": 600, "font-size": 15 } },
    { selector: "node.pinned", style: { "border-width": 4, "border-style": "double", "border-color": looks.focus } },
    {
      selector: "edge",
      style: {
        "line-color": (edge: cytoscape.EdgeSingular) => looks.families[edge.data("family") as string] || looks.soft,
        "target-arrow-color": (edge: cytoscape.EdgeSingular) => looks.families[edge.data("family") as string] || looks.soft,
        width: "data(width)", "curve-style": "bezier", "target-arrow-shape": "triangle", "arrow-scale": 0.9, opacity: 0.85,
        "control-point-step-size": 34, "font-family": FONT, "font-size": 11, color: looks.ink, "text-outline-color": looks.card, "text-outline-width": 2,
        "text-rotation": "autorotate", "min-zoomed-font-size": 8,
      },
    },
    { selector: "edge.both-ways", style: { "target-arrow-shape": "none" } },
    { selector: "edge.not-actual", style: { "line-style": "dashed", "line-dash-pattern": [7, 5] } },
    { selector: "edge.named", style: { label: "data(name)" } },
    { selector: ".faded", style: { opacity: 0.18 } },
    { selector: ".marked", style: { opacity: 1, "z-index": 10, "overlay-color": looks.focus, "overlay-opacity": 0.14, "overlay-padding": 5 } },
    { selector: "edge.marked", style: { label: "data(name)" } },
  ] as unknown as StylesheetJson;
}
