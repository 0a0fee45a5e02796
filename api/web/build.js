// Builds the page's elements. Text from the graph only ever becomes text nodes, never markup.
import { date, label, number, word } from "./words.js";

export function make(tag, attributes = {}, ...children) {
  const svg = ["svg", "g", "line", "circle", "rect", "text"].includes(tag) || attributes.svg;
  const node = svg ? document.createElementNS("http://www.w3.org/2000/svg", tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === "svg" || value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export async function ask(path, parameters = {}) {
  const query = new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== null && value !== ""));
  const answer = await fetch(query.size ? `${path}?${query}` : path, { headers: { Accept: "application/json" } });
  const body = await answer.json();
  if (!answer.ok) throw new Error(body.detail ?? answer.statusText);
  return body;
}

// An id may hold slashes and percent signs of its own: each part is escaped, the slashes stay.
export const inPath = (id) => id.split("/").map(encodeURIComponent).join("/");
export const actorLink = (actor, attributes = {}) =>
  make("a", { href: `#/actor/${inPath(actor.id)}`, dir: "auto", ...attributes }, label(actor.label, actor.id));
export const card = (heading, ...content) => make("section", { class: "card" }, heading && make("h2", {}, heading), ...content);

// Texts of either direction side by side, none of which turns the others around.
export const joined = (...texts) => texts.filter(Boolean).flatMap((text, index) => [index ? " · " : "", make("bdi", {}, text)]);

export function factItem(fact, { withDocument = true } = {}) {
  const details = [fact.role, fact.item, fact.quantity?.text].filter(Boolean).join(" · ");
  const quote = make("blockquote", { dir: "auto" }, fact.evidence?.text ?? "");
  const context = make("button", { type: "button", onclick: () => showContext(fact, quote, context) }, word("inContext"));
  return make("li", { class: "fact" },
    make("div", { class: "say" }, actorLink(fact.subject), " ", make("em", {}, label(fact.relation.label, fact.relation.name)), " ",
      actorLink(fact.object), " ", fact.status === "actual" ? null : make("span", { class: `tag ${fact.status}` }, word(fact.status)),
      details ? make("span", { class: "with" }, " — ", make("bdi", {}, details)) : null),
    quote,
    make("div", { class: "meta" }, fact.date ? make("span", {}, date(fact.date)) : null,
      fact.attributed_to ? make("span", {}, `${word("claimedBy")} `, actorLink(fact.attributed_to)) : null,
      withDocument ? make("a", { href: `#/document/${inPath(fact.document.id)}` },
        joined(fact.document.title ?? fact.document.source ?? fact.document.id, date(fact.document.published))) : null,
      withDocument ? context : null));
}

async function showContext(fact, quote, button) {
  const { evidence } = await ask(`/facts/${inPath(fact.id)}`);
  const around = (text) => make("span", { class: "around" }, text);
  quote.replaceChildren(around(evidence.before), make("mark", {}, evidence.text), around(evidence.after));
  button.remove();
}

export function shares(statuses) {
  const names = ["actual", "planned", "possible", "denied"].filter((name) => statuses[name]);
  const bar = make("div", { class: "share", role: "img", "aria-label": names.map((name) => `${word(name)} ${statuses[name]}`).join(", ") });
  for (const name of names) {
    const part = make("i", { class: name });
    part.style.flexGrow = statuses[name];
    bar.append(part);
  }
  const legend = names.map((name) => make("li", {}, make("i", { class: `dot ${name}` }), `${word(name)} `, make("b", {}, number(statuses[name]))));
  return [bar, make("ul", { class: "legend" }, legend)];
}

export function monthChart(months) {
  const known = Object.keys(months);
  if (known.length < 2) return null;
  const names = lastMonths(known.at(-1), 24);
  const most = Math.max(1, ...names.map((name) => months[name] ?? 0));
  const step = 600 / names.length;
  const chart = make("svg", { class: "months", viewBox: "0 0 600 84", preserveAspectRatio: "none", role: "img", "aria-label": word("byMonth") });
  names.forEach((name, index) => {
    const count = months[name] ?? 0;
    const height = count ? Math.max(3, (count / most) * 80) : 1;
    chart.append(make("rect", { x: index * step + 1, y: 84 - height, width: Math.max(1, step - 2), height, rx: 2 },
      make("title", { svg: true }, `${name}: ${count}`)));
  });
  return make("div", {}, make("div", { dir: "ltr" }, chart),
    make("div", { class: "meta ends", dir: "ltr" }, make("span", {}, date(names[0])), make("span", {}, date(names.at(-1)))));
}

function lastMonths(last, number) {
  const [year, month] = last.split("-").map(Number);
  return Array.from({ length: number }, (_, index) => {
    const count = year * 12 + month - number + index;
    return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, "0")}`;
  });
}

// The strongest ties of an actor in a circle around it.
export function web(neighbourhood) {
  const [centre, ...others] = neighbourhood.nodes;
  if (!others.length) return null;
  const shown = others.slice(0, 12);
  const places = new Map([[centre.id, [260, 190]]]);
  shown.forEach((node, index) => {
    const angle = (2 * Math.PI * index) / shown.length - Math.PI / 2;
    places.set(node.id, [260 + 190 * Math.cos(angle), 190 + 140 * Math.sin(angle)]);
  });
  const drawing = make("svg", { class: "web", viewBox: "0 0 520 385" });
  for (const edge of neighbourhood.edges) {
    const [from, to] = [places.get(edge.source), places.get(edge.target)];
    if (from && to) drawing.append(make("line", { x1: from[0], y1: from[1], x2: to[0], y2: to[1], "stroke-width": Math.min(7, 1 + edge.weight) },
      make("title", { svg: true }, label(edge.relation.label, edge.relation.name))));
  }
  for (const node of [...shown, centre]) {
    const [x, y] = places.get(node.id);
    const name = label(node.label, node.id);
    drawing.append(make("a", { svg: true, href: `#/actor/${inPath(node.id)}`, class: node === centre ? "me" : "" },
      make("circle", { cx: x, cy: y, r: node === centre ? 15 : Math.min(13, 6 + Math.sqrt(node.strength)) }),
      make("text", { x, y: y + 30 }, name.length > 26 ? `${name.slice(0, 25)}…` : name)));
  }
  return drawing;
}
