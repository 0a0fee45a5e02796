// A place for an actor in a view of several: whom it holds, or a search box to fill it.
import { inPath, useAnswer } from "../ask";
import { say } from "../common.words";
import { speak } from "../language";
import { ActorName, KindTag } from "../pieces";
import { go, withValues } from "../route";
import { Search } from "../search";
import { Failure } from "../states";
import type { ActorDetail } from "../types";

const words = speak({ ar: { change: "غيّر" }, en: { change: "change" } });

export const useActor = (id: string | null) => useAnswer<ActorDetail>(id ? `/actors/${inPath(id)}` : null);

// `name` is the value of the address that the place fills.
export function ActorPlace({ name, id, hint }: { name: string; id: string | null; hint: string }) {
  const found = useActor(id);
  if (!id) return <div class="place"><Search hint={hint} onChoose={(actor) => go(withValues({ [name]: actor.id }))} /></div>;
  if (found.error) return <div class="place"><Failure error={found.error} again={found.again} /></div>;
  return (
    <div class="place filled">
      <small>{hint}</small>
      <p>{found.data ? <><ActorName actor={found.data} /> <KindTag kind={found.data.kind} /></> : say("loading")}
        <button type="button" class="linklike" onClick={() => go(withValues({ [name]: null }))}>{words("change")}</button></p>
    </div>
  );
}
