// /?document=ID: an article with what was read in it, marked where it stands; &at=FACT leads to one sentence of it.
import { useEffect, useRef } from "preact/hooks";
import { inPath, useAnswer } from "../ask";
import { say } from "../common.words";
import { FactItem } from "../facts";
import { date, speak, withoutControls } from "../language";
import { MarkedText, mentionMarks, type Mark } from "../marked";
import { Card, Foreign, KindTag, isWebAddress } from "../pieces";
import { useTitle } from "../route";
import { Answer, Empty } from "../states";
import { KINDS, type DocumentDetail, type FactBody } from "../types";

const words = speak({
  ar: { read: "ما قُرئ فيه", none: "لم تُقرأ فيه علاقة.", original: "الأصل", marked: "الأسماء المعروفة تحتها خط، والجملة المقصودة مظللة." },
  en: { read: "What was read in it", none: "No relation was read in it.", original: "original", marked: "Known names are underlined, the sentence in question is shaded." },
});

export function DocumentView({ values }: { values: URLSearchParams }) {
  const found = useAnswer<DocumentDetail>(`/documents/${inPath(values.get("document") ?? "")}`);
  useTitle(found.data && withoutControls(found.data.title ?? found.data.id ?? say("untitled")));
  return <Answer of={found}>{(data) => <Article document={data} at={values.get("at")} />}</Answer>;
}

// The sentence of a fact, as a mark of the text, or of the title.
export function sentenceMark(fact: FactBody | undefined, inTitle: boolean): Mark[] {
  const evidence = fact?.evidence;
  if (!evidence || evidence.in_title !== inTitle || evidence.start === null || evidence.end === null) return [];
  return [{ start: evidence.start, end: evidence.end, class: "sentence" }];
}

function Article({ document, at }: { document: DocumentDetail; at: string | null }) {
  const text = useRef<HTMLDivElement>(null);
  const fact = document.facts.find((each) => each.id === at);
  useEffect(() => { text.current?.querySelector("mark.sentence")?.scrollIntoView({ block: "center" }); }, [at]);
  const kinds = KINDS.filter((kind) => document.mentions.some((mention) => mention.actor.kind === kind));
  return (
    <>
      <h1 class="title" dir="auto">{document.title
        ? <MarkedText text={document.title} marks={[...sentenceMark(fact, true)]} /> : <Foreign text={document.id ?? say("untitled")} />}</h1>
      <p class="byline">
        {document.source && <bdi>{document.source}</bdi>}
        {document.published && <time dateTime={document.published}>{date(document.published, "long")}</time>}
        {isWebAddress(document.url) && <a href={document.url} rel="noopener noreferrer" target="_blank">{words("original")} ↗</a>}
      </p>
      <div class="columns">
        <Card>
          <p class="legend">{kinds.map((kind) => <KindTag key={kind} kind={kind} />)}</p>
          <div ref={text} class="article" dir="auto"><MarkedText text={document.text} marks={[...mentionMarks(document.mentions), ...sentenceMark(fact, false)]} /></div>
        </Card>
        <Card title={words("read")}>
          {document.facts.length
            ? <ul class="facts">{document.facts.map((each) => <FactItem key={each.id} fact={each} quiet chosen={each.id === at} />)}</ul>
            : <Empty>{words("none")}</Empty>}
        </Card>
      </div>
    </>
  );
}
