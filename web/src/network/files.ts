// Writes just what is on the screen as a file: a drawing as SVG, a network as GEXF 1.3, rows as CSV.
import { label } from "../language";
import type { Looks, Place } from "./drawing";
import { happened, sizeOf, widthOf, type Model } from "./model";

// Characters that XML has no way to write are left out.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/gu;
const escape = (text: string): string => text.replace(unwritable, "")
  .replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export interface Extent { x1: number; y1: number; x2: number; y2: number }

export function writeSvg(model: Model, places: ReadonlyMap<string, Place>, extent: Extent, looks: Looks): string {
  const [width, height] = [extent.x2 - extent.x1, extent.y2 - extent.y1];
  const between = new Map<string, number>();
  const lines = [...model.ties.values()].map((tie) => {
    const [from, to] = [places.get(tie.source), places.get(tie.target)];
    if (!from || !to) return "";
    // Ties between the same two are bent apart, as on the screen.
    const pair = [tie.source, tie.target].sort().join("\t");
    const nth = between.get(pair) ?? 0;
    between.set(pair, nth + 1);
    const bend = Math.ceil(nth / 2) * (nth % 2 ? 34 : -34) * (tie.source < tie.target ? 1 : -1);
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
    const [nx, ny] = [-(to.y - from.y) / length, (to.x - from.x) / length];
    const [mx, my] = [(from.x + to.x) / 2 + nx * bend, (from.y + to.y) / 2 + ny * bend];
    const reach = sizeOf(model.nodes.get(tie.target)?.strength ?? 1) / 2 + 4;
    const way = Math.hypot(to.x - mx, to.y - my) || 1;
    const end = { x: to.x - ((to.x - mx) / way) * reach, y: to.y - ((to.y - my) / way) * reach };
    const colour = looks.families[tie.family] ?? looks.soft;
    const dash = happened(tie.status) ? "" : ' stroke-dasharray="7 5"';
    const arrow = tie.relation.symmetric ? "" : ` marker-end="url(#arrow-${escape(tie.family)})"`;
    const path = `M${fix(from.x)} ${fix(from.y)} Q${fix(mx)} ${fix(my)} ${fix(end.x)} ${fix(end.y)}`;
    return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${fix(widthOf(tie.weight))}" opacity=".85"${dash}${arrow}><title>${escape(label(tie.relation.label, tie.relation.name))} (${tie.weight})</title></path>`;
  });
  const dots = [...model.nodes.values()].map((node) => {
    const place = places.get(node.id);
    if (!place) return "";
    const size = sizeOf(node.strength) / 2;
    const colour = looks.kinds[node.kind ?? ""] ?? looks.soft;
    return `<g><circle cx="${fix(place.x)}" cy="${fix(place.y)}" r="${fix(size)}" fill="${colour}" stroke="${looks.card}" stroke-width="1.5"/>`
      + `<text x="${fix(place.x)}" y="${fix(place.y + size + 16)}">${escape(label(node.label, node.id))}</text></g>`;
  });
  const markers = Object.entries(looks.families).map(([family, colour]) =>
    `<marker id="arrow-${family}" viewBox="0 0 10 10" refX="8" refY="5" markerWidth="10" markerHeight="10" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0 10 5 0 10z" fill="${colour}"/></marker>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${fix(extent.x1)} ${fix(extent.y1)} ${fix(width)} ${fix(height)}" font-family="IBM Plex Sans Arabic, Noto Sans Arabic, sans-serif" font-size="13" text-anchor="middle" fill="${looks.ink}">
<defs>${markers.join("")}</defs>
<rect x="${fix(extent.x1)}" y="${fix(extent.y1)}" width="${fix(width)}" height="${fix(height)}" fill="${looks.card}"/>
${lines.join("\n")}
${dots.join("\n")}
</svg>
`;
}

const fix = (value: number): string => String(Math.round(value * 10) / 10);

function viz(colour: string): string {
  const [r, g, b] = (/^#(..)(..)(..)/.exec(colour)?.slice(1) ?? ["80", "80", "80"]).map((part) => Number.parseInt(part, 16));
  return `<viz:color r="${r}" g="${g}" b="${b}"/>`;
}

export function writeGexf(model: Model, places: ReadonlyMap<string, Place>, looks: Looks): string {
  const nodes = [...model.nodes.values()].map((node) => {
    const place = places.get(node.id) ?? { x: 0, y: 0 };
    return `<node id="${escape(node.id)}" label="${escape(label(node.label, node.id))}"><attvalues>`
      + `<attvalue for="kind" value="${escape(node.kind ?? "")}"/><attvalue for="ar" value="${escape(node.label.ar ?? "")}"/><attvalue for="en" value="${escape(node.label.en ?? "")}"/>`
      + `</attvalues>${viz(looks.kinds[node.kind ?? ""] ?? "")}<viz:position x="${fix(place.x)}" y="${fix(-place.y)}"/><viz:size value="${fix(sizeOf(node.strength))}"/></node>`;
  });
  const edges = [...model.ties.values()].map((tie, index) =>
    `<edge id="${index}" source="${escape(tie.source)}" target="${escape(tie.target)}" type="${tie.relation.symmetric ? "undirected" : "directed"}" `
    + `kind="${escape(tie.relation.name)}" label="${escape(label(tie.relation.label, tie.relation.name))}" weight="${tie.weight}"><attvalues>`
    + `<attvalue for="status" value="${tie.status}"/><attvalue for="family" value="${escape(tie.family)}"/><attvalue for="facts" value="${tie.facts}"/>`
    + `<attvalue for="first" value="${escape(tie.first ?? "")}"/><attvalue for="last" value="${escape(tie.last ?? "")}"/></attvalues>${viz(looks.families[tie.family] ?? "")}</edge>`);
  const attributes = (of: string, names: string[]) =>
    `<attributes class="${of}">${names.map((name) => `<attribute id="${name}" title="${name}" type="string"/>`).join("")}</attributes>`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3" xmlns:viz="http://gexf.net/1.3/viz" version="1.3">
<graph defaultedgetype="directed" mode="static">
${attributes("node", ["kind", "ar", "en"])}
${attributes("edge", ["status", "family", "facts", "first", "last"])}
<nodes>${nodes.join("\n")}</nodes>
<edges>${edges.join("\n")}</edges>
</graph>
</gexf>
`;
}

// CSV as spreadsheets read it: a mark that says UTF-8, and no cell that they would take for a formula.
export function writeCsv(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  const cell = (value: string | number | null | undefined) => {
    const text = String(value ?? "");
    const safe = /^[=+\-@\t\r]/u.test(text) && typeof value !== "number" ? `'${text}` : text;
    return /[",\n\r]/u.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

export function save(name: string, content: Blob | string, type = "text/plain"): void {
  const blob = typeof content === "string" ? new Blob([content], { type: `${type};charset=utf-8` }) : content;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
