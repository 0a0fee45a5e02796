// Takes the server's token, or lets go of it.
import { useRef } from "preact/hooks";
import { say } from "./common.words";
import { speak } from "./language";
import { keepToken, useToken } from "./session";

const words = speak({
  ar: { in: "دخول", out: "خروج", title: "الدخول برمز الخادم", why: "من لديه رمز الخادم يستطيع تصحيح الحقائق وإضافة المقالات. يُحفظ الرمز حتى تُغلق هذا اللسان.", token: "الرمز" },
  en: { in: "Sign in", out: "Sign out", title: "Sign in with the server's token", why: "Who has the token may correct facts and add articles. It is kept until this tab is closed.", token: "Token" },
});

export function SignIn() {
  const token = useToken();
  const box = useRef<HTMLDialogElement>(null);
  const field = useRef<HTMLInputElement>(null);
  if (token) return <button type="button" class="quiet" onClick={() => keepToken("")}>{words("out")}</button>;
  const submit = (event: Event) => {
    event.preventDefault();
    if (field.current?.value.trim()) keepToken(field.current.value);
    box.current?.close();
  };
  return (
    <>
      <button type="button" class="quiet" onClick={() => box.current?.showModal()}>{words("in")}</button>
      <dialog ref={box} class="box" aria-label={words("title")}>
        <form onSubmit={submit}>
          <h2>{words("title")}</h2>
          <p>{words("why")}</p>
          <label>{words("token")} <input ref={field} type="password" autocomplete="off" dir="ltr" maxLength={500} /></label>
          <div class="actions"><button type="button" class="button" onClick={() => box.current?.close()}>{say("close")}</button>
            <button type="submit" class="button strong">{words("in")}</button></div>
        </form>
      </dialog>
    </>
  );
}
