// /?view=documents: the articles that were read, newest first, of one outlet where that is asked for.
import { useEffect, useState } from "preact/hooks";
import { ask, useAnswer } from "../ask";
import { say } from "../common.words";
import { date, number, speak } from "../language";
import { Card, Foreign } from "../pieces";
import { go, to, withValues } from "../route";
import { Answer, Empty } from "../states";
import type { DocumentName, Page, Stats } from "../types";

const words = speak({
  ar: { title: "الوثائق", source: "المصدر", all: "كل المصادر", none: "لا وثائق." },
  en: { title: "Documents", source: "Outlet", all: "All outlets", none: "No documents." },
});
const PAGE = 50;

export const documentsTitle = (): string => words("title");

export function DocumentsView({ values }: { values: URLSearchParams }) {
  const source = values.get("source") ?? "";
  const stats = useAnswer<Stats>("/stats");
  const first = useAnswer<Page<DocumentName>>("/documents", { source, limit: PAGE });
  const [added, setAdded] = useState<Page<DocumentName> | null>(null);
  useEffect(() => setAdded(null), [first.data]);
  const next = added ? added.next : first.data?.next;
  const more = async () => {
    const page = await ask<Page<DocumentName>>("/documents", { source, limit: PAGE, cursor: next });
    setAdded({ items: [...(added?.items ?? []), ...page.items], next: page.next });
  };
  const outlets = stats.data?.outlets ?? [];
  return (
    <>
      <div class="title-row">
        <h1 class="title">{words("title")}</h1>
        <label class="inline">{words("source")} <select value={source} onChange={(event) => go(withValues({ source: event.currentTarget.value }))}>
          <option value="">{words("all")}</option>
          {source && !outlets.some((each) => each.source === source) && <option value={source}>{source}</option>}
          {outlets.map((each) => <option key={each.source} value={each.source}>{each.source} ({number(each.documents)})</option>)}
        </select></label>
      </div>
      <Card>
        <Answer of={first}>{(page) => (page.items.length ? (
          <>
            <ul class="documents">{[...page.items, ...(added?.items ?? [])].map((each) => (
              <li key={each.iri}>
                <a href={to({ document: each.id })}><bdi><Foreign text={each.title ?? each.id ?? say("untitled")} /></bdi></a>
                <span class="meta">{each.source && <bdi>{each.source}</bdi>}<span>{each.published ? date(each.published) : say("undated")}</span></span>
              </li>
            ))}</ul>
            {next && <button type="button" class="button" onClick={() => void more()}>{say("more")}</button>}
          </>
        ) : <Empty>{words("none")}</Empty>)}</Answer>
      </Card>
    </>
  );
}
