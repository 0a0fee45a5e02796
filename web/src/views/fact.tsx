// ?fact=ID over any view: the sentence in its article, who says it, and whether it happened.
import { useEffect, useRef } from "preact/hooks";
import { inPath, useAnswer } from "../ask";
import { say } from "../common.words";
import { FactLine } from "../facts";
import { date, number, speak } from "../language";
import { ActorName, Foreign, StatusTag, isWebAddress } from "../pieces";
import { go, to, withValues } from "../route";
import { Answer } from "../states";
import type { Fact } from "../types";

const words = speak({
  ar: {
    title: "حقيقة وجملتها", status: "هل حدث؟", when: "متى", claimedBy: "بحسب", role: "الصفة", item: "ماذا", quantity: "كم", source: "المصدر",
    sure: "الثقة", original: "المقال الأصلي", article: "المقال كاملًا", sentence: "الجملة كما وردت",
  },
  en: {
    title: "A fact and its sentence", status: "Did it happen?", when: "When", claimedBy: "According to", role: "As", item: "What", quantity: "How much", source: "Source",
    sure: "Confidence", original: "Original article", article: "Whole article", sentence: "The sentence as written",
  },
});

export function FactPanel({ id }: { id: string }) {
  const found = useAnswer<Fact>(`/facts/${inPath(id)}`);
  const panel = useRef<HTMLDialogElement>(null);
  const close = () => go(withValues({ fact: null }));
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    panel.current?.showModal();
    return () => opener?.focus?.({ preventScroll: true });
  }, []);
  return (
    <dialog ref={panel} class="panel" aria-label={words("title")} onCancel={(event) => { event.preventDefault(); close(); }}
      onClick={(event) => { if (event.target === panel.current) close(); }}>
      <div class="panel-in">
        <header class="card-head"><h2>{words("title")}</h2><button type="button" class="quiet icon" aria-label={say("close")} onClick={close}>✕</button></header>
        <Answer of={found}>{(fact) => <Told fact={fact} />}</Answer>
      </div>
    </dialog>
  );
}

function Told({ fact }: { fact: Fact }) {
  const { evidence, document } = fact;
  return (
    <>
      <FactLine fact={fact} />
      {evidence?.text && (
        <figure class="evidence">
          <blockquote dir="auto">
            {evidence.before && <span class="around"><Foreign text={evidence.before} /></span>}
            <mark class="sentence"><Foreign text={evidence.text} /></mark>
            {evidence.after && <span class="around"><Foreign text={evidence.after} /></span>}
          </blockquote>
        </figure>
      )}
      <dl class="known">
        <div><dt>{words("status")}</dt><dd><StatusTag status={fact.status} /></dd></div>
        {fact.date && <div><dt>{words("when")}</dt><dd>{date(fact.date, "long")}</dd></div>}
        {fact.attributed_to && <div><dt>{words("claimedBy")}</dt><dd><ActorName actor={fact.attributed_to} /></dd></div>}
        <div><dt>{words("sure")}</dt><dd>{number(Math.round(fact.confidence * 100))}%</dd></div>
        <div>
          <dt>{words("source")}</dt>
          <dd><bdi>{document.source ?? document.id}</bdi>{document.published && <> · {date(document.published, "long")}</>}
            {document.title && <p class="headline" dir="auto"><Foreign text={document.title} /></p>}
            <p class="links">
              {document.id && <a href={to({ document: document.id })}>{words("article")}</a>}
              {isWebAddress(document.url) && <a href={document.url} rel="noopener noreferrer" target="_blank">{words("original")} ↗</a>}
            </p>
          </dd>
        </div>
      </dl>
    </>
  );
}
