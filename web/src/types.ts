// What the public HTTP interface answers, as /openapi.json has it.
export interface Labels { ar: string | null; en: string | null }
export type Kind = "Person" | "Country" | "Organization" | "Place" | "Weapon" | "Agreement" | "Event";
export type Status = "actual" | "planned" | "possible" | "denied" | "refused";
export type Direction = "in" | "out";
export const KINDS: Kind[] = ["Person", "Country", "Organization", "Place", "Weapon", "Agreement", "Event"];
export const STATUSES: Status[] = ["actual", "planned", "possible", "denied", "refused"];

export interface Page<Item> { items: Item[]; next: string | null }
export interface Actor { id: string; iri: string; kind: Kind | null; label: Labels }
export interface CountedActor extends Actor { facts: number }
export interface FoundActor extends CountedActor { matched: string | null; score: number | null }
export interface RelationName { name: string; label: Labels; symmetric: boolean }
export interface RelationCount {
  relation: RelationName; direction: Direction; status: Status; facts: number; documents: number;
  first: string | null; last: string | null;
}
export interface Office { body: Actor; title: Labels; since: string | null; until: string | null }
export interface ActorLink { link: "country" | "part_of" | "made_by"; direction: Direction; actor: Actor }
export interface ActorDetail extends Actor {
  aliases: { text: string; language: string | null }[]; same_as: string[]; offices: Office[]; links: ActorLink[];
  first: string | null; last: string | null; first_seen: string | null; last_seen: string | null;
  facts: number; documents: number; relations: RelationCount[];
}
export interface Counterpart extends Actor {
  weight: number; facts: number; first: string | null; last: string | null; relations: RelationCount[];
}
export interface Evidence {
  text: string | null; start: number | null; end: number | null; in_title: boolean;
  before: string | null; after: string | null;
}
export interface DocumentName {
  id: string | null; iri: string | null; title: string | null; published: string | null;
  source: string | null; url: string | null;
}
export interface Quantity { text: string | null; value: number | null; unit: string | null; bound: string | null }
export interface FactBody {
  id: string; iri: string; subject: Actor; relation: RelationName; object: Actor; status: Status; stated: Status;
  date: string | null; item: string | null; role: string | null; trigger: string | null; date_text: string | null; quantity: Quantity | null;
  attributed_to: Actor | null; confidence: number; readers: string[]; event: string | null;
  evidence: Evidence | null;
}
export interface Fact extends FactBody { document: DocumentName }
export interface ToldBy { fact: string; status: Status; document: DocumentName; copy_of: string | null }
export interface FactDetail extends Fact { told_by: ToldBy[] }
export interface EventDetail {
  id: string; reports: number; documents: number; disputes: ("status" | "amount")[];
  denials: { by: Actor | null; fact: string; document: DocumentName }[];
  amounts: { value: number; unit: string | null; bound: string | null; documents: string[] }[];
}
export interface Mention { start: number; end: number; in_title: boolean; actor: Actor }
export interface DocumentDetail extends DocumentName {
  language: string | null; text: string; mentions: Mention[]; facts: FactBody[];
}
export interface Node extends Actor { steps: number; strength: number }
export interface Edge {
  source: string; target: string; relation: RelationName; status: Status; weight: number; facts: number;
  first: string | null; last: string | null; confidence: number;
}
export interface Neighbourhood {
  centre: string; depth: number; nodes: Node[]; edges: Edge[]; cut: { nodes: number; edges: number };
}
export interface Moment {
  date: string; subject: Actor; relation: RelationName; object: Actor; status: Status;
  facts: number; documents: number; confidence: number; fact: string;
}
export interface RelationFacts extends RelationName { facts: number; statuses: Partial<Record<Status, number>> }
export interface Outlet { source: string; documents: number; months: Record<string, number> }
export interface Stats {
  checkpoint: number; documents: { number: number; sources: number; first: string | null; last: string | null };
  facts: number; statuses: Partial<Record<Status, number>>; relations: RelationFacts[];
  kinds: Partial<Record<Kind, number>>; months: Record<string, number>; outlets: Outlet[]; top_actors: CountedActor[];
}
export interface VocabularyRelation {
  name: string; iri: string; label: Labels; inverse: Labels | null; comment: string; family: string;
  symmetric: boolean; domain: string[]; range: string[];
}
export interface Vocabulary {
  relations: VocabularyRelation[]; families: Record<string, Labels>; classes: Record<string, Labels>;
}
export interface QueryParameter {
  name: string; type: string; description: string; required: boolean; default: string | null; example: string | null;
}
export interface NamedQuery { name: string; title: Labels; description: string; description_ar: string | null; parameters: QueryParameter[]; sparql: string }
export interface Step { from: string; to: string; weight: number; total: number; first: string | null; last: string | null; facts: Fact[] }
export interface ActorPath { length: number; actors: Actor[]; steps: Step[] }
export interface PathList { items: ActorPath[]; complete: boolean; seen: number }
export interface Term { type: "uri" | "literal" | "bnode"; value: string; datatype?: string; "xml:lang"?: string }
export interface SelectAnswer { head: { vars?: string[] }; results?: { bindings: Record<string, Term>[] }; boolean?: boolean }
export interface ReadDocument extends DocumentDetail { outcome: "stored" | "replaced" | "unchanged" | "read" }
