// /?view=sparql: YASGUI on our endpoint, with our prefixes, words and named queries; answers as a table or as a graph.
import { useEffect, useRef, useState } from "preact/hooks";
import { useAnswer } from "../ask";
import { label, speak, useLanguage } from "../language";
import { go, to } from "../route";
import { Waiting } from "../states";
import type { NamedQuery, Page, Vocabulary } from "../types";
import type { Console } from "../sparql/console";

const words = speak({
  ar: { title: "SPARQL", lead: "اسأل الرسم بلغته. والأمثلة هي الأسئلة الجاهزة.", example: "مثال:", choose: "اختر سؤالًا…", docs: "وصف الواجهة" },
  en: { title: "SPARQL", lead: "Ask the graph in its own language. The examples are the named queries.", example: "Example:", choose: "Choose a query…", docs: "Description of the endpoint" },
});

export const sparqlTitle = () => words("title");

export function SparqlView({ values }: { values: URLSearchParams }) {
  const language = useLanguage();
  const host = useRef<HTMLDivElement>(null);
  const [console_, setConsole] = useState<Console | null>(null);
  const vocabulary = useAnswer<Vocabulary>("/vocabulary");
  const queries = useAnswer<Page<NamedQuery>>("/queries", { limit: 200 });
  const asked = values.get("sparql");
  useEffect(() => {
    if (!host.current || !vocabulary.data) return undefined;
    let made: Console | null = null;
    let gone = false;
    const { data } = vocabulary;
    // The editor is a megabyte: only who comes here loads it.
    void import("../sparql/console").then(({ openConsole }) => {
      if (gone || !host.current) return;
      made = openConsole(host.current, data, asked);
      setConsole(made);
    });
    return () => { gone = true; made?.close(); };
  }, [vocabulary.data, language]);
  useEffect(() => { if (asked) console_?.show(asked); }, [asked, console_]);
  const all = queries.data?.items ?? [];
  return (
    <>
      <h1 class="title">{words("title")}</h1>
      <p class="lead">{words("lead")} <a href="/sparql" target="_blank" rel="noopener">{words("docs")}</a></p>
      <p class="examples"><label for="example">{words("example")}</label>{" "}
        <select id="example" value="" onChange={(event) => {
          const chosen = all.find((each) => each.name === event.currentTarget.value);
          if (chosen) go(to({ view: "sparql", sparql: chosen.sparql }));
        }}>
          <option value="">{words("choose")}</option>
          {all.map((each) => <option key={each.name} value={each.name}>{label(each.title, each.name)}</option>)}
        </select>
      </p>
      {!console_ && <Waiting slow={false} />}
      <div ref={host} class="console" dir="ltr" />
    </>
  );
}
