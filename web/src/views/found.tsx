// /?q=NAME: the actors of that name; where only one fits, it is opened at once.
import { useEffect, useState } from "preact/hooks";
import { ask, useAnswer } from "../ask";
import { say } from "../common.words";
import { label, number, otherLabel, speak } from "../language";
import { ActorName, KindTag } from "../pieces";
import { go, to, useTitle, withValues } from "../route";
import { Answer, Empty } from "../states";
import { KINDS, type FoundActor, type Page } from "../types";

const MANY = 30;
const words = speak({
  ar: { title: "نتائج البحث عن", all: "الكل", kinds: "الأنواع", matched: "يطابق:", hint: "جرّب تهجئة أخرى، أو جزءًا من الاسم، أو الاسم بالحروف اللاتينية." },
  en: { title: "Results for", all: "All", kinds: "Kinds", matched: "matches:", hint: "Try another spelling, a part of the name, or the name in Arabic." },
});

// One fits where it is the only one found, or where its name is the very one and nobody else's.
function onlyOne(items: FoundActor[]): FoundActor | undefined {
  if (items.length === 1) return items[0];
  const exact = items.filter((each) => each.score !== null && each.score >= 1);
  return exact.length === 1 ? exact[0] : undefined;
}

export function FoundView({ values }: { values: URLSearchParams }) {
  const text = values.get("q") ?? "";
  const kind = values.get("kind");
  const found = useAnswer<Page<FoundActor>>("/actors", { q: text, kind, limit: MANY });
  useTitle(`${words("title")} ${text}`);
  const [more, setMore] = useState<Page<FoundActor> | null>(null);
  useEffect(() => setMore(null), [found.data]);
  useEffect(() => {
    const chosen = found.data && !found.busy && !kind && !values.has("all") ? onlyOne(found.data.items) : undefined;
    if (chosen) go(to({ actor: chosen.id }), { replace: true });
  }, [found.data, found.busy]);
  return (
    <>
      <h1 class="title">{words("title")} «<bdi>{text}</bdi>»</h1>
      <nav class="tabs" aria-label={words("kinds")}>
        {[null, ...KINDS].map((each) => (
          <a key={each} href={withValues({ kind: each, all: "1" })} aria-current={each === kind ? "true" : undefined}>{each ? say(each) : words("all")}</a>
        ))}
      </nav>
      <Answer of={found}>
        {(page) => {
          const items = [...page.items, ...(more?.items ?? [])];
          const next = more ? more.next : page.next;
          const add = async () => {
            const following = await ask<Page<FoundActor>>("/actors", { q: text, kind, limit: MANY, cursor: next });
            setMore({ items: [...(more?.items ?? []), ...following.items], next: following.next });
          };
          if (!items.length) return <Empty>{say("nobody")}: «<bdi>{text}</bdi>». {words("hint")}</Empty>;
          return (
            <>
              <ol class="card found-list">{items.map((actor) => <FoundRow key={actor.id} actor={actor} />)}</ol>
              {next && <button type="button" class="button" onClick={() => void add()}>{say("more")}</button>}
            </>
          );
        }}
      </Answer>
    </>
  );
}

function FoundRow({ actor }: { actor: FoundActor }) {
  const name = label(actor.label, actor.id);
  const other = otherLabel(actor.label);
  const shown = [name, other];
  return (
    <li>
      <div><ActorName actor={actor} /> {other && other !== name && <small><bdi>{other}</bdi></small>}
        {actor.matched && !shown.includes(actor.matched) && <small class="matched">{words("matched")} <bdi>{actor.matched}</bdi></small>}
      </div>
      <KindTag kind={actor.kind} />
      <span class="count">{number(actor.facts)} <small>{say("facts")}</small></span>
    </li>
  );
}
