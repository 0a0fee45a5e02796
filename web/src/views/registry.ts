// The views of the page: to add one, write its module and put its line here.
import type { ComponentType } from "preact";
import { ActorView } from "./actor";
import { AddView, addTitle } from "./add";
import { CompareView, compareTitle } from "./compare";
import { DocumentView } from "./document";
import { DocumentsView, documentsTitle } from "./documents";
import { FoundView } from "./found";
import { Overview } from "./overview";
import { PathsView, pathsTitle } from "./paths";
import { QueriesView, queriesTitle } from "./queries";
import { SparqlView, sparqlTitle } from "./sparql";

export interface View {
  name: string; // /?view=NAME shows it
  key?: string; // so does any address that has this value: /?actor=Q212
  menu?: boolean; // whether the menu at the top lists it, by its title
  title?: () => string;
  show: ComponentType<{ values: URLSearchParams }>;
}

export const VIEWS: readonly View[] = [
  { name: "overview", show: Overview },
  { name: "found", key: "q", show: FoundView },
  { name: "actor", key: "actor", show: ActorView },
  { name: "document", key: "document", show: DocumentView },
  { name: "documents", menu: true, title: documentsTitle, show: DocumentsView },
  { name: "paths", menu: true, title: pathsTitle, show: PathsView },
  { name: "compare", menu: true, title: compareTitle, show: CompareView },
  { name: "queries", menu: true, title: queriesTitle, show: QueriesView },
  { name: "sparql", menu: true, title: sparqlTitle, show: SparqlView },
  { name: "add", menu: true, title: addTitle, show: AddView },
];

// The view that an address asks for: by its name, else by the first key it has, else the overview.
export function viewOf(values: URLSearchParams): View | undefined {
  const name = values.get("view");
  if (name) return VIEWS.find((each) => each.name === name);
  return VIEWS.find((each) => each.key && values.get(each.key)) ?? VIEWS[0];
}
