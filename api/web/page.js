// The page: which view an address means, the search box, the language.
import { ask, inPath, make } from "./build.js";
import { actor, article, asking, overview, question, questions } from "./views.js";
import { applyWords, label, switchLanguage, word } from "./words.js";

const main = document.getElementById("main");
const box = document.getElementById("q");
const list = document.getElementById("found");
const PAUSE = 120;
let turn = 0;

const undo = (path) => path.split("/").map(decodeURIComponent).join("/");
const VIEWS = { actor: (rest) => actor(undo(rest)), document: (rest) => article(undo(rest)),
  query: (rest, given) => question(undo(rest), given), questions, ask: asking };

async function show() {
  const mine = ++turn;
  const [path, search = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const [name, ...rest] = path.split("/");
  document.body.dataset.view = name || "overview";
  try {
    const view = VIEWS[name] ?? overview;
    const content = await view(rest.join("/"), new URLSearchParams(search));
    if (mine !== turn) return;
    main.replaceChildren(...content.filter(Boolean));
  } catch (error) {
    if (mine === turn) main.replaceChildren(make("p", { class: "note", dir: "auto" }, `${word("error")}: ${error.message}`));
  }
  document.body.dataset.ready = String(mine);
}

async function suggest() {
  const hint = document.getElementById("try");
  try {
    const { items } = await ask("/actors", { limit: 4 });
    hint.replaceChildren(word("tryThese"), ...items.map((each) => make("a", { href: `#/actor/${inPath(each.id)}`, dir: "auto" }, label(each.label, each.id))));
  } catch { hint.replaceChildren(); }
}

let waiting;
let latest = 0;

async function search() {
  const mine = ++latest;
  const text = box.value.trim();
  if (!text) return close();
  const { items } = await ask("/actors", { q: text, limit: 8 }).catch(() => ({ items: [] }));
  if (mine !== latest) return undefined;
  list.replaceChildren(...items.map((each, index) => make("li", { role: "option", id: `found-${index}` },
    make("a", { href: `#/actor/${inPath(each.id)}`, tabindex: -1 }, make("span", { dir: "auto" }, label(each.label, each.id)),
      make("small", {}, word(each.kind))))));
  if (!items.length) list.append(make("li", { class: "empty" }, word("nothingFound")));
  list.hidden = false;
  box.setAttribute("aria-expanded", "true");
  return undefined;
}

function close() {
  list.hidden = true;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function leave() {
  close();
  latest += 1;
  box.value = "";
  turnBox();
  box.blur();
}

function choose(step) {
  const options = [...list.querySelectorAll("[role=option]")];
  const before = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  options.forEach((option) => option.removeAttribute("aria-selected"));
  const now = options[(before + step + options.length) % options.length];
  now?.setAttribute("aria-selected", "true");
  if (now) box.setAttribute("aria-activedescendant", now.id);
}

// An empty box is written in the direction of the page, a filled one in that of what was typed.
const turnBox = () => { box.dir = box.value ? "auto" : document.documentElement.dir; };

box.addEventListener("input", turnBox);
box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(search, PAUSE); });
box.addEventListener("focus", () => { if (box.value) search(); });
box.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); choose(event.key === "ArrowDown" ? 1 : -1); }
});
document.getElementById("search").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (list.hidden) await search();
  const link = list.querySelector("[aria-selected=true] a") ?? list.querySelector("a");
  if (link) { location.hash = link.getAttribute("href"); leave(); }
});
document.addEventListener("click", (event) => { if (!event.target.closest("#search")) close(); });
list.addEventListener("click", leave);
document.getElementById("language").addEventListener("click", () => { switchLanguage(); applyWords(); turnBox(); show(); suggest(); });
addEventListener("hashchange", () => { show(); scrollTo(0, 0); main.focus({ preventScroll: true }); });
applyWords();
turnBox();
show();
suggest();
