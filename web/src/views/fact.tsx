// ?fact=ID over any view: the sentence in its article, who says it and who else does, and whether it happened.
import { useEffect, useRef } from "preact/hooks";
import { inPath, useAnswer } from "../ask";
import { say } from "../common.words";
import { FactDecision } from "../decisions";
import { FactLine } from "../facts";
import { date, label, number, percent, speak } from "../language";
import { MarkedText, type Mark } from "../marked";
import { ActorName, Foreign, StatusTag, isWebAddress } from "../pieces";
import { go, to, withValues } from "../route";
import { Answer } from "../states";
import type { DocumentDetail, EventDetail, Fact, FactDetail } from "../types";

const words = speak({
  ar: {
    title: "حقيقة وجملتها", status: "هل حدث؟", when: "متى", claimedBy: "بحسب", trigger: "اللفظ الدال", day: "لفظ التاريخ", item: "ماذا", quantity: "كم", role: "الصفة", source: "المصدر", undated: "لا تاريخ في الجملة",
    sure: "الثقة في القراءة", original: "المقال الأصلي", article: "المقال كاملًا", others: "يقولها أيضًا", alone: "لا يقولها مصدر آخر في هذا الرسم.", stated: "في النص",
    subject: "الفاعل", object: "الطرف الآخر", amount: "المقدار", thing: "الموضوع", inTitle: "من العنوان", copy: "نسخة عن", dispute: "خلاف", denied: "ينفيه", amounts: "مقادير مختلفة:", sentence: "الجملة",
  },
  en: {
    title: "A fact and its sentence", status: "Did it happen?", when: "When", claimedBy: "According to", trigger: "The word that tells it", day: "Words of the date", item: "What", quantity: "How much", role: "As", source: "Source", undated: "the sentence has no date",
    sure: "Sureness of reading", original: "Original article", article: "Whole article", others: "Also told by", alone: "No other source in this graph tells it.", stated: "in the text",
    subject: "subject", object: "object", amount: "amount", thing: "thing", inTitle: "from the headline", copy: "a copy of", dispute: "Disputed", denied: "denied by", amounts: "differing amounts:", sentence: "sentence",
  },
});

// What surrounds a sentence is shown so far.
const AROUND = 170;

export function FactPanel({ id }: { id: string }) {
  const found = useAnswer<FactDetail>(`/facts/${inPath(id)}`);
  const panel = useRef<HTMLDialogElement>(null);
  // What was closed is not met again on the way back.
  const close = () => go(withValues({ fact: null }), { replace: true });
  useEffect(() => {
    const opener = document.activeElement as HTMLElement | null;
    panel.current?.showModal();
    return () => opener?.focus?.({ preventScroll: true });
  }, []);
  return (
    <dialog ref={panel} class="panel" aria-label={words("title")} onCancel={(event) => { event.preventDefault(); close(); }}
      onClick={(event) => { if (event.target === panel.current) close(); }}>
      <div class="panel-in" tabIndex={-1} autoFocus>
        <header class="card-head"><h2>{words("title")}</h2><button type="button" class="quiet icon" aria-label={say("close")} onClick={close}>✕</button></header>
        <Answer of={found}>{(fact) => <Told fact={fact} onChange={found.again} />}</Answer>
      </div>
    </dialog>
  );
}

// Where words stand in a sentence: as words of their own where they do so anywhere, since a short one may stand in a longer.
function placeOf(text: string, sentence: string): number {
  const isLetter = (place: number) => /[\p{L}\p{M}\p{N}]/u.test(sentence[place] ?? "");
  for (let place = sentence.indexOf(text); place >= 0; place = sentence.indexOf(text, place + 1)) {
    if (!isLetter(place - 1) && !isLetter(place + text.length)) return place;
  }
  return sentence.indexOf(text);
}

// Where the sentence names the two and the circumstances: mentions by their offsets, the rest by its words.
export function marksOf(fact: Fact, article: DocumentDetail | null): Mark[] {
  const { evidence } = fact;
  if (!evidence?.text || evidence.start === null || evidence.end === null) return [];
  const [start, end] = [evidence.start, evidence.end];
  const marks: Mark[] = [];
  for (const mention of article?.mentions ?? []) {
    if (mention.in_title !== evidence.in_title || mention.start < start || mention.end > end) continue;
    const role = mention.actor.id === fact.subject.id ? "subject" : mention.actor.id === fact.object.id ? "object" : null;
    if (role) marks.push({ start: mention.start - start, end: mention.end - start, class: `part part-${role}`, title: `${words(role)}: ${label(mention.actor.label, mention.actor.id)}` });
  }
  const parts = [["trigger", fact.trigger], ["day", fact.date_text], ["amount", fact.quantity?.text], ["thing", fact.item], ["role", fact.role]] as const;
  for (const [name, text] of parts) {
    const place = text ? placeOf(text, evidence.text) : -1;
    if (!text || place < 0) continue;
    const first = Array.from(evidence.text.slice(0, place)).length;
    const last = first + Array.from(text).length;
    if (!marks.some((mark) => mark.start < last && first < mark.end)) marks.push({ start: first, end: last, class: `part part-${name}`, title: words(name) });
  }
  return marks;
}

// As much of what surrounds a sentence as helps to read it, whole words only.
function cut(text: string, keep: "start" | "end"): string {
  const words = text.split(/(?<=\s)/u);
  if (text.length <= AROUND) return text;
  const kept: string[] = [];
  const next = () => (keep === "start" ? words.shift() : words.pop()) ?? "";
  for (let length = 0, word = next(); word && length + word.length <= AROUND; word = next()) {
    length += word.length;
    if (keep === "start") kept.push(word); else kept.unshift(word);
  }
  return keep === "start" ? `${kept.join("").trimEnd()} …` : `… ${kept.join("").trimStart()}`;
}

function Told({ fact, onChange }: { fact: FactDetail; onChange: () => void }) {
  const { evidence } = fact;
  const article = useAnswer<DocumentDetail>(fact.document.id ? `/documents/${inPath(fact.document.id)}` : null);
  const marks = marksOf(fact, article.data);
  const used = [...new Set(marks.map((mark) => mark.class.split("part-")[1] as "subject"))];
  return (
    <>
      <FactLine fact={fact} />
      {evidence?.text && (
        <figure class="evidence">
          <blockquote dir="auto">
            {evidence.before && <span class="around"><Foreign text={cut(evidence.before, "end")} /></span>}
            <mark class="sentence"><MarkedText text={evidence.text} marks={marks} /></mark>
            {evidence.after && <span class="around"><Foreign text={cut(evidence.after, "start")} /></span>}
          </blockquote>
          <figcaption class="legend">{used.map((name) => <span key={name}><i class={`swatch part-${name}`} aria-hidden="true" />{words(name)}</span>)}{evidence.in_title && <span>{words("inTitle")}</span>}</figcaption>
        </figure>
      )}
      <dl class="known">
        <div><dt>{words("status")}</dt><dd><StatusTag status={fact.status} />{fact.stated && fact.stated !== fact.status && <small> ({words("stated")}: {say(fact.stated)})</small>}</dd></div>
        <div><dt>{words("when")}</dt><dd>{fact.date ? date(fact.date, "long") : <small>{words("undated")}</small>}</dd></div>
        {fact.attributed_to && <div><dt>{words("claimedBy")}</dt><dd><ActorName actor={fact.attributed_to} /></dd></div>}
        <div><dt>{words("sure")}</dt><dd>{percent(fact.confidence)}{fact.readers.length > 0 && <small> <bdi>{fact.readers.join(" + ")}</bdi></small>}</dd></div>
        <Source fact={fact} />
        <Others fact={fact} />
        {fact.event && <Dispute event={fact.event} />}
      </dl>
      <FactDecision fact={fact} onChange={onChange} />
    </>
  );
}

function Source({ fact }: { fact: Fact }) {
  const { document } = fact;
  return (
    <div>
      <dt>{words("source")}</dt>
      <dd><bdi>{document.source ?? document.id}</bdi>{document.published && <> · {date(document.published, "long")}</>}
        {document.title && <p class="headline" dir="auto"><Foreign text={document.title} /></p>}
        <p class="links">
          {document.id && <a href={to({ document: document.id, at: fact.id })}>{words("article")}</a>}
          {isWebAddress(document.url) && <a href={document.url} rel="noopener noreferrer" target="_blank">{words("original")} ↗</a>}
        </p>
      </dd>
    </div>
  );
}

// Who else tells of the same deed, and whether they agree.
function Others({ fact }: { fact: FactDetail }) {
  const others = fact.told_by.filter((each) => each.fact !== fact.id);
  return (
    <div>
      <dt>{words("others")}</dt>
      <dd>{others.length ? <ul class="others">{others.map((each) => (
        <li key={each.fact}><a href={withValues({ fact: each.fact })}><bdi>{each.document.source ?? each.document.id}</bdi></a> <small>{date(each.document.published)}</small>
          {each.status !== fact.status && <> <StatusTag status={each.status} /></>}
          {each.copy_of && <small> · {words("copy")} <a href={to({ document: each.copy_of })}><bdi>{each.copy_of}</bdi></a></small>}</li>
      ))}</ul> : <small>{words("alone")}</small>}</dd>
    </div>
  );
}

function Dispute({ event }: { event: string }) {
  const found = useAnswer<EventDetail>(`/events/${inPath(event)}`);
  if (!found.data?.disputes.length) return null;
  const { denials, amounts } = found.data;
  return (
    <div>
      <dt>{words("dispute")}</dt>
      <dd><ul class="others">
        {denials.map((each) => (
          <li key={each.fact}>{words("denied")} {each.by ? <ActorName actor={each.by} /> : <bdi>{each.document.source ?? each.document.id}</bdi>} <a href={withValues({ fact: each.fact })}>{words("sentence")}</a></li>))}
        {amounts.length > 1 && <li>{words("amounts")} {amounts.map((each, index) => (
          <span key={`${each.value} ${each.unit}`}>{index > 0 && " · "}<b>{number(each.value)}</b> <bdi>{each.unit}</bdi> <small>({each.documents.map((id, nth) => <>{nth > 0 && ", "}<a key={id} href={to({ document: id })}><bdi>{id}</bdi></a></>)})</small></span>))}</li>}
      </ul></dd>
    </div>
  );
}
