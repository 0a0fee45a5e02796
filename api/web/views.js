// What the page shows: the overview, an actor, a document, the ready questions, how to ask.
import { actorLink, ask, card, factItem, inPath, joined, make, monthChart, shares, web } from "./build.js";
import { current, date, label, number, word } from "./words.js";

export async function overview() {
  const [stats, newest, queries] = await Promise.all([ask("/stats"), ask("/facts", { limit: 6 }), ask("/queries")]);
  const tile = (count, key) => make("div", { class: "card tile" }, make("b", {}, number(count)), make("span", {}, word(key)));
  const actors = Object.values(stats.kinds).reduce((sum, count) => sum + count, 0);
  const span = stats.documents.first ? make("small", {}, `${word("from")} ${date(stats.documents.first)} ${word("to")} ${date(stats.documents.last)}`) : null;
  const most = Math.max(1, ...stats.top_actors.map((actor) => actor.facts));
  return [
    make("div", { class: "tiles" }, tile(stats.documents.number, "documents"), tile(stats.facts, "facts"),
      tile(actors, "actors"), tile(stats.relations.length, "relations")),
    stats.facts ? null : make("p", { class: "note" }, word("empty")),
    make("div", { class: "grid" },
      make("section", { class: "card" }, make("h2", {}, word("newest"), " ", span), make("ul", { class: "facts" }, newest.items.map((fact) => factItem(fact)))),
      make("div", { class: "stack" },
        card(word("topActors"), make("ol", { class: "ranks" }, stats.top_actors.map((actor) => make("li", {}, actorLink(actor),
          make("meter", { min: 0, max: most, value: actor.facts, "aria-hidden": "true" }), make("small", {}, number(actor.facts)))))),
        card(word("whatHappened"), ...shares(stats.statuses), monthChart(stats.months)))),
    make("section", {}, make("h2", {}, word("questions"), " ", make("small", {}, word("questionsNote"))), questionList(queries)),
    make("section", { class: "gap" }, howToAsk(queries)),
  ];
}

function questionList(queries) {
  return make("div", { class: "questions" }, queries.items.map((query) => make("a", { class: "card question", href: `#/query/${query.name}` },
    make("b", {}, label(query.title, query.name)), current() === "en" ? make("small", {}, query.description) : make("small", { dir: "ltr" }, query.name))));
}

export async function questions() {
  const queries = await ask("/queries");
  return [backLink(), make("h2", {}, word("questions"), " ", make("small", {}, word("questionsNote"))), questionList(queries)];
}

export async function actor(id) {
  const [found, facts, around] = await Promise.all([ask(`/actors/${inPath(id)}`), ask(`/actors/${inPath(id)}/relationships`, { limit: 15 }),
    ask(`/actors/${inPath(id)}/neighbourhood`, { nodes: 13 })]);
  const other = current() === "ar" ? found.label.en : found.label.ar;
  const list = make("ul", { class: "facts" }, facts.items.map((fact) => factItem(fact)));
  const offices = found.offices.map((office) => make("li", {}, `${label(office.title, "")} — `, actorLink(office.body),
    make("span", { class: "quiet" }, ` ${date(office.since)}${office.until ? ` – ${date(office.until)}` : ""}`)));
  const counts = countsOf(found.relations).slice(0, 14).map((row) => make("li", {}, `${label(row.relation.label, row.relation.name)} `,
    row.status === "actual" ? null : `(${word(row.status)}) `, make("b", {}, number(row.facts))));
  return [
    backLink(),
    make("h1", { class: "title", dir: "auto" }, label(found.label, found.id), " ", make("span", { class: "kind" }, joined(word(found.kind), other))),
    make("ul", { class: "chips" }, found.same_as.map((address) => make("li", {}, make("a", { href: address, rel: "noopener noreferrer" }, address.split("/").at(-1)))),
      found.aliases.slice(0, 12).map((alias) => make("li", { dir: "auto" }, alias.text))),
    make("div", { class: "grid" },
      card(word("itsFacts"), facts.items.length ? list : make("p", { class: "quiet" }, word("none")), moreButton(list, id, facts.next)),
      make("div", { class: "stack" }, around.nodes.length > 1 ? card(word("strongest"), web(around)) : null,
        counts.length ? card(null, make("ul", { class: "legend" }, counts)) : null,
        offices.length ? card(word("offices"), make("ul", {}, offices)) : null)),
  ];
}

// Facts of a relation whichever way they point: the list beside says who did what.
function countsOf(rows) {
  const sums = new Map();
  for (const row of rows) {
    const key = `${row.relation.name} ${row.status}`;
    sums.set(key, { ...row, facts: row.facts + (sums.get(key)?.facts ?? 0) });
  }
  return [...sums.values()].sort((a, b) => b.facts - a.facts);
}

function moreButton(list, id, cursor) {
  if (!cursor) return null;
  const button = make("button", { class: "more", type: "button" }, word("more"));
  button.addEventListener("click", async () => {
    const page = await ask(`/actors/${inPath(id)}/relationships`, { limit: 15, cursor });
    list.append(...page.items.map((fact) => factItem(fact)));
    cursor = page.next;
    if (!cursor) button.remove();
  });
  return button;
}

export async function article(id) {
  const found = await ask(`/documents/${inPath(id)}`);
  return [
    backLink(),
    make("h1", { class: "title", dir: "auto" }, found.title ?? found.id),
    make("p", { class: "quiet" }, joined(found.source, date(found.published)), found.url && /^https?:/.test(found.url) ? make("a", { href: found.url, rel: "noopener noreferrer" }, " ↗") : null),
    make("div", { class: "grid" }, card(null, make("p", { class: "text", dir: "auto" }, markedText(found))),
      card(word("readIn"), make("ul", { class: "facts" }, found.facts.map((fact) => factItem(fact, { withDocument: false }))))),
  ];
}

// Offsets count characters, and JavaScript's strings count halves of some: so the text is cut up as characters.
function markedText(found) {
  const characters = Array.from(found.text);
  const pieces = [];
  let place = 0;
  for (const mention of found.mentions.filter((each) => !each.in_title).sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (mention.start < place) continue;
    pieces.push(characters.slice(place, mention.start).join(""),
      make("a", { href: `#/actor/${inPath(mention.actor.id)}`, title: label(mention.actor.label, mention.actor.id) }, characters.slice(mention.start, mention.end).join("")));
    place = mention.end;
  }
  return [...pieces, characters.slice(place).join("")];
}

export async function question(name, given) {
  const query = (await ask("/queries")).items.find((each) => each.name === name);
  if (!query) throw new Error(name);
  const values = Object.fromEntries(query.parameters.map((each) => [each.name,
    given.get(each.name) ?? (each.name === "language" ? current() : each.default ?? each.example ?? "")]));
  const answer = make("div", {});
  const form = make("form", { class: "fields" }, query.parameters.map((each) => make("label", {}, `${each.name}${each.required ? ` (${word("required")})` : ""}`,
    make("input", { name: each.name, value: values[each.name], title: each.description, required: each.required, dir: "auto" }))),
  make("button", { class: "go" }, word("run")));
  const run = async () => {
    const asked = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    try { answer.replaceChildren(...table(await ask(`/queries/${name}`, Object.fromEntries(asked)), `/queries/${name}`, asked)); }
    catch (error) { answer.replaceChildren(make("p", { class: "note", dir: "auto" }, error.message)); }
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); run(); });
  await run();
  return [backLink(), make("h1", { class: "title" }, label(query.title, query.name)), make("p", { class: "quiet", dir: "auto" }, query.description),
    make("section", { class: "card" }, form, answer), make("details", {}, make("summary", {}, "SPARQL"), make("pre", {}, query.sparql))];
}

const undo = (id) => { try { return decodeURIComponent(id); } catch { return id; } };

function table(answer, path, asked) {
  const filled = answer.head.vars.filter((name) => answer.results.bindings.some((row) => row[name]));
  const columns = filled.filter((name) => !name.endsWith("_name") || !filled.includes(name.slice(0, -5)));
  const cell = (term, name) => {
    if (!term) return "";
    const [, room, id] = (term.type === "uri" && term.value.match(/\/(entity|document)\/(.+)$/)) || [];
    if (!id) return make("span", { dir: "auto" }, term.value);
    const text = name?.value ?? undo(id);
    if (room === "entity") return make("a", { href: `#/actor/${id}`, dir: "auto" }, text);
    return make("a", { href: `#/document/${id.split("/")[0]}`, dir: "auto" }, text);
  };
  const rows = answer.results.bindings.map((row) => make("tr", {}, columns.map((name) => make("td", {}, cell(row[name], row[`${name}_name`])))));
  const links = ["json", "csv"].map((format) => make("a", { href: `${path}?${new URLSearchParams([...asked, ["format", format]])}`, download: true }, format.toUpperCase()));
  return [make("p", { class: "meta" }, `${number(rows.length)} ${word("rows")} · ${word("download")}: `, ...links),
    make("div", { class: "table" }, make("table", {}, make("thead", {}, make("tr", {}, columns.map((name) => make("th", {}, name)))), make("tbody", {}, rows)))];
}

export async function asking() {
  return [backLink(), howToAsk(await ask("/queries"))];
}

function howToAsk(queries) {
  const here = location.origin;
  const named = queries.items.find((each) => each.parameters.every((parameter) => !parameter.required)) ?? queries.items[0];
  const sparql = "PREFIX rw: <https://rawabit.example/ns#>\nSELECT ?giver ?taker WHERE { ?giver rw:supplies ?taker } LIMIT 20";
  return card(word("howToAsk"), ...[
    ["curlNote", `curl '${here}/actors?q=Ukraine'\ncurl '${here}/actors/Q212/relationships?since=2024-01&status=actual'`],
    ["sparqlNote", `curl ${here}/sparql -H 'Accept: text/csv' --data-urlencode 'query=${sparql}'`],
    named ? ["namedNote", `curl '${here}/queries/${named.name}?format=csv'\nrawabit query ${named.name}`] : null,
    ["gephiNote", `curl -o rawabit.gexf '${here}/export/gexf'`],
    ["aroundNote", `curl -o around.gexf '${here}/export/gexf?actor=Q212&depth=2'`],
  ].filter(Boolean).map(([note, text]) => make("div", {}, make("p", { class: "quiet" }, word(note)), copyable(text))));
}

function copyable(text) {
  const button = make("button", { type: "button", onclick: () => navigator.clipboard?.writeText(text) }, word("copy"));
  return make("div", { class: "copy" }, make("pre", {}, text), button);
}

const backLink = () => make("a", { class: "back", href: "#/" }, `${current() === "ar" ? "→" : "←"} ${word("back")}`);
