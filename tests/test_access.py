"""Who may write: the token is read, compared and refused, and never shown."""

from __future__ import annotations

import pytest

from api.access import Access
from api.problems import ProblemError
from graph.errors import SettingsError

TOKEN = "correct-horse~battery/staple+="


def refusal(access: Access, *headers: str) -> tuple[int, str]:
    with pytest.raises(ProblemError) as caught:
        access.check(headers)
    assert access.token is None or access.token not in str(caught.value.document())
    return caught.value.status, caught.value.code


def test_nothing_may_be_written_without_a_token() -> None:
    access = Access.from_environment({"RAWABIT_UPDATE": "1"})
    assert (access.may_write, access.may_update) == (False, False)
    assert refusal(access, "Bearer x") == (403, "writing-off")


@pytest.mark.parametrize("switch", ["", "0"])
def test_updates_need_their_switch_besides_the_token(switch: str) -> None:
    access = Access.from_environment({"RAWABIT_TOKEN": TOKEN, "RAWABIT_UPDATE": switch})
    assert (access.may_write, access.may_update) == (True, False)
    with pytest.raises(ProblemError) as caught:
        access.check_update([f"Bearer {TOKEN}"])
    assert (caught.value.status, caught.value.code) == (403, "updates-off")


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer  {TOKEN}", f"BEARER {TOKEN} "])
def test_the_token_opens(header: str) -> None:
    access = Access.from_environment({"RAWABIT_TOKEN": TOKEN, "RAWABIT_UPDATE": "1"})
    access.check([header])
    access.check_update([header])


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ((), "no-token"),
        (("",), "no-token"),
        (("Bearer",), "no-token"),
        (("Basic dXNlcjpwYXNz",), "no-token"),
        ((TOKEN,), "no-token"),
        ((f"Bearer {TOKEN}", f"Bearer {TOKEN}"), "no-token"),
        ((f"Bearer {TOKEN} {TOKEN}",), "no-token"),
        ((f"Bearer {TOKEN}x",), "wrong-token"),
        ((f"Bearer {TOKEN[:-1]}",), "wrong-token"),
        (("Bearer \u00e9\u00ff",), "wrong-token"),
        ((f"Bearer {TOKEN.upper()}",), "wrong-token"),
    ],
)
def test_anything_else_does_not(headers: tuple[str, ...], code: str) -> None:
    assert refusal(Access(TOKEN, True), *headers) == (401, code)


def test_a_refusal_names_the_scheme() -> None:
    with pytest.raises(ProblemError) as caught:
        Access(TOKEN).check([])
    assert caught.value.headers["WWW-Authenticate"].startswith("Bearer ")


def test_the_token_is_not_shown() -> None:
    assert TOKEN not in repr(Access(TOKEN))


@pytest.mark.parametrize("environment", [{"RAWABIT_TOKEN": "two words"}, {"RAWABIT_TOKEN": "caf\u00e9"}])
def test_a_token_that_no_header_carries_is_refused_unsaid(environment: dict[str, str]) -> None:
    with pytest.raises(SettingsError) as caught:
        Access.from_environment(environment)
    assert environment["RAWABIT_TOKEN"] not in str(caught.value)


def test_a_switch_that_says_neither_is_refused() -> None:
    with pytest.raises(SettingsError):
        Access.from_environment({"RAWABIT_UPDATE": "perhaps"})
