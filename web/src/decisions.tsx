// What somebody with the token decides: that a fact was misread, that two actors are one; and takes back.
import { useState } from "preact/hooks";
import { ask, Problem, useAnswer } from "./ask";
import { say } from "./common.words";
import { date, label, speak } from "./language";
import { ActorName, KindTag } from "./pieces";
import { go, to } from "./route";
import { Search } from "./search";
import { useToken, withToken } from "./session";
import type { Actor, Fact, Page } from "./types";

const words = speak({
  ar: {
    wrong: "قراءة خاطئة", undo: "تراجع عن الرفض", refusedBy: "رُفضت القراءة", by: "بقلم", why: "لماذا (اختياري)", same: "هو نفسه…", find: "من هو أيضًا؟", confirm: "نعم، هما واحد", cancel: "إلغاء",
    candidates: "قد يكون واحدًا من هؤلاء:", ask: "أهما فاعل واحد؟", off: "هذا الخادم لا يقبل تغييرًا.", token: "الرمز غير صحيح: اخرج ثم ادخل برمز آخر.",
  },
  en: {
    wrong: "Misread", undo: "Take back the refusal", refusedBy: "Refused as misread", by: "by", why: "Why (optional)", same: "Is the same as…", find: "Who else is it?", confirm: "Yes, they are one", cancel: "Cancel",
    candidates: "It may be one of these:", ask: "Are the two one actor?", off: "This server takes no changes.", token: "The token is not right: sign out, and in with another.",
  },
});

interface Decision { id: string; verdict: string; by: string | null; at: string; why: string | null; one: Actor | null }
interface Candidate { id: string; score: number; one: Actor; other: Actor }

// Sends a change; what the server says against it is put so that a reader knows what to do.
export function useChange(): { busy: boolean; problem: string; send: <T>(work: () => Promise<T>) => Promise<T | null> } {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const send = async <T,>(work: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setProblem("");
    try { return await work(); } catch (error) {
      const found = error instanceof Problem ? error : null;
      setProblem(found?.status === 403 ? words("off") : found?.status === 401 ? words("token") : found?.status === 0 ? say("unreachable") : String((error as Error).message));
      return null;
    } finally { setBusy(false); }
  };
  return { busy, problem, send };
}

const decide = (body: object): Promise<Decision> => ask<Decision>("/decisions", {}, {
  method: "POST", body: JSON.stringify(body), headers: { ...withToken(), "Content-Type": "application/json" },
});

export function FactDecision({ fact, onChange }: { fact: Fact; onChange: () => void }) {
  const token = useToken();
  const { busy, problem, send } = useChange();
  const [why, setWhy] = useState("");
  const refused = fact.status === "refused";
  const decisions = useAnswer<Page<Decision>>(refused ? "/decisions" : null, { fact: fact.id, verdict: "wrong", limit: 1 });
  const decision = decisions.data?.items[0];
  if (!token && !refused) return null;
  const refuse = async () => { if (await send(() => decide({ verdict: "wrong", fact: fact.id, ...(why ? { why } : {}) }))) onChange(); };
  const undo = async () => {
    if (!decision) return;
    const done = await send(async () => {
      const answer = await fetch(`/decisions/${encodeURIComponent(decision.id)}`, { method: "DELETE", headers: withToken() });
      if (!answer.ok) throw new Problem(answer.status, "", ((await answer.json().catch(() => null)) as { detail?: string } | null)?.detail ?? answer.statusText);
      return true;
    });
    if (done) onChange();
  };
  return (
    <div class="decide">
      {refused && decision && <p>{words("refusedBy")} <time dateTime={decision.at}>{date(decision.at)}</time>{decision.by && <> {words("by")} <bdi>{decision.by}</bdi></>}{decision.why && <>: <bdi>{decision.why}</bdi></>}</p>}
      {token && refused && decision && <button type="button" class="button" disabled={busy} onClick={() => void undo()}>{words("undo")}</button>}
      {token && !refused && <>
        <input type="text" value={why} maxLength={2000} aria-label={words("why")} placeholder={words("why")} onInput={(event) => setWhy(event.currentTarget.value)} />
        <button type="button" class="button" disabled={busy} onClick={() => void refuse()}>{words("wrong")}</button>
      </>}
      {problem && <p role="alert" class="problem">{problem}</p>}
    </div>
  );
}

export function SameAs({ actor }: { actor: Actor }) {
  const token = useToken();
  const [open, setOpen] = useState(false);
  const [other, setOther] = useState<Actor | null>(null);
  const { busy, problem, send } = useChange();
  const candidates = useAnswer<Page<Candidate>>(open ? "/candidates" : null, { actor: actor.id, limit: 5 });
  if (!token) return null;
  if (!open) return <button type="button" class="button" onClick={() => setOpen(true)}>{words("same")}</button>;
  const join = async () => {
    if (!other) return;
    const done = await send(() => decide({ verdict: "same", one: actor.id, other: other.id }));
    if (done?.one) { setOpen(false); go(to({ actor: done.one.id }), { replace: true }); location.reload(); }
  };
  return (
    <div class="decide same">
      {other ? (
        <>
          <p>{words("ask")} <b><bdi>{label(actor.label, actor.id)}</bdi></b> = <b><bdi>{label(other.label, other.id)}</bdi></b> <KindTag kind={other.kind} /></p>
          <button type="button" class="button strong" disabled={busy} onClick={() => void join()}>{words("confirm")}</button>
        </>
      ) : (
        <>
          <Search hint={words("find")} onChoose={setOther} />
          {candidates.data && candidates.data.items.length > 0 && (
            <p>{words("candidates")} {candidates.data.items.map((each) => {
              const that = each.one.id === actor.id ? each.other : each.one;
              return <button key={each.id} type="button" class="chip" onClick={() => setOther(that)}><ActorName actor={that} plain /></button>;
            })}</p>
          )}
        </>
      )}
      <button type="button" class="button" onClick={() => { setOpen(false); setOther(null); }}>{words("cancel")}</button>
      {problem && <p role="alert" class="problem">{problem}</p>}
    </div>
  );
}
