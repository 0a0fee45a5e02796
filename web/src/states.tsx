// What stands where an answer is still to come, takes long, or failed.
import type { ComponentChildren } from "preact";
import type { Asked, Problem } from "./ask";
import { say } from "./common.words";

export function Waiting({ slow }: { slow: boolean }) {
  return (
    <div class="waiting" role="status">
      <span class="spinner" aria-hidden="true" />
      <span>{say(slow ? "slow" : "loading")}</span>
    </div>
  );
}

export function Failure({ error, again }: { error: Problem; again?: () => void }) {
  return (
    <div class="failure" role="alert">
      <strong>{say(error.status === 404 ? "notThere" : "failed")}</strong>
      {error.status === 0
        ? <p>{say("unreachable")}</p>
        : <p dir="auto"><bdi>{error.message}</bdi> <small>({error.status} {error.kind})</small></p>}
      {again && error.status !== 404 && <button type="button" class="button" onClick={again}>{say("again")}</button>}
    </div>
  );
}

export const Empty = ({ children }: { children: ComponentChildren }) => <p class="empty">{children}</p>;

// The answer, drawn by `children`, or the state it is in. While it is asked anew the old one stays, dimmed.
export function Answer<T>({ of, children }: { of: Asked<T>; children: (data: T) => ComponentChildren }) {
  if (of.error) return <Failure error={of.error} again={of.again} />;
  if (of.data === null) return <Waiting slow={of.slow} />;
  return (
    <div class={of.busy ? "answer busy" : "answer"} aria-busy={of.busy}>
      {of.busy && of.slow && <Waiting slow />}
      {children(of.data)}
    </div>
  );
}
