// /?document=ID: an article with what was read in it, marked where it stands.
import { inPath, useAnswer } from "../ask";
import { say } from "../common.words";
import { FactItem } from "../facts";
import { date, speak } from "../language";
import { MarkedText, mentionMarks } from "../marked";
import { Card, Foreign, isWebAddress } from "../pieces";
import { Answer, Empty } from "../states";
import type { DocumentDetail } from "../types";

const words = speak({
  ar: { read: "ما قُرئ فيها", none: "لم تُقرأ فيها علاقة.", original: "الأصل", text: "النص" },
  en: { read: "What was read in it", none: "No relation was read in it.", original: "original", text: "Text" },
});

export function DocumentView({ values }: { values: URLSearchParams }) {
  const found = useAnswer<DocumentDetail>(`/documents/${inPath(values.get("document") ?? "")}`);
  return <Answer of={found}>{(data) => <Article document={data} />}</Answer>;
}

function Article({ document }: { document: DocumentDetail }) {
  return (
    <>
      <h1 class="title" dir="auto"><Foreign text={document.title ?? document.id ?? say("untitled")} /></h1>
      <p class="byline">
        {document.source && <bdi>{document.source}</bdi>}
        {document.published && <time dateTime={document.published}>{date(document.published, "long")}</time>}
        {isWebAddress(document.url) && <a href={document.url} rel="noopener noreferrer" target="_blank">{words("original")} ↗</a>}
      </p>
      <div class="columns">
        <Card><div class="article" dir="auto"><MarkedText text={document.text} marks={mentionMarks(document.mentions)} /></div></Card>
        <Card title={words("read")}>
          {document.facts.length
            ? <ul class="facts">{document.facts.map((fact) => <FactItem key={fact.id} fact={fact} quiet />)}</ul>
            : <Empty>{words("none")}</Empty>}
        </Card>
      </div>
    </>
  );
}
