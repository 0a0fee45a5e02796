// YASGUI made ready: our endpoint alone, our prefixes and words, and a drawing beside its table. Nothing is asked elsewhere.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import type { Vocabulary } from "../types";
import { GraphPlugin } from "./graph-plugin";
import { TablePlugin } from "./table-plugin";

export interface Console { show: (query: string) => void; close: () => void }

const PREFIXES: Readonly<Record<string, string>> = {
  org: "http://www.w3.org/ns/org#",
  prov: "http://www.w3.org/ns/prov#",
  rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
  rdfs: "http://www.w3.org/2000/01/rdf-schema#",
  rw: "https://rawabit.example/ns#",
  schema: "https://schema.org/",
  skos: "http://www.w3.org/2004/02/skos/core#",
  wd: "http://www.wikidata.org/entity/",
  xsd: "http://www.w3.org/2001/XMLSchema#",
};

const FIRST = `${["rdf", "rw", "skos"].map((name) => `PREFIX ${name}: <${PREFIXES[name]}>`).join("\n")}

# Who met whom, the newest first.
SELECT ?subject ?subject_name ?object ?object_name ?date WHERE {
  ?fact a rw:Fact ; rdf:predicate rw:met ; rdf:subject ?subject ; rdf:object ?object ; rw:date ?date .
  ?subject skos:prefLabel ?subject_name . FILTER(LANG(?subject_name) = "ar")
  ?object skos:prefLabel ?object_name . FILTER(LANG(?object_name) = "ar")
}
ORDER BY DESC(?date)
LIMIT 50`;

let isReady = false;

function makeReady(vocabulary: Vocabulary): void {
  if (isReady) return;
  isReady = true;
  const iris = [
    ...vocabulary.relations.map((each) => each.iri),
    ...["Fact", "Evidence", "Mention", ...Object.keys(vocabulary.classes)].map((name) => `${PREFIXES.rw}${name}`),
    ...["status", "date", "item", "role", "quantity", "attributedTo", "confidence", "inDocument", "statement", "family"].map((name) => `${PREFIXES.rw}${name}`),
    ...["prefLabel", "altLabel", "exactMatch"].map((name) => `${PREFIXES.skos}${name}`),
    ...["subject", "predicate", "object", "type"].map((name) => `${PREFIXES.rdf}${name}`),
  ];
  // The completers that come with YASGUI ask prefix.cc and LOV; ours know our own words.
  for (const kind of ["property", "class"]) {
    Yasgui.Yasqe.forkAutocompleter(kind, { name: `rawabit-${kind}`, persistenceId: null, bulk: true, get: () => Promise.resolve(iris) });
  }
  Yasgui.Yasqe.defaults.autocompleters = ["variables", "rawabit-property", "rawabit-class"];
  Yasgui.Yasqe.defaults.value = FIRST;
  Yasgui.Yasqe.defaults.prefixCcApi = null;
  // YASR's own table writes style attributes, which the policy of the page refuses, and knows nothing of our views.
  Yasgui.Yasr.registerPlugin("table", TablePlugin as never, true);
  Yasgui.Yasr.registerPlugin("graph", GraphPlugin as never, true);
}

// YASGUI's tabs stand in one list with a button, which is no list of tabs to a screen reader; its editor has no name.
function mend(host: HTMLElement): void {
  host.querySelector(".tabsList")?.removeAttribute("role");
  for (const tab of host.querySelectorAll(".tabsList a")) {
    tab.removeAttribute("role");
    const isShown = tab.getAttribute("aria-selected") === "true";
    tab.removeAttribute("aria-selected");
    if (isShown) tab.setAttribute("aria-current", "true"); else tab.removeAttribute("aria-current");
  }
  for (const panel of host.querySelectorAll("[role=tabpanel]")) panel.removeAttribute("role");
  for (const box of host.querySelectorAll(".CodeMirror textarea")) box.setAttribute("aria-label", "SPARQL");
}

export function openConsole(host: HTMLElement, vocabulary: Vocabulary, query: string | null): Console {
  makeReady(vocabulary);
  host.replaceChildren();
  const yasgui = new Yasgui(host, {
    requestConfig: { endpoint: `${location.origin}/sparql`, method: "POST" },
    copyEndpointOnNewTab: true,
    populateFromUrl: false,
    persistenceId: "rawabit",
    autofocus: false,
    endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => undefined } as never,
    yasr: { pluginOrder: ["table", "graph", "response"], defaultPlugin: "table", prefixes: PREFIXES } as never,
  });
  mend(host);
  for (const event of ["tabAdd", "tabSelect", "tabClose"] as const) yasgui.on(event, () => { setTimeout(() => mend(host)); });
  const show = (text: string) => {
    const tab = yasgui.getTab();
    if (tab && tab.getYasqe().getValue() !== text) tab.getYasqe().setValue(text);
  };
  if (query) show(query);
  return { show, close: () => host.replaceChildren() };
}
