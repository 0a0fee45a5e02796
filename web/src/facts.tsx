// A fact as it stands in lists: who, what, whom, whether it happened; a click opens the sentence.
import { date, label, speak } from "./language";
import { ActorName, Foreign, StatusTag } from "./pieces";
import { withValues } from "./route";
import type { Direction, Fact, FactBody, RelationName, Vocabulary } from "./types";

const words = speak({
  ar: { sentence: "الجملة في سياقها", claimedBy: "بحسب", told: "نُشر" },
  en: { sentence: "The sentence in context", claimedBy: "according to", told: "published" },
});

// A relation as the one end of it says it: Ukraine "is supplied by" Britain.
export function relationLabel(relation: RelationName, direction: Direction, vocabulary: Vocabulary | null): string {
  const inverse = direction === "in" && !relation.symmetric ? vocabulary?.relations.find((each) => each.name === relation.name)?.inverse : null;
  return label(inverse ?? relation.label, relation.name);
}

export const details = (fact: FactBody): string[] => [fact.role, fact.item, fact.quantity?.text].filter((each): each is string => !!each);

export function FactLine({ fact }: { fact: FactBody }) {
  return (
    <p class="say">
      <ActorName actor={fact.subject} /> <em>{label(fact.relation.label, fact.relation.name)}</em> <ActorName actor={fact.object} />
      {details(fact).map((each) => <span key={each} class="detail"><bdi><Foreign text={each} /></bdi></span>)}
      {fact.status !== "actual" && <StatusTag status={fact.status} />}
    </p>
  );
}

// `sentence` offers the sentence in its context, which a fact has only once it is stored.
export function FactItem({ fact, quiet = false, chosen = false, sentence = true }: {
  fact: Fact | FactBody; quiet?: boolean; chosen?: boolean; sentence?: boolean;
}) {
  const told = "document" in fact ? fact.document : null;
  return (
    <li class={chosen ? "fact chosen" : "fact"}>
      <FactLine fact={fact} />
      {!quiet && fact.evidence?.text && <blockquote dir="auto"><Foreign text={fact.evidence.text} /></blockquote>}
      <p class="meta">
        {fact.date && <time dateTime={fact.date}>{date(fact.date)}</time>}
        {fact.attributed_to && <span>{words("claimedBy")} <ActorName actor={fact.attributed_to} /></span>}
        {told && <span><bdi>{told.source ?? told.id}</bdi>{told.published && <> · {words("told")} <time dateTime={told.published}>{date(told.published)}</time></>}</span>}
        {sentence && <a class="open" href={withValues({ fact: fact.id })}>{words("sentence")}</a>}
      </p>
    </li>
  );
}

